const MOST = 3;

/** `Anne-Marie du Pont` -> `AMP`: what stands for a name where there is little room. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  // Particles (du, van der) are no part of it, unless there is nothing else.
  const names = words.filter((word) => !/^\p{Ll}/u.test(word));
  return (names.length > 0 ? names : words)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? "")
    .slice(0, MOST)
    .join("");
}
