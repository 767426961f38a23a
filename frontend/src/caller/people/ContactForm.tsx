import { ActionIcon, Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Minus, Plus } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createContact, getContact, updateContact } from "../../shared/api/contacts.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, NumberKind, Problem } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useView } from "../view.tsx";
import classes from "./Card.module.css";
import { type Draft, draftOf, draftOfStranger, fieldsOf, isNameless, line } from "./draft.ts";

const KINDS: NumberKind[] = ["work", "mobile", "home", "assistant", "standard"];

export function CreateContact({ number, name }: { number: string; name: string }) {
  const { t } = useTranslation();
  const [where, setWhere] = useState<"private" | "public">("private");
  const { save, problem, saving } = useSave((draft) =>
    createContact(where === "private", fieldsOf(draft)),
  );
  return (
    <Form
      title={t("caller.form.create")}
      start={() => draftOfStranger(number, name)}
      saving={saving}
      problem={problem}
      onSave={save}
    >
      <div className={classes.where}>
        <SegmentedControl
          size="xs"
          aria-label={t("caller.form.where")}
          data={(["private", "public"] as const).map((value) => ({
            value,
            label: t(`caller.form.${value}`),
          }))}
          value={where}
          onChange={(value) => setWhere(value as typeof where)}
        />
        <span>{t(`caller.form.${where}Help`)}</span>
      </div>
    </Form>
  );
}

export function EditContact({ id }: { id: string }) {
  const { t } = useTranslation();
  const { select } = useView();
  const found = useQuery({ queryKey: ["contacts", "one", id], queryFn: () => getContact(id) });
  const contact = found.data;
  const { save, problem, saving } = useSave((draft) =>
    contact ? updateContact(contact, fieldsOf(draft)) : Promise.reject(new Error("not loaded")),
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
      saving={saving}
      problem={problem}
      onSave={save}
      onReload={() => void found.refetch()}
    />
  );
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
  saving: boolean;
  problem: Problem | null;
  onSave: (draft: Draft) => void;
  onReload?: () => void;
  children?: React.ReactNode;
};

function Form({ title, start, saving, problem, onSave, onReload, children }: FormProps) {
  const { t } = useTranslation();
  const { select } = useView();
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
  };
  const text = (name: "firstName" | "lastName" | "company" | "email") => ({
    label: t(`caller.form.${name}`),
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <form className={`${classes.card} ${classes.form}`} onSubmit={submit} onKeyDown={onKeyDown}>
      <h2 className={classes.name}>{title}</h2>
      {children}
      <div className={classes.pair}>
        <TextInput {...text("firstName")} autoFocus />
        <TextInput {...text("lastName")} error={nameless && t("caller.form.nameless")} />
      </div>
      <div className={classes.pair}>
        <TextInput {...text("company")} />
        <TextInput {...text("email")} type="email" />
      </div>
      <Numbers draft={draft} onChange={(numbers) => set({ numbers })} />
      {problem && (
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

type NumbersProps = { draft: Draft; onChange: (numbers: Draft["numbers"]) => void };

function Numbers({ draft, onChange }: NumbersProps) {
  const { t } = useTranslation();
  const change = (key: number, more: Partial<Draft["numbers"][number]>) =>
    onChange(draft.numbers.map((n) => (n.key === key ? { ...n, ...more } : n)));
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>{t("caller.form.numbers")}</legend>
      {draft.numbers.map((n) => (
        <div key={n.key} className={classes.numberField}>
          <NativeSelect
            aria-label={t("caller.form.numberType")}
            data={KINDS.map((value) => ({ value, label: t(`caller.numberType.${value}`) }))}
            value={n.kind}
            onChange={(event) => change(n.key, { kind: event.currentTarget.value as NumberKind })}
          />
          <TextInput
            aria-label={t("caller.form.number")}
            type="tel"
            value={n.number}
            onChange={(event) => change(n.key, { number: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={t("caller.form.removeNumber")}
            onClick={() => onChange(draft.numbers.filter((other) => other.key !== n.key))}
          >
            <Minus size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...draft.numbers, line()])}
      >
        {t("caller.form.addNumber")}
      </Button>
    </fieldset>
  );
}
