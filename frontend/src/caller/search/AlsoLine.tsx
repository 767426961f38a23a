import { useTranslation } from "react-i18next";
import type { Also } from "./also.ts";

const MOST = 4;

/** The others who have a number, and why the first is named for it. */
export function AlsoLine({ also, className }: { also: Also; className?: string | undefined }) {
  const { t } = useTranslation();
  const left = also.names.length - MOST;
  const names = [...also.names.slice(0, MOST), ...(left > 0 ? [`+${left}`] : [])];
  return (
    <span className={className}>
      {t("caller.also.names", { names: names.join(", ") })}{" "}
      {t(`caller.also.because.${also.because}`)}
    </span>
  );
}
