/** A text as it is looked for: whatever its accents and capitals are. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether all words of `wanted`, or the beginnings or parts of them, stand in the text. */
export function holds(text: string, wanted: string): boolean {
  const whole = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
