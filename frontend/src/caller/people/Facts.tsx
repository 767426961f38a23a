import { MapPin } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParameter } from "../../shared/live/parameters.ts";
import type { Contact } from "../../shared/api/types.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import classes from "./Card.module.css";
import { mapAddress, webAddress } from "./links.ts";
import { useOrigin } from "./Origins.tsx";

/** What a card says besides names and numbers. */
export function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const origin = useOrigin(contact);
  const { emails, website, fields } = contact;
  if (emails.length === 0 && !website && fields.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {emails.map((email, at) => (
        <Fact key={email} label={t("caller.card.email")} title={origin(`email:${at}`)}>
          <a href={`mailto:${email}`}>{email}</a>
        </Fact>
      ))}
      {website && (
        <Fact label={t("caller.card.website")} title={origin("website")}>
          <Elsewhere to={webAddress(website)}>{website}</Elsewhere>
        </Fact>
      )}
      {fields.map((field) => (
        <Fact
          key={field.label}
          label={fieldLabel(t, field.label, field.own)}
          title={origin(`field:${field.label}`)}>
          {field.address ? <Address text={field.text} /> : field.text}
        </Fact>
      ))}
    </dl>
  );
}

type FactProps = { label: string; title: string | undefined; children: ReactNode };

function Fact({ label, title, children }: FactProps) {
  return (
    <div className={classes.fact} title={title}>
      <dt className={classes.kind}>{label}</dt>
      <dd className={classes.text}>{children}</dd>
    </div>
  );
}

/** A postal address, with a link to its map. */
export function Address({ text }: { text: string }) {
  const { t } = useTranslation();
  const map = mapAddress(useParameter("MapServiceURL"), text);
  if (map === null) return text;
  return (
    <Elsewhere to={map}>
      {text}
      <MapPin size={14} role="img" aria-label={t("caller.card.map")} />
    </Elsewhere>
  );
}

/** Another site is not told where the link was. */
function Elsewhere({ to, children }: { to: string | null; children: ReactNode }) {
  if (to === null) return children;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
