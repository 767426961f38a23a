"""What every CSTA message is; the kinds that matter to whoever reads one."""

from dataclasses import dataclass, field
from typing import ClassVar

from tws.protocols.csta.values import Opaque

NOT_ON_THE_WIRE = {"wire": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One XML document. The class has the name of its root element; the fields follow the order of
    the schema, except `extensions`, which comes last.

    A field without default must be there; one that is missing or cannot be read makes the message
    malformed. Anything else that is wrong is left out and told in `notes`.
    """

    extensions: Opaque | None = None
    "Vendors' additions, as received."
    edition: int | None = field(default=None, compare=False, metadata=NOT_ON_THE_WIRE)
    "Of ECMA-323, as the namespace says; None when it says none."
    notes: tuple[str, ...] = field(default=(), compare=False, metadata=NOT_ON_THE_WIRE)
    "Irregularities survived in reading: a kind, then the element; `unknownElement foo`."

    SESSION: ClassVar[bool] = False
    "True: of ECMA-354, whose namespace has no edition."


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Message):
    """Asks for a `<name>Response`, or a CSTAErrorCode; both sides send some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Message):
    """Carries the invoke id of its request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Message):
    """Reported by a monitor; never answered."""

    monitor_cross_ref_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Message):
    """A root element this engine does not know: a service or event of no use to us."""

    root: Opaque

    @property
    def name(self) -> str:
        return str(self.root.element.tag).rpartition("}")[2]
