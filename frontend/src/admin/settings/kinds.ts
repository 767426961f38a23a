import i18next, { type TFunction } from "i18next";

type Kind = { name: string; title: string; unavailable?: string | null; missingExtra?: string };

/** The kinds that can be chosen; of one that cannot, why. */
export function kindChoices(t: TFunction, kinds: Kind[]) {
  return kinds.map((kind) => ({
    value: kind.name,
    label: kind.unavailable ? `${titleOf(t, kind)}: ${whyNot(t, kind)}` : titleOf(t, kind),
    disabled: Boolean(kind.unavailable),
  }));
}

/** In the language of the page where it has words of its own; products are called the same. */
export function titleOf(t: TFunction, { name, title }: Kind): string {
  const words = `admin.kindTitle.${name}`;
  return i18next.exists(words) ? t(words as "admin.kindTitle.csv") : title;
}

/** Of one that is stored: its title, also where it is not there any more. */
export function titleNamed(t: TFunction, kinds: Kind[] | undefined, name: string): string {
  return titleOf(t, kinds?.find((kind) => kind.name === name) ?? { name, title: name });
}

function whyNot(t: TFunction, { unavailable, missingExtra }: Kind): string {
  return missingExtra ? t("why.notInstalled", { extra: missingExtra }) : (unavailable ?? "");
}

/** What a new row begins with. */
export function firstKind(kinds: Kind[]): string {
  return kinds.find((each) => !each.unavailable)?.name ?? "";
}
