import { ActionIcon, CloseButton } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteContact } from "../../shared/api/external.ts";
import { Conversation } from "./Conversation.tsx";
import { useView } from "../view.tsx";
import { Availability } from "./Availability.tsx";
import card from "../face/Card.module.css";
import classes from "./External.module.css";
import { Question } from "./Question.tsx";
import { Removal } from "./Removal.tsx";
import { useExternalContact } from "./useExternal.ts";

/** Somebody outside: how they are, what they ask, and what one writes to each other. */
export function ExternalCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const { select } = useView();
  const contact = useExternalContact(id);
  const [removing, setRemoving] = useState(false);
  const leave = () => select(null);
  if (!contact) return <p className={classes.help}>{t("caller.external.gone")}</p>;
  const { displayName: name } = contact;
  return (
    <article className={card.card}>
      <header className={card.head}>
        <div className={card.title}>
          <h2 className={card.name}>
            <span className={classes.named}>
              <Availability of={contact.availability} /> {name}
            </span>
          </h2>
          <p className={card.sub}>
            {name !== contact.address && <span>{contact.address}</span>}
            <span>{t("caller.external.outside")}</span>
          </p>
        </div>
        <ActionIcon
          aria-label={t("caller.external.remove", { name })}
          title={t("caller.external.remove", { name })}
          onClick={() => setRemoving(true)}
        >
          <Trash2 size={15} />
        </ActionIcon>
        <CloseButton
          size="sm"
          aria-label={t("caller.card.close")}
          title={t("caller.card.close")}
          onClick={leave}
        />
      </header>
      {contact.stranger && !contact.asks && (
        <p className={classes.help}>{t("caller.external.stranger")}</p>
      )}
      {contact.asked && <p className={classes.help}>{t("caller.external.asked")}</p>}
      <Question contact={contact} />
      <Conversation user={id} name={name} files={false} />
      <Removal
        name={name}
        opened={removing}
        remove={() => deleteContact(id)}
        onRemoved={leave}
        onClose={() => setRemoving(false)}
      />
    </article>
  );
}
