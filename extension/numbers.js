/**
 * Which parts of a text are telephone numbers. Conservative: what may as well be a date, an amount or the number of
 * an article is left alone; it can still be marked and called by the menu.
 *
 * Two kinds are taken: international ones, with their plus (ITU-T E.164: up to 15 digits), and national ones of ten
 * digits that begin with 0 and are written in pairs, or without anything between.
 */
(() => {
  const SPACE = "[ \\u00a0\\u202f]";
  const INTERNATIONAL = `\\+(?:${SPACE}?\\(?\\d(?:[-./]|${SPACE}|\\)${SPACE}?|\\(0\\)${SPACE}?)?){8,15}`;
  const NATIONAL = `0\\d(?<between>[-.]|${SPACE})?(?:\\d\\d\\k<between>?){3}\\d\\d`;
  const BEFORE = "(?<![\\p{L}\\d+#_=/.,:-])";
  const BEHIND = "(?![\\p{L}\\d_€$%]|[-.,/:]\\d)";
  const NUMBER = new RegExp(`${BEFORE}(?:${INTERNATIONAL}|${NATIONAL})${BEHIND}`, "gu");

  /** Where each begins and ends, and the number itself: digits, and a plus. */
  function found(text) {
    const all = [];
    for (const match of text.matchAll(NUMBER)) {
      const written = match[0].replace(/[^\d)]+$/u, "");
      const number = bare(written);
      const digits = number.replace("+", "").length;
      if (digits >= 8 && digits <= 15)
        all.push({ start: match.index, end: match.index + written.length, number });
    }
    return all;
  }

  /** `+33 (0)1 55` is `+331 55`: the zero in brackets is for who calls from inside the country. */
  function bare(written) {
    return written.replace(/\(0\)/u, "").replace(/[^\d+]/gu, "");
  }

  /** What somebody marked, as it is given to TWS, which reads it; null = no digit in it. */
  function marked(text) {
    const trimmed = text.trim().slice(0, 100);
    return /\d/u.test(trimmed) ? (found(trimmed)[0]?.number ?? trimmed) : null;
  }

  globalThis.twsNumbers = { found, marked };
})();
