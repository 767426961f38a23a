import { useTranslation } from "react-i18next";
import { linkWhy } from "../../shared/i18n/linkWhy.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import cell from "../list/Cell.module.css";
import { type LiveLink, linkMark } from "./states.ts";

/** A link's state as it is now; with `why`, also what is the matter. */
export function LinkMark({ id, why = false }: { id: string; why?: boolean }) {
  const { t } = useTranslation();
  const link = useValue<LiveLink>(`link/${id}`);
  const current = useCurrent();
  if (!link || !current) {
    return <StateWords mark="unknown" words={t("unknown")} />;
  }
  const words = link.enabled ? t(`linkState.${link.state}`) : t("admin.links.disabled");
  return (
    <StateWords mark={linkMark(link)} words={words}>
      {why && link.enabled && link.why && <span className={cell.quiet}>{linkWhy(link)}</span>}
    </StateWords>
  );
}
