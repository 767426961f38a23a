import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  createContact,
  type FormField,
  getContact,
  listSearchedDirectories,
  updateContact,
} from "../../shared/api/contacts.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, NumberKind, Problem } from "../../shared/api/types.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { type Place, useOwnPlaces } from "../search/useOwnPlaces.ts";
import { useView } from "../view.tsx";
import card from "../face/Card.module.css";
import classes from "./Card.module.css";
import {
  type Draft,
  draftOf,
  draftOfStranger,
  type EmailLine,
  emailLine,
  fieldsOf,
  isNameless,
  line,
  type NumberLine,
  VIP,
} from "./draft.ts";
import { Lines } from "./Lines.tsx";

const KINDS: NumberKind[] = ["work", "mobile", "home", "assistant", "standard"];

export function CreateContact({ number, name }: { number: string; name: string }) {
  const { t } = useTranslation();
  const places = useOwnPlaces();
  const [began] = useState<Place | undefined>(places[0]);
  const [chosen, choose] = useState<Place>("private");
  const where = places.includes(chosen) ? chosen : (places[0] ?? "public");
  const directories = useDirectories();
  const own = directories.find((one) => one.yours && one.builtIn === `tws_${where}`);
  const fields = own?.form ?? [];
  const { save, problem, saving } = useSave((draft) =>
    createContact(where === "private", fieldsOf(draft, fields.map(labelOf))),
  );
  if (places.length === 0) return <p className={classes.none}>{t("caller.form.nowhere")}</p>;
  return (
    <Form
      title={t("caller.form.create")}
      start={() => draftOfStranger(number, name)}
      fields={fields}
      saving={saving}
      problem={problem}
      onSave={save}
    >
      <div className={classes.where}>
        {places.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t("caller.form.where")}
            data={places.map((value) => ({ value, label: t(`caller.form.${value}`) }))}
            value={where}
            onChange={(value) => choose(value as Place)}
          />
        )}
        <span>{t(`caller.form.${where}Help`)}</span>
        {/* What was begun for oneself alone is shown to nobody unawares. */}
        <span role="status">
          {began === "private" && !places.includes("private") && t("caller.form.noMorePrivate")}
        </span>
      </div>
    </Form>
  );
}

export function EditContact({ id }: { id: string }) {
  const { t } = useTranslation();
  const { select } = useView();
  const found = useQuery({ queryKey: ["contacts", "one", id], queryFn: () => getContact(id) });
  const contact = found.data;
  const directories = useDirectories();
  const fields = directories.find((one) => one.id === contact?.directory)?.form ?? [];
  const { save, problem, saving } = useSave((draft) =>
    contact ? updateContact(contact, fieldsOf(draft, fields.map(labelOf))) : Promise.reject(new Error("not loaded")),
  );
  if (found.isError) {
    return <ProblemLine problem={problemOf(found.error)} onClose={() => select(null)} />;
  }
  if (!contact) return <p className={classes.none}>{t("loading")}</p>;
  return (
    <Form
      key={contact.version}
      title={t("caller.form.edit")}
      start={() => draftOf(contact)}
      fields={fields}
      saving={saving}
      problem={problem}
      onSave={save}
      onReload={() => void found.refetch()}
    />
  );
}

function useDirectories() {
  const known = useQuery({
    queryKey: ["contacts", "directories"],
    queryFn: ({ signal }) => listSearchedDirectories(signal),
  });
  return known.data ?? [];
}

function labelOf({ label }: FormField): string {
  return label;
}

/** Saves, then shows the card of what was saved. */
function useSave(write: (draft: Draft) => Promise<Contact>) {
  const { select } = useView();
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: write,
    onSuccess: async (saved) => {
      queries.setQueryData(["contacts", "one", saved.id], saved);
      select({ show: "contact", id: saved.id });
      await queries.invalidateQueries({ queryKey: ["contacts"] });
    },
  });
  return { save: mutate, saving: isPending, problem: error ? problemOf(error) : null };
}

type FormProps = {
  title: string;
  start: () => Draft;
  /** The directory's own. */
  fields: FormField[];
  saving: boolean;
  problem: Problem | null;
  onSave: (draft: Draft) => void;
  onReload?: () => void;
  children?: React.ReactNode;
};

function Form({ title, start, fields, saving, problem, onSave, onReload, children }: FormProps) {
  const { t } = useTranslation();
  const { select } = useView();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [nameless, setNameless] = useState(false);
  const set = (more: Partial<Draft>) => {
    setDraft({ ...draft, ...more });
    setNameless(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNameless(draft)) setNameless(true);
    else if (!saving) onSave(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") select(null);
    // Enter alone is another line of a longer text.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  const about = (field: string) =>
    problem?.code === "invalid" && problem.field === field ? whyWords(t, problem) : undefined;
  const shown = ["emails", "website", ...fields.map(({ label }) => `fields.${label}`)];
  const text = (name: "firstName" | "lastName" | "company" | "website") => ({
    label: t(`caller.form.${name}`),
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      ref={form}
      className={`${card.card} ${classes.form}`} onSubmit={submit} onKeyDown={onKeyDown}>
      <h2 className={card.name}>{title}</h2>
      {children}
      <div className={classes.pair}>
        <TextInput {...text("firstName")} autoFocus />
        <TextInput {...text("lastName")} error={nameless && t("caller.form.nameless")} />
      </div>
      <div className={classes.pair}>
        <TextInput {...text("company")} />
        <TextInput {...text("website")} inputMode="url" error={about("website")} />
      </div>
      <Numbers lines={draft.numbers} onChange={(numbers) => set({ numbers })} />
      <Emails
        lines={draft.emails}
        onChange={(emails) => set({ emails })}
        error={about("emails")}
      />
      <OwnFields
        fields={fields}
        texts={draft.fields}
        onChange={(texts) => set({ fields: texts })}
        about={about}
      />
      {problem && !shown.some(about) && (
        <ProblemLine
          problem={problem}
          {...(problem.code === "conflict" ? { words: t("caller.form.changed") } : {})}
        />
      )}
      <div className={classes.buttons}>
        {problem?.code === "conflict" && onReload && (
          <Button variant="default" onClick={onReload}>
            {t("caller.form.reload")}
          </Button>
        )}
        <Button variant="default" onClick={() => select(null)}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={saving}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

type PartProps<Part> = { lines: Part[]; onChange: (lines: Part[]) => void; error?: string | undefined };

function Numbers({ lines, onChange }: PartProps<NumberLine>) {
  const { t } = useTranslation();
  return (
    <Lines
      legend={t("caller.form.numbers")}
      lines={lines}
      fresh={line}
      onChange={onChange}
      words={{ add: t("caller.form.addNumber"), remove: t("caller.form.removeNumber") }}
      most={20}
    >
      {(one, change) => (
        <>
          <NativeSelect
            aria-label={t("caller.form.numberType")}
            className={classes.lineKind}
            data={KINDS.map((value) => ({ value, label: t(`caller.numberType.${value}`) }))}
            value={one.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as NumberKind })}
          />
          <TextInput
            aria-label={t("caller.form.number")}
            className={classes.lineText}
            type="tel"
            value={one.number}
            onChange={(event) => change({ number: event.currentTarget.value })}
          />
        </>
      )}
    </Lines>
  );
}

function Emails({ lines, onChange, error }: PartProps<EmailLine>) {
  const { t } = useTranslation();
  return (
    <Lines
      legend={t("caller.form.emails")}
      lines={lines}
      fresh={emailLine}
      onChange={onChange}
      words={{ add: t("caller.form.addEmail"), remove: t("caller.form.removeEmail") }}
      most={10}
      error={error}
    >
      {(one, change) => (
        <TextInput
          aria-label={t("caller.form.email")}
          className={classes.lineText}
          type="email"
          value={one.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
      )}
    </Lines>
  );
}

type OwnProps = {
  fields: FormField[];
  texts: Draft["fields"];
  onChange: (texts: Draft["fields"]) => void;
  about: (field: string) => string | undefined;
};

/** The directory's own fields; they may have several lines. */
function OwnFields({ fields, texts, onChange, about }: OwnProps) {
  const { t } = useTranslation();
  return fields.map(({ label, address }) => (
    <Textarea
      key={label}
      label={label === VIP ? t("caller.card.vip") : fieldLabel(t, label, true)}
      autosize
      minRows={address ? 2 : 1}
      maxRows={8}
      value={texts[label] ?? ""}
      error={about(`fields.${label}`)}
      onChange={(event) => onChange({ ...texts, [label]: event.currentTarget.value })}
    />
  ));
}
