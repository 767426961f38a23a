import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useSetting } from "../settings.ts";
import { surely } from "../../shared/surely.ts";

/** The page is a program of the computer, too; that is fetched behind what is needed to take a call. */
export function useProgram(): void {
  const { i18n } = useTranslation();
  const me = useValue<Me>("me")?.id;
  const [wish] = useSetting("push");
  const wished = wish !== "" && wish === me;
  useEffect(() => {
    void surely(() => import("./program.ts")).then(({ program }) => program(i18n.language));
  }, [i18n.language]);
  useEffect(() => {
    // Once for each who signs in: what is wished later is done where it is said.
    if (me !== undefined) void surely(() => import("./program.ts")).then(({ worker }) => worker(wished));
  }, [me]);
}
