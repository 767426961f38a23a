import { useTranslation } from "react-i18next";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { usePhone } from "../phone/Phone.tsx";
import { CallRow } from "./CallRow.tsx";
import classes from "./Calls.module.css";
import { Consultation } from "./Consultation.tsx";
import { rows } from "./group.ts";
import { ignore, showAgain, useIgnored } from "./ignored.ts";
import { Notices } from "./Notices.tsx";
import { Ringing } from "./Ringing.tsx";

/** All calls of all devices of the user, and what was just tried. */
export function Calls() {
  const { t } = useTranslation();
  const { calls, current } = usePhone();
  const ignored = useIgnored();
  const kept = useKeptFocus<HTMLElement>();
  const listed = rows(calls);
  return (
    <section
      ref={kept}
      className={classes.calls}
      aria-label={t("caller.regions.calls")}
      tabIndex={-1}
    >
      <h2 className="visually-hidden">{t("caller.regions.calls")}</h2>
      {!current && listed.length > 0 && (
        <p className={classes.stale}>{t("caller.calls.unknownNow")}</p>
      )}
      {listed.map((row) => {
        if (row.kind === "consultation") {
          return <Consultation key={row.active.connection} active={row.active} held={row.held} />;
        }
        const { connection } = row.call;
        if (row.kind === "ringing" && !ignored.has(connection)) {
          return <Ringing key={connection} call={row.call} onIgnore={() => ignore(connection)} />;
        }
        const onShow = row.kind === "ringing" ? () => showAgain(connection) : undefined;
        return <CallRow key={connection} call={row.call} onShow={onShow} />;
      })}
      <Notices />
      {listed.length === 0 && <p className={classes.quiet}>{t("caller.calls.none")}</p>}
    </section>
  );
}
