import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getContact } from "../../shared/api/contacts.ts";
import type { Call } from "../../shared/api/types.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import { usePreferences } from "../../shared/live/preferences.ts";
import classes from "./Ringing.module.css";

/** The private fields of whoever is calling that the user wants to see, once the card is there. */
export function CallerFields({ call }: { call: Call }) {
  const { t } = useTranslation();
  const chosen = usePreferences();
  const labels = (call.queue ? chosen?.queueFields : chosen?.alerterFields) ?? [];
  const contact = call.parties.length === 1 ? (call.parties[0]?.contact ?? null) : null;
  const found = useQuery({
    queryKey: ["contacts", "one", contact],
    queryFn: () => getContact(contact ?? ""),
    enabled: contact !== null && labels.length > 0,
  });
  const fields = labels.flatMap(
    (label) => found.data?.fields.filter((field) => field.label === label) ?? [],
  );
  if (contact === null || fields.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {fields.map((field) => (
        <div key={field.label}>
          <dt>{fieldLabel(t, field.label, field.own)}</dt>
          <dd>{field.text}</dd>
        </div>
      ))}
    </dl>
  );
}
