import type { TFunction } from "i18next";
import i18next from "i18next";
import { useEffect, useState } from "react";

/** Why somebody is back from a provider without being signed in; told once. */
export function useCameBack(): string | null {
  const [why] = useState(() => new URLSearchParams(location.search).get("signIn"));
  useEffect(() => {
    if (why !== null) history.replaceState(null, "", location.pathname);
  }, [why]);
  return why;
}

export function cameBackWords(t: TFunction, why: string): string {
  const known = /^\w+$/.test(why) && i18next.exists(`signIn.failed.${why}`);
  return known
    ? t(`signIn.failed.${why}` as "signIn.failed.late")
    : t("signIn.failedOther", { code: why.slice(0, 40) });
}
