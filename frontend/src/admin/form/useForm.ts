import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { useAddress } from "../address/context.tsx";

type KeysOf<D, V> = { [K in keyof D]: D[K] extends V ? K : never }[keyof D] & string;
type Words = { label: string; help?: string; required?: boolean };

export type Form<D> = ReturnType<typeof useForm<D>>;

/**
 * A draft of a row: what is typed, whether it differs from what was loaded, what the server says of it.
 * `name` is how the row is called in questions about it.
 */
export function useForm<D>(name: string, loaded: D) {
  const { t } = useTranslation();
  const { hold } = useAddress();
  const [start, setStart] = useState(loaded);
  const [draft, setDraft] = useState(loaded);
  /** What was set, before it is drawn. */
  const latest = useRef(loaded);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);

  useEffect(() => {
    hold(dirty ? name : null);
    return () => hold(null);
  }, [dirty, name, hold]);
  // Somebody else's change is shown at once where nothing would be lost: only what was loaded counts.
  const news = JSON.stringify(loaded);
  useEffect(() => {
    if (dirty) return;
    latest.current = loaded;
    setStart(loaded);
    setDraft(loaded);
  }, [news]);

  const set = (changes: Partial<D>) => {
    latest.current = { ...latest.current, ...changes };
    setDraft(latest.current);
    setSaved(false);
    if (problem?.field && problem.field in (changes as object)) setProblem(null);
  };
  const submit = async (write: () => Promise<void>) => {
    if (saving) return;
    setSaving(true);
    setProblem(null);
    try {
      await write();
      setStart(latest.current); // what was written may have been taken out of the draft, as a password is
      setSaved(true);
      hold(null);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSaving(false);
    }
  };
  /** Back to what was loaded; what is loaded next is taken as it comes. */
  const forget = () => {
    latest.current = loaded;
    setStart(loaded);
    setDraft(loaded);
    setProblem(null);
  };
  const about = (field: string, words: Words) => ({
    label: words.label,
    description: words.help,
    required: words.required ?? false,
    withAsterisk: false,
    inputWrapperOrder: ["label", "input", "description", "error"] as const,
    error: problem?.field === field ? (whyWords(t, problem) ?? t("admin.form.required")) : undefined,
  });
  return {
    draft,
    dirty,
    saving,
    saved: saved && !dirty,
    problem,
    set,
    submit,
    forget,
    about,
    text: (field: KeysOf<D, string>, words: Words) => ({
      ...mutable(about(field, words)),
      value: draft[field] as string,
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        set({ [field]: event.currentTarget.value } as Partial<D>),
    }),
    number: (field: KeysOf<D, number>, words: Words) => ({
      ...mutable(about(field, words)),
      value: draft[field] as number,
      allowDecimal: false,
      onChange: (value: number | string) =>
        set({ [field]: value === "" ? 0 : Number(value) } as Partial<D>),
    }),
    flag: (field: KeysOf<D, boolean>, words: Words) => ({
      label: words.label,
      description: words.help,
      checked: draft[field] as boolean,
      onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
        set({ [field]: event.currentTarget.checked } as Partial<D>),
    }),
    choice: (field: KeysOf<D, string>, words: Words) => ({
      ...mutable(about(field, words)),
      value: (draft[field] as string) || null,
      allowDeselect: false,
      onChange: (value: string | null) => set({ [field]: value ?? "" } as Partial<D>),
    }),
  };
}

type Order = ("label" | "input" | "description" | "error")[];

function mutable<T extends { inputWrapperOrder: readonly unknown[] }>(props: T) {
  return { ...props, inputWrapperOrder: [...props.inputWrapperOrder] as Order };
}
