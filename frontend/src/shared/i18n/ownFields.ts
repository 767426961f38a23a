import type { TFunction } from "i18next";

/** The labels that TWS gives fields of its own contacts: what somebody wrote instead is shown as it is. */
const LABELS: Readonly<Record<string, "address" | "title" | "note">> = {
  Address: "address",
  Title: "title",
  Note: "note",
};

/**
 * The label of a private field, by its number where it has none (`private0`); of TWS's own contacts
 * (`own`) in the language of the page.
 */
export function fieldLabel(t: TFunction, label: string, own: boolean): string {
  const n = /^private(\d)$/.exec(label)?.[1];
  if (n !== undefined) return t("privateField", { n });
  const which = own ? LABELS[label] : undefined;
  return which ? t(`ownFields.${which}`) : label;
}

/** As it is stored: a label that is still the one that TWS gave it (`was`) stays that. */
export function storedLabel(t: TFunction, label: string, was: string | undefined): string {
  return was !== undefined && label.trim() === fieldLabel(t, was, true) ? was : label;
}
