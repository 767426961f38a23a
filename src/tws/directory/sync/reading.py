"""Reads a source into a staging file. Plain blocking code; runs in a process of its own."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tws.directory.cards import PHOTO, Ignored, Reason, SourceCard, card, identified
from tws.directory.connector import ConnectorError, DirectoryConnector, Entry
from tws.directory.indexing import index, readings
from tws.directory.mapping import SourceField, hidden
from tws.directory.photos import Photos
from tws.directory.sync.photographing import Row, photographed
from tws.directory.sync.staging import Prepared, Staging
from tws.numbering import DialPlan

BATCH = 500
"Entries between two looks into the staging file."
MOST_BYTES = 32 * 1024 * 1024
"Of pictures in them: a batch with more is shorter."
EXAMPLES = 20
"Entries named in a report for each reason."
VERSION = 3
"Counted up when cards are made otherwise than before, so that everything is made again."
_raw = msgspec.msgpack.Encoder(order="deterministic").encode


class Remarks(Struct, kw_only=True):
    """What a report says of entries that were left out, or not kept whole."""

    read: int = 0
    ignored: dict[str, int] = {}
    "By `Reason`; in reports of earlier versions by words."
    notes: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    "By reason: identifiers, or names, of some."
    unread: dict[str, str] = {}
    "Mailboxes that could not be read, and why: their contacts stay as they are."

    def ignore(self, why: Reason, example: str) -> None:
        self._count(self.ignored, why.value, example)

    def note(self, what: str, example: str) -> None:
        self._count(self.notes, what, example)

    def _count(self, where: dict[str, int], why: str, example: str) -> None:
        where[why] = where.get(why, 0) + 1
        examples = self.examples.setdefault(why, [])
        if len(examples) < EXAMPLES:
            examples.append(example)


class Mailbox(Struct, frozen=True):
    """A user whose own contacts are wanted."""

    user: str
    address: str

    @property
    def prefix(self) -> str:
        """Of the identifiers of his contacts: two users may have the same ones."""
        return f"{self.user}/"


class SourceReading:
    """One reading of one source."""

    def __init__(
        self,
        mapping: Mapping[str, SourceField],
        made_by: str,
        plan: DialPlan | None,
        photos: Photos | None = None,
    ) -> None:
        """`made_by`: the mapping as it is written; with the dial plan it decides what a card
        becomes, and so whether it has to be made again. `photos`: None = there are none."""
        self._mapping, self._plan, self._photos = mapping, plan, photos
        self._hidden = hidden(mapping)
        self._salt = blake2b(f"{VERSION} {made_by} {plan!r}".encode()).digest()
        self.remarks = Remarks()

    def run(
        self,
        connector: DirectoryConnector,
        staging: Staging,
        mailboxes: Sequence[Mailbox] | None = None,
        progress: Callable[[int], None] = lambda read: None,
    ) -> Remarks:
        """Raises ConnectorError: then nothing of it may be merged. `mailboxes`: of a private
        directory; one that cannot be read keeps what it has, unless none can."""
        if mailboxes is None:
            self._read(connector, None, staging, progress)
        else:
            self._read_each(connector, mailboxes, staging, progress)
        staging.end()
        return self.remarks

    def _read_each(
        self,
        connector: DirectoryConnector,
        mailboxes: Sequence[Mailbox],
        staging: Staging,
        progress: Callable[[int], None],
    ) -> None:
        for mailbox in mailboxes:
            try:
                self._read(connector, mailbox, staging, progress)
            except ConnectorError as error:
                if len(self.remarks.unread) == len(mailboxes) - 1:
                    raise
                self.remarks.unread[mailbox.address] = str(error)
                staging.keep(mailbox.prefix)

    def _read(
        self,
        connector: DirectoryConnector,
        mailbox: Mailbox | None,
        staging: Staging,
        progress: Callable[[int], None],
    ) -> None:
        entries = connector.entries(mailbox.address if mailbox else None)
        for batch in self._batches(entries):
            self._take(batch, mailbox, staging)
            self.remarks.read += len(batch)
            progress(self.remarks.read)

    def _batches(self, entries: Iterator[Entry]) -> Iterator[list[Entry]]:
        source = self._mapping.get(PHOTO)
        batch: list[Entry] = []
        size = 0
        for entry in entries:
            batch.append(entry)
            if source is not None and isinstance(raw := entry.values.get(source.name), bytes):
                size += len(raw)
            if len(batch) == BATCH or size > MOST_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _take(self, entries: list[Entry], mailbox: Mailbox | None, staging: Staging) -> None:
        keyed = []
        prefix = mailbox.prefix if mailbox else ""
        for entry in entries:
            identifier = identified(entry, self._mapping)
            if identifier is None:
                self._ignore(entry)
            else:
                keyed.append((prefix + identifier, self._hash(entry), entry))
        unknown = staging.unknown([(identifier, hash) for identifier, hash, _ in keyed])
        rows: list[Row] = []
        for (identifier, hash, entry), other in zip(keyed, unknown, strict=True):
            prepared = self._prepared(entry, mailbox) if other else None
            if prepared is not None or not other:
                rows.append((identifier, hash, prepared))
        for identifier in staging.add(photographed(rows, self._photos, self.remarks.note)):
            self.remarks.ignore(Reason.TWICE, identifier)

    def _prepared(self, entry: Entry, mailbox: Mailbox | None) -> Prepared | None:
        made = card(entry, self._mapping)
        if isinstance(made, Ignored):
            self._ignore(entry, made.why)
            return None
        for note in made.notes:
            what, _, _ = note.partition(":")
            self.remarks.note(what, f"{made.identifier}: {note}")
        if mailbox is None:
            return prepared(made, self._plan, hidden=self._hidden)
        made = replace(made, identifier=mailbox.prefix + made.identifier)
        return prepared(made, self._plan, mailbox.user, self._hidden)

    def _ignore(self, entry: Entry, why: Reason = Reason.NO_IDENTIFIER) -> None:
        self.remarks.ignore(why, _shown(entry))

    def _hash(self, entry: Entry) -> bytes:
        return blake2b(_raw(entry.values), digest_size=16, key=self._salt).digest()


def prepared(
    made: SourceCard,
    plan: DialPlan | None,
    owner: str | None = None,
    hidden: Collection[str] = (),
) -> Prepared:
    """`hidden`: fields that are not shown."""
    read = readings((one.number for one in made.numbers), plan)
    found_by = index(made, read, own=owner is not None, hidden=hidden)
    return Prepared(
        card=made, readings=read, folded=found_by.folded, sort=found_by.sort, owner=owner
    )


def _shown(entry: Entry) -> str:
    """Enough to find it in its source."""
    texts = [f"{name}={value}" for name, value in entry.values.items() if isinstance(value, str)]
    return " ".join(texts)[:200]
