"""The alphabets of short messages (3GPP TS 23.038): the GSM 7 bit default alphabet with its
extension table (6.2.1), and UCS-2 (6.2.3), which everybody sends as UTF-16. Pure."""

from enum import StrEnum

ESCAPE = 0x1B
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"By septet; 0x1B is no character."
EXTENSION = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}
"Behind an escape: two septets each."
_SEPTETS = {
    **{sign: bytes([at]) for at, sign in enumerate(BASIC) if at != ESCAPE},
    **{sign: bytes([ESCAPE, at]) for sign, at in EXTENSION.items()},
}
_EXTENDED = {at: sign for sign, at in EXTENSION.items()}


class Alphabet(StrEnum):
    GSM7 = "gsm7"
    UCS2 = "ucs2"


def alphabet_of(text: str) -> Alphabet:
    """The one that takes less room and has all that is in the text."""
    return Alphabet.GSM7 if all(sign in _SEPTETS for sign in text) else Alphabet.UCS2


def units(sign: str, alphabet: Alphabet) -> int:
    """What one character takes: septets, or 16-bit units."""
    if alphabet is Alphabet.GSM7:
        return len(_SEPTETS[sign])
    return 2 if ord(sign) > 0xFFFF else 1


def encoded(text: str, alphabet: Alphabet) -> bytes:
    """Septets, each in an octet of its own as gateways take them; or UTF-16, big-endian.
    ValueError for what the alphabet has not."""
    if alphabet is Alphabet.UCS2:
        return text.encode("utf-16-be")
    try:
        return b"".join(_SEPTETS[sign] for sign in text)
    except KeyError as error:
        raise ValueError(f"{error} is not in the GSM alphabet") from error


def decoded(octets: bytes, alphabet: Alphabet) -> str:
    """The same the other way; what is no character becomes U+FFFD, an unknown sign behind an
    escape the one that the basic table has (6.2.1.1)."""
    if alphabet is Alphabet.UCS2:
        return octets.decode("utf-16-be", errors="replace")
    text, escaped = "", False
    for septet in octets:
        if septet == ESCAPE and not escaped:
            escaped = True
            continue
        basic = BASIC[septet] if septet < len(BASIC) else "\ufffd"
        text += _EXTENDED.get(septet, basic) if escaped else basic
        escaped = False
    return text
