/** Longest text of a link that is looked at: no number is longer, with all that people write around one. */
const LONGEST = 200;
const SCHEME = /^\s*(?:web\+)?(tel|callto|sips?)\s*:(?:\/\/)?/i;
/** Visual separators of RFC 3966, 3, and those that people put there besides. */
const SEPARATORS = /[-.()/\s\u00a0\u202f]/g;
const DIALLED = /^\+?[0-9*#]+$/;
const EXTENSION = /^[0-9]{1,8}$/;

/**
 * What the search box is given of a link `tel:` (RFC 3966), `sip:` (RFC 3261, 19.1) or `callto:`: its number, with the
 * extension as people write one; else what it says in words, to be searched for. Null = nothing.
 *
 * The context of a local number says where it holds, and is no prefix of it (RFC 3966, 5.1.5): it is not dialled.
 */
export function askedBy(link: string): string | null {
  const text = decoded(link.slice(0, LONGEST));
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase() ?? "tel";
  const rest = text.replace(SCHEME, "").trim();
  const subscriber = scheme.startsWith("sip") ? (rest.split(/[@?]/)[0] ?? "") : rest;
  return numberOf(subscriber) ?? (subscriber.split(/[;?]/)[0]?.trim() || null);
}

function numberOf(subscriber: string): string | null {
  const [digits = "", ...parameters] = (subscriber.split("?")[0] ?? "").split(";");
  const number = digits.replace(SEPARATORS, "");
  if (!DIALLED.test(number)) return null;
  for (const parameter of parameters) {
    const [name = "", value = ""] = parameter.split("=");
    const extension = value.replace(SEPARATORS, "");
    if (name.trim().toLowerCase() === "ext" && EXTENSION.test(extension))
      return `${number} ext ${extension}`;
  }
  return number;
}

/** Pages write `%2B` where a plus would do; what is no encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
