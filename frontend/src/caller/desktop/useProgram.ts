import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The page is a program of the computer, too; that is fetched behind what is needed to take a call. */
export function useProgram(): void {
  const { i18n } = useTranslation();
  useEffect(() => {
    void import("./program.ts").then(({ program }) => program(i18n.language));
  }, [i18n.language]);
}
