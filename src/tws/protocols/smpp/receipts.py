"""Delivery receipts: what becomes of a message that was taken (5.2.12, 5.2.28, appendix B). Pure.

They say it in optional parameters, or in a text that each vendor writes in his own way:
`id:IIIIIIIIII sub:SSS dlvrd:DDD submit date:... done date:... stat:DDDDDDD err:E text:...`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from tws.protocols.smpp.pdu import Message, Tag, first_text

RECEIPT = 0x04
"In `esm_class`, bits 5-2 (5.2.12)."
KIND = 0x3C
_ID = re.compile(rb"\bid:\s*([^\s]{1,65})", re.IGNORECASE)
_STATE = re.compile(rb"\bstat:\s*([A-Za-z]{1,20})", re.IGNORECASE)
_ERROR = re.compile(rb"\berr:\s*([0-9A-Za-z]{1,10})", re.IGNORECASE)


class State(StrEnum):
    """5.2.28; the text has the first seven letters."""

    ENROUTE = "ENROUTE"
    DELIVERED = "DELIVRD"
    EXPIRED = "EXPIRED"
    DELETED = "DELETED"
    UNDELIVERABLE = "UNDELIV"
    ACCEPTED = "ACCEPTD"
    UNKNOWN = "UNKNOWN"
    REJECTED = "REJECTD"


BY_NUMBER = dict(enumerate(State, start=1))
FAILED = frozenset({State.EXPIRED, State.DELETED, State.UNDELIVERABLE, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Receipt:
    id: str
    "Of the message, as the answer to `submit_sm` gave it."
    state: State
    error: str
    "The network's own code; empty = none was told."


def receipt_of(message: Message) -> Receipt | None:
    """None: it is no receipt, or says nothing that can be understood."""
    if message.esm_class & KIND != RECEIPT and Tag.RECEIPTED_MESSAGE_ID not in message.options:
        return None
    text = message.text or message.options.get(Tag.MESSAGE_PAYLOAD, b"")
    id = first_text(message.options.get(Tag.RECEIPTED_MESSAGE_ID, b"")) or _found(_ID, text)
    number = message.options.get(Tag.MESSAGE_STATE, b"")[:1]
    state = BY_NUMBER.get(number[0]) if number else None
    if state is None:
        state = _named(_found(_STATE, text))
    if not id or state is None:
        return None
    error = _found(_ERROR, text)
    return Receipt(id, state, "" if error.strip("0") == "" else error)


def _named(word: str) -> State | None:
    """Shortened to seven letters, or whole."""
    upper = word.upper()
    return next((state for state in State if upper in (state.name, state.value)), None)


def _found(pattern: re.Pattern[bytes], text: bytes) -> str:
    match = pattern.search(text)
    return match[1].decode("latin-1") if match else ""
