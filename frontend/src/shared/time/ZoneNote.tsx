import { useTranslation } from "react-i18next";
import { differs } from "./clock.ts";
import { useCulture } from "./culture.ts";
import { useNow } from "./now.ts";

type Props = { as?: "span" | "aside"; className?: string | undefined };

/** Whose times these are, where the computer's clock shows others. */
export function ZoneNote({ as: Tag = "span", className }: Props) {
  const { t } = useTranslation();
  const { timeZone } = useCulture();
  const now = useNow(60_000);
  if (!timeZone || !differs(timeZone, now)) return null;
  const zone = timeZone.replaceAll("_", " ");
  return <Tag className={className}>{t("timesOf", { zone })}</Tag>;
}
