"""What a provider of text messages is: a window of the wall to other products.

Which message is sent when, and what is kept of it, is this room's business; a provider gives one
to its gateway, and tells what the gateway says of it later. The classes are in
`tws.connectors.sms`, one kind of gateways a folder.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from msgspec import Struct

from tws.sentences import NOTHING, Sentence, sentence
from tws.sources.errors import ConnectorError, Refused, Unreachable

LONGEST_REFERENCE = 128


class SmsRefused(Refused):
    """The gateway takes this message never, however often it is asked."""

    told = sentence("The provider does not take the message.")
    "To whoever sent it; `said`, which may name hosts and accounts, is for administrators."


class PartlyTaken(SmsRefused):
    """It took some parts, and not the others: the whole must not be given again."""

    def __init__(self, taken: int, parts: int, why: ConnectorError) -> None:
        super().__init__(
            sentence(
                "Of {parts} parts {taken} were taken: {why}",
                parts=parts,
                taken=taken,
                why=why.said,
            )
        )
        self.told = sentence(
            "The provider took {taken} of {parts} parts only.", parts=parts, taken=taken
        )


class OutcomeUnknown(Unreachable):
    """The gateway may have taken the message: it must not be given again."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """One message on its way out."""

    id: str
    "Ours."
    to: str
    "E.164, with its `+`."
    sender: str
    "Empty: the gateway's own."
    text: str


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of a message, or of a part of it, as the gateway tells it later."""

    reference: str
    "The gateway's id of it, or ours, as `printable` leaves it."
    state: Literal["delivered", "failed"]
    reason: Sentence = NOTHING


def printable(text: str, longest: int = LONGEST_REFERENCE) -> str:
    """Of a gateway's own words what is kept: no database takes every sign that may be in them."""
    return "".join(sign for sign in text if sign.isprintable())[:longest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a provider is given besides its settings."""

    files: Path
    "The folder of this company's files, the only one that is read."
    local: bool
    "Whether this machine's own addresses may be asked."
    hear: Callable[[Receipt], None]
    "Is told receipts, as they come; never raises."
    report: str = ""
    "Where gateways tell of deliveries over HTTP, but for the key; empty = nobody can."


class SmsProvider(Protocol):
    """One gateway with its settings. Used by the event loop; what blocks runs elsewhere."""

    title: ClassVar[str]
    "As administrators know it."
    Settings: ClassVar[type[Any]]
    "A dataclass: the form (`tws.forms`)."

    def __init__(self, settings: Any, surroundings: Surroundings) -> None: ...

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        """The gateway's ids of its parts; none where it gives none, and tells nothing later.
        Raises SmsRefused and OutcomeUnknown; any other ConnectorError says that the gateway did
        not take it, and may be asked again."""

    async def keep(self) -> bool:
        """Called time and again: be there to hear of deliveries; whether the gateway was asked
        for that. ConnectorError."""

    async def check(self) -> bool:
        """See whether the gateway knows us, as far as can be known without sending; False: it
        can be asked nothing. ConnectorError."""

    async def close(self) -> None:
        """Nothing is asked of it any more."""


@runtime_checkable
class Reported(Protocol):
    """One whose gateway tells of deliveries by calling us over HTTP."""

    def told(self, key: str, fields: Mapping[str, str]) -> Receipt | None:
        """What a call says that came with that key; None = it says nothing that counts. Refused
        where the key is not the one of the settings."""
