import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { ApiError, problemOf } from "../api/problem.ts";
import type { MyPreferencesValue, UpdateMyPreferencesBody } from "../api/types.generated.ts";
import { useValue } from "./context.tsx";

export type Preferences = MyPreferencesValue;
export type Choice = Partial<Omit<UpdateMyPreferencesBody, "version">>;

const ANSWERED = ["preferences", "answered"];

/** What the user chose, in whichever window; null until it is known. */
export function usePreferences(): Preferences | null {
  return useValue<Preferences>("preferences") ?? null;
}

/**
 * Chooses something else, one change after the other: each upon the last. `make` is told what holds, so
 * that what another window chose meanwhile stays.
 */
export function useChoose() {
  const queries = useQueryClient();
  const known = usePreferences();
  const latest = (): Preferences | null => {
    const answered = queries.getQueryData<Preferences>(ANSWERED) ?? null;
    return answered && answered.version > (known?.version ?? 0) ? answered : known;
  };
  const send = (now: Preferences | null, make: (now: Preferences | null) => Choice) =>
    request<Preferences>("PATCH", "/preferences", {
      body: { version: now?.version ?? 0, ...make(now) },
    });
  return useMutation({
    scope: { id: "preferences" },
    mutationFn: async (make: (now: Preferences | null) => Choice) => {
      try {
        return await send(latest(), make);
      } catch (error) {
        if (!(error instanceof ApiError) || problemOf(error).code !== "conflict") throw error;
        return await send(await request<Preferences>("GET", "/preferences"), make);
      }
    },
    onSuccess: (answer) => queries.setQueryData(ANSWERED, answer),
  });
}
