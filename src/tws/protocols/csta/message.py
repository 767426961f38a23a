"""What every CSTA message is; the kinds that matter to whoever reads one."""

from typing import Annotated, ClassVar

from msgspec import Struct

from tws.protocols.csta.marks import NOT_ON_THE_WIRE
from tws.protocols.csta.values import Opaque


class Message(Struct, frozen=True, kw_only=True, eq=False):
    """One XML document. The class has the name of its root element; the fields follow the order of
    the schema, except `extensions`, which comes last.

    A field without default must be there; one that is missing or cannot be read makes the message
    malformed. Anything else that is wrong is left out and told in `notes`.

    Two are equal that say the same, in whatever edition and however badly they were written.
    """

    extensions: Opaque | None = None
    "Vendors' additions, as received."
    edition: Annotated[int | None, NOT_ON_THE_WIRE] = None
    "Of ECMA-323, as the namespace says; None when it says none."
    notes: Annotated[tuple[str, ...], NOT_ON_THE_WIRE] = ()
    "Irregularities survived in reading: a kind, then the element; `unknownElement foo`."

    SESSION: ClassVar[bool] = False
    "True: of ECMA-354, whose namespace has no edition."

    def _content(self) -> tuple[object, ...]:
        names = (name for name in self.__struct_fields__ if name not in ("edition", "notes"))
        return (type(self), *(getattr(self, name) for name in names))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())


class Request(Message, frozen=True, kw_only=True):
    """Asks for a `<name>Response`, or a CSTAErrorCode; both sides send some."""


class Response(Message, frozen=True, kw_only=True):
    """Carries the invoke id of its request."""


class Event(Message, frozen=True, kw_only=True):
    """Reported by a monitor; never answered."""

    monitor_cross_ref_id: str


class Unknown(Message, frozen=True, kw_only=True):
    """A root element this engine does not know: a service or event of no use to us."""

    root: Opaque

    @property
    def name(self) -> str:
        return str(self.root.element.tag).rpartition("}")[2]
