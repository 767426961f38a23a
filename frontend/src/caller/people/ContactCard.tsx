import { ActionIcon, Button, CloseButton, Group, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, Phone, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteContact, getContact } from "../../shared/api/contacts.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, ContactNumber } from "../../shared/api/types.ts";
import { useWatched } from "../../shared/live/context.tsx";
import { ExportButtons } from "../../shared/ui/ExportButtons.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { ChatOnCard } from "../chat/OnCard.tsx";
import { dropTarget } from "../calls/carry.ts";
import { LastCalls } from "../journal/LastCalls.tsx";
import { OnCard } from "../lists/OnCard.tsx";
import { NotesOnCard } from "../notes/NotesOnCard.tsx";
import { useDial, usePhone } from "../phone/Phone.tsx";
import { Intercept } from "../presence/Intercept.tsx";
import { PresenceDetails } from "../presence/PresenceDetails.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { SmsButton } from "../sms/SmsButton.tsx";
import { SmsComposer } from "../sms/SmsComposer.tsx";
import { AlsoHas } from "../search/AlsoLine.tsx";
import { isHidden } from "../search/suggest.ts";
import { useView } from "../view.tsx";
import card from "../face/Card.module.css";
import classes from "./Card.module.css";
import { Face } from "../face/Face.tsx";
import { Address, Facts } from "./Facts.tsx";
import { HotKeyOf } from "./HotKeyOf.tsx";
import { Origins, useOrigin } from "./Origins.tsx";
import { Vip } from "../face/Vip.tsx";

export function ContactCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const { select } = useView();
  const found = useQuery({ queryKey: ["contacts", "one", id], queryFn: () => getContact(id) });
  if (found.isError) {
    return <ProblemLine problem={problemOf(found.error)} onClose={() => select(null)} />;
  }
  if (!found.data) return <p className={classes.none}>{t("loading")}</p>;
  return <Sheet contact={found.data} />;
}

function Sheet({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { select } = useView();
  const [removing, setRemoving] = useState(false);
  const [texted, setTexted] = useState<string | null>(null);
  const origin = useOrigin(contact);
  const texting = texted === null ? undefined : contact.numbers.find((x) => x.number === texted);
  return (
    <article className={card.card}>
      <header className={card.head}>
        <Face name={contact.displayName} photo={contact.photo} size="card" />
        <div className={card.title}>
          <h2 className={card.name} title={origin("lastName") ?? origin("company")}>
            {contact.displayName}
          </h2>
          <p className={card.sub}>
            {contact.company && contact.company !== contact.displayName && (
              <span title={origin("company")}>
                {contact.companyAddress ? <Address text={contact.company} /> : contact.company}
              </span>
            )}
            <Vip vip={contact.vip} />
            <span>{t(`caller.source.${contact.source}`)}</span>
          </p>
        </div>
        {contact.editable && (
          <>
            <ActionIcon
              aria-label={t("edit")}
              title={t("edit")}
              onClick={() => select({ show: "edit", id: contact.id })}
            >
              <Pencil size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={t("remove")}
              title={t("remove")}
              onClick={() => setRemoving(true)}
            >
              <Trash2 size={15} />
            </ActionIcon>
          </>
        )}
        <CloseButton
          size="sm"
          aria-label={t("caller.card.close")}
          title={t("caller.card.close")}
          onClick={() => select(null)}
        />
      </header>
      <HowTheyAre contact={contact} />
      <ChatOnCard contact={contact} />
      {contact.numbers.length === 0 && <p className={classes.none}>{t("caller.card.noNumber")}</p>}
      <ul className={classes.numbers}>
        {contact.numbers.map((number, at) => (
          <NumberLine
            key={`${number.kind} ${number.number || at}`}
            contact={contact}
            number={number}
            origin={origin(`number:${at}`)}
            texted={number.number !== "" && texted === number.number}
            onText={(open) => setTexted(open ? number.number : null)}
          />
        ))}
      </ul>
      {texting && (
        <SmsComposer
          key={texting.number}
          contact={contact}
          number={texting}
          onClose={() => setTexted(null)}
        />
      )}
      <Facts contact={contact} />
      <OnCard contact={contact} />
      <div className={classes.files}>
        <ExportButtons key={contact.id} what={{ contact: contact.id }} size="compact-xs" />
      </div>
      <NotesOnCard contact={contact.id} />
      <LastCalls contact={contact} />
      <Origins contact={contact} />
      <Remove contact={contact} opened={removing} onClose={() => setRemoving(false)} />
    </article>
  );
}

function HowTheyAre({ contact }: { contact: Contact }) {
  useWatched(contact.user === null ? [] : [contact.user]);
  const presence = usePresence(contact.user);
  return (
    <>
      {presence && <PresenceDetails presence={presence} />}
      <Intercept user={contact.user} name={contact.firstName || contact.displayName} />
    </>
  );
}

type NumberProps = {
  contact: Contact;
  number: ContactNumber;
  origin: string | undefined;
  /** Whether a text message is written to it, and turning that. */
  texted: boolean;
  onText: (open: boolean) => void;
};

function NumberLine({ contact, number, origin, texted, onText }: NumberProps) {
  const { t } = useTranslation();
  const { dialling } = usePhone();
  const dial = useDial();
  const kind = (
    <span className={classes.kind} title={origin}>
      {t(`caller.numberType.${number.kind}`)}
    </span>
  );
  if (isHidden(number)) {
    return (
      <li className={classes.numberLine}>
        {kind}
        <span className={classes.hidden}>{t("caller.card.hidden")}</span>
      </li>
    );
  }
  return (
    <li className={classes.numberLine} {...dropTarget({ ...number, name: contact.displayName })}>
      {kind}
      <span className={`number ${classes.digits}`} title={number.number}>
        {numberWords(number)}
      </span>
      {dialling !== "lacking" && (
        <Button
          variant="light"
          leftSection={<Phone size={14} aria-hidden />}
          aria-label={t("caller.act.callNumber", {
            name: contact.displayName,
            number: numberWords(number),
          })}
          disabled={dialling === "notNow"}
          onClick={() => void dial(number.number, contact.displayName)}
        >
          {t("caller.act.call")}
        </Button>
      )}
      <SmsButton name={contact.displayName} number={number} open={texted} onTurn={onText} />
      <HotKeyOf contact={contact} number={number} />
      <AlsoHas number={number.number} contact={contact.id} className={classes.also} />
    </li>
  );
}

type RemoveProps = { contact: Contact; opened: boolean; onClose: () => void };

function Remove({ contact, opened, onClose }: RemoveProps) {
  const { t } = useTranslation();
  const { select } = useView();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteContact(contact),
    onSuccess: async () => {
      select(null);
      await queries.invalidateQueries({ queryKey: ["contacts"] });
    },
  });
  const name = contact.displayName;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("caller.card.removeQuestion", { name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p>
        {t(
          contact.source === "private" ? "caller.card.removePrivate" : "caller.card.removePublic",
        )}
      </p>
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("remove")}
        </Button>
      </Group>
    </Modal>
  );
}
