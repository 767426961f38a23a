/**
 * As how many messages a text goes (3GPP TS 23.038, TS 23.040), as the server parts it: one holds 160
 * septets or 70 units of UCS-2; each of several 153 or 67.
 */

const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION = "\f^{}\\[~]|€";

export type Counted = {
  /** Units that it takes: a sign may take two. */
  units: number;
  parts: number;
  /** Units that the last part has room for. */
  left: number;
  /** Signs that GSM's alphabet has not: for their sake a part holds less. */
  others: string[];
};

export function counted(text: string): Counted {
  const signs = Array.from(text.normalize("NFC").replace(/\r\n?/g, "\n"));
  const others = signs.filter((sign) => !BASIC.includes(sign) && !EXTENSION.includes(sign));
  const plain = others.length === 0;
  const size = (sign: string) => (plain ? (EXTENSION.includes(sign) ? 2 : 1) : sign.length);
  const units = signs.reduce((sum, sign) => sum + size(sign), 0);
  const unique = [...new Set(others)];
  const alone = plain ? 160 : 70;
  if (units <= alone) return { units, parts: 1, left: alone - units, others: unique };
  const room = plain ? 153 : 67;
  let parts = 1;
  let taken = 0;
  for (const sign of signs) {
    if (taken + size(sign) > room) {
      parts += 1;
      taken = 0;
    }
    taken += size(sign);
  }
  return { units, parts, left: room - taken, others: unique };
}
