import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { DeskValue, RanValue } from "../../shared/api/types.generated.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { useLateWords } from "../../shared/i18n/late.ts";
import { useValue } from "../../shared/live/context.tsx";
import { HELPER } from "../words/helper.ts";

/** Starts programs of the pop of a leg by the helper of the desk; `run` is undefined where none is
 * connected. `said`: what became of the last one, in words. */
export function useProgram(connection: string) {
  const { t } = useTranslation();
  const there = (useValue<DeskValue>("desk")?.helpers.length ?? 0) > 0;
  const start = useMutation({
    mutationFn: (command: string[]) =>
      request<RanValue>("POST", "/desk/run", { body: { connection, command } }),
  });
  const words = useLateWords(HELPER);
  const { data, error, isPending } = start;
  const said = isPending
    ? t("helper.starting")
    : error
      ? whyWords(t, problemOf(error))
      : data && t(`helper.ran.${data.outcome}`, { computer: data.computer });
  return { run: there && words ? (command: string[]) => start.mutate(command) : undefined, said };
}
