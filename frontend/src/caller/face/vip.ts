/** What sources write for a mere yes: it adds nothing to the mark. */
const YES = new Set(["1", "true", "yes", "oui", "y", "o", "on", "x", "vip"]);

/** What a source says of an important person, beyond that they are one. */
export function vipText(vip: string | null): string {
  const text = vip?.trim() ?? "";
  return YES.has(text.toLowerCase()) ? "" : text;
}
