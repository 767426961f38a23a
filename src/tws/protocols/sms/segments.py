"""How a text is parted into short messages (3GPP TS 23.040, 9.2.3.24.1). Pure.

One message holds 140 octets: 160 septets, or 70 units of UCS-2. Of several each begins with a
user data header of six octets, which leaves 153 and 67. What belongs together, an escape and its
sign or two halves of one character, is never parted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tws.protocols.sms.alphabet import Alphabet, alphabet_of, units

ALONE = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
"Units of a text that goes in one message."
TOGETHER = {Alphabet.GSM7: 153, Alphabet.UCS2: 67}
"Units of each of several."
HEADER = 6
"Octets of the header of each of several."


@dataclass(frozen=True, slots=True)
class Segmented:
    alphabet: Alphabet
    texts: tuple[str, ...]
    "Of each message, in their order."
    left: int
    "Units that the last one has room for."


def segmented(text: str, alphabet: Alphabet | None = None) -> Segmented:
    """`alphabet`: that one, whatever the text could do with; it must have all that is in it."""
    alphabet = alphabet or alphabet_of(text)
    sizes = [units(sign, alphabet) for sign in text]
    whole = sum(sizes)
    if whole <= ALONE[alphabet]:
        return Segmented(alphabet, (text,), ALONE[alphabet] - whole)
    room, texts, begun, taken = TOGETHER[alphabet], [], 0, 0
    for at, size in enumerate(sizes):
        if taken + size > room:
            texts.append(text[begun:at])
            begun, taken = at, 0
        taken += size
    return Segmented(alphabet, (*texts, text[begun:]), room - taken)


def header(reference: int, of: Sequence[str], at: int) -> bytes:
    """Of the part at that place: six octets, with a reference of eight bits (9.2.3.24.1)."""
    return bytes([5, 0, 3, reference & 0xFF, len(of), at + 1])
