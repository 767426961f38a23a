import type { Match, NumberKind } from "../../shared/api/types.ts";

/** Why one of several whose number it is is named before the next, as the server orders them. */
export type Because = "directory" | "own" | "exact" | "name";
/** Who else has a number that was looked up. */
export type Also = { names: string[]; because: Because };

const SHARED: readonly NumberKind[] = ["assistant", "standard"];

export function alsoOf(match: Match | null): Also | null {
  const next = match?.others[0];
  if (!match || !next) return null;
  return { names: match.others.map((other) => other.name), because: because(match, next) };
}

/** Who else has a number of somebody's card, and who is named for it when that is another. */
export function othersOf(
  match: Match | null,
  contact: string,
): { names: string[]; named: string | null } | null {
  const all = match ? [match, ...match.others] : [];
  const others = all.filter((each) => each.contact.id !== contact);
  // Whose card it is has the number no more: nobody has it "too".
  if (!match || others.length === 0 || others.length === all.length) return null;
  const named = match.contact.id === contact ? null : match.name;
  return { names: others.map((other) => other.name), named };
}

function because(first: Match, next: Match): Because {
  if (first.contact.directory !== next.contact.directory) return "directory";
  if (SHARED.includes(first.kind) !== SHARED.includes(next.kind)) return "own";
  if (first.how !== "lastDigits" && next.how === "lastDigits") return "exact";
  return "name";
}
