"""What a calendar connector is: a plain blocking reader of one product, and nothing else.

When it is asked, what is kept, and who may see what are this room's business. The classes are in
`tws.connectors`, in the file of their product.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from enum import IntEnum
from pathlib import Path
from typing import Any, ClassVar, Protocol

from msgspec import Struct

from tws.sources.errors import ConnectorError


class State(IntEnum):
    """What an event makes of somebody; of several at a time the highest counts."""

    FREE = 0
    TENTATIVE = 1
    BUSY = 2
    OUT_OF_OFFICE = 3


class Event(Struct, frozen=True, order=True):
    """One event of one person, or one time of it if it is repeated. Times are in UTC; at `until`
    it is over."""

    since: datetime
    until: datetime
    state: State
    subject: str = ""
    private: bool = False


class Calendar(Struct, frozen=True):
    """One person's events, by their beginning; or why they cannot be had."""

    mailbox: str
    found: tuple[Event, ...] | ConnectorError


class CalendarConnector(Protocol):
    """One source with its settings. Used by one thread at a time, which is given a time limit."""

    title: ClassVar[str]
    "As administrators know it."
    Settings: ClassVar[type[Any]]
    "A dataclass: the form (`tws.forms`)."
    accounts: ClassVar[bool]
    """Whether somebody's calendar can be read with an account of his own: the settings `user` and
    `password`."""

    def __init__(self, settings: Any, files: Path) -> None:
        """`files`: the folder of this company's files, the only one that is read."""

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        """Each of the mailboxes once, in any order, with what touches the time between `since` and
        `until`. `zone`: of these people, for days and for times that have no zone of their own.

        Raises ConnectorError for what concerns all that are left: the source does not answer, or
        does not take who we are. Closes what it opened when it ends or is closed."""
