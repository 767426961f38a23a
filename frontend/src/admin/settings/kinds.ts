type Kind = { name: string; title: string; unavailable?: string | null };

/** The kinds that can be chosen; of one that cannot, why. */
export function kindChoices(kinds: Kind[]) {
  return kinds.map(({ name, title, unavailable }) => ({
    value: name,
    label: unavailable ? `${title}: ${unavailable}` : title,
    disabled: Boolean(unavailable),
  }));
}

/** What a new row begins with. */
export function firstKind(kinds: Kind[]): string {
  return kinds.find((each) => !each.unavailable)?.name ?? "";
}
