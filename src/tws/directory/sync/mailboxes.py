"""Users' own contacts, one user after the other: with which account each of them is read, and
whose failure is whose (8.7.5)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct

from tws.directory.connector import DirectoryConnector
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError, Misconfigured, SignInRefused, Unreachable

MOST_SILENT = 5
"Users in a row for whom the source does not answer, until those that are left are not tried."


class Mailbox(Struct, frozen=True):
    """A user whose own contacts are wanted."""

    user: str
    address: str
    "Empty where he sends them himself, and is the one who reads the report."
    account: dict[str, object] = {}
    "`user` and `password` of an account of his own, with which he is read."
    problem: Sentence | None = None
    "Why that one cannot be used: he is not read then."

    @property
    def prefix(self) -> str:
        """Of the identifiers of his contacts: two users may have the same ones."""
        return f"{self.user}/"


Own = Callable[[Mailbox], DirectoryConnector]
"The source as a user reads it who has an account of his own."


class Turns:
    """The connector for each mailbox in turn. What fails with a user's own account is his failure
    alone; a directory's account that is not taken, or not answered, is not tried on and on."""

    def __init__(self, shared: DirectoryConnector, own: Own) -> None:
        self._shared, self._own = shared, own
        self._silent = 0
        self._over = False
        self._failed: ConnectorError | None = None
        self._anybody = False

    @property
    def failed(self) -> ConnectorError | None:
        """Why nobody could be read, where the directory's account is to blame."""
        return None if self._anybody else self._failed

    @contextmanager
    def of(self, mailbox: Mailbox) -> Iterator[DirectoryConnector]:
        """ConnectorError, also where he is not tried."""
        if mailbox.problem:
            raise Misconfigured(mailbox.problem)
        if mailbox.account:
            try:
                yield self._own(mailbox)
            except ConnectorError as error:
                own = sentence("{why} (With the user's own account.)", why=error.said)
                raise type(error)(own) from error
        else:
            with self._watched():
                yield self._shared
        self._anybody = True

    @contextmanager
    def _watched(self) -> Iterator[None]:
        if self._over and self._failed is not None:
            raise self._failed
        try:
            yield
        except ConnectorError as error:
            self._failed = error
            self._silent = self._silent + 1 if isinstance(error, Unreachable) else 0
            self._over = isinstance(error, SignInRefused) or self._silent == MOST_SILENT
            raise
        self._silent = 0
