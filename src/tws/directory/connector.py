"""What a directory connector is: a plain blocking reader of one product, and nothing else.

Mapping, options, red list, merging, indexing and rights are this room's business. The classes are
in `tws.connectors`, one file a product.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from msgspec import Struct

from tws.sources.values import Value


class Picture(Struct, frozen=True):
    """A picture that its source gives only when it is asked for it."""

    field: str
    "Its name, as a mapping says it."
    tag: str
    "Another one where the picture may be another."
    fetch: Callable[[], bytes | None]
    """None where there is none. ConnectorError. Asked for before the next entry is, on the same
    thread."""


class Entry(Struct, frozen=True):
    """One contact as its source has it; fields by the source's own names, empty ones left out."""

    values: Mapping[str, Value]
    picture: Picture | None = None


class DirectoryConnector(Protocol):
    """One source with its settings. Used by one thread at a time, which is given a time limit."""

    title: ClassVar[str]
    "As administrators know it."
    Settings: ClassVar[type[Any]]
    "A dataclass: the form (`tws.forms`)."
    private: ClassVar[bool]
    "Whether it has contacts of single users (`mailbox`)."
    public: ClassVar[bool]
    suggested: ClassVar[Mapping[str, str]]
    "Internal field -> source field, with which the form's mapping begins."

    def __init__(self, settings: Any, files: Path) -> None:
        """`files`: the folder of this company's files, the only one that is read."""

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        """Everything, in any order. `mailbox`: the e-mail address of the user whose own contacts
        are wanted. Raises ConnectorError, also half-way; closes what it opened when it ends or is
        closed (`generator.close()`)."""


@dataclass(slots=True)
class Header:
    """What a source of rows says of itself while it is read."""

    columns: tuple[str, ...] = ()
    "All that it has, whether or not there is something in them; known with the first entry."
    long_rows: list[int] = field(default_factory=list)
    "Lines of rows that have more fields than there are columns."

    def begin(self) -> None:
        """Of another reading."""
        self.columns, self.long_rows = (), []


@runtime_checkable
class Tabular(Protocol):
    """A connector that knows its columns, and not only those of a row that are filled."""

    header: Header
    "Of the last reading."


@runtime_checkable
class UserSource(Protocol):
    """A class of connectors from which users are imported (7.2)."""

    suggested_users: Mapping[str, str]
    "Field of an import -> source field, with which its form begins; empty: no users are there."


def suggested_users(connector: object) -> Mapping[str, str]:
    """Of a class; empty where no users are imported from it."""
    return connector.suggested_users if isinstance(connector, UserSource) else {}


@runtime_checkable
class OwnAccounts(Protocol):
    """A connector whose users may have accounts of their own with the server (8.7.5)."""

    def own(self, user: str, password: str) -> DirectoryConnector:
        """The same source, as somebody reads it with that account: his contacts alone, by
        `entries(mailbox)`."""
