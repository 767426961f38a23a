import { useTranslation } from "react-i18next";
import chat from "./Chat.module.css";
import { Unread } from "./Unread.tsx";
import { useView } from "../view.tsx";
import { Availability } from "./Availability.tsx";
import classes from "./External.module.css";
import { useExternal } from "./useExternal.ts";

/** Everybody whom one knows outside, to write to; nothing where there is nobody. */
export function ExternalPeople({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const { select } = useView();
  const contacts = useExternal()?.contacts ?? [];
  if (contacts.length === 0) return null;
  return (
    <section aria-label={t("caller.external.people")}>
      <h3 className={classes.heading}>{t("caller.external.people")}</h3>
      <ul className={chat.list}>
        {contacts.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={classes.person}
              title={one.address}
              onClick={() => {
                select({ show: "external", id: one.id });
                onChosen();
              }}
            >
              <Availability of={one.availability} />
              <span className={classes.who}>{one.displayName}</span>
              <Unread user={one.id} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
