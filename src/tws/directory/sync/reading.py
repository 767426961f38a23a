"""Reads a source into a staging file. Plain blocking code; runs in a process of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from tws.directory.cards import PHOTO, Ignored, Reason, called, card, identified
from tws.directory.connector import DirectoryConnector, Entry, Picture
from tws.directory.mapping import SourceField, hidden
from tws.directory.photos import NoPhoto, Photos
from tws.directory.prepared import Prepared, prepared
from tws.directory.runs import Remarks
from tws.directory.sync.columns import held
from tws.directory.sync.mailboxes import Mailbox, Own, Turns
from tws.directory.sync.photographing import LATER, Row, of, photographed
from tws.directory.sync.picturing import Pictures
from tws.directory.sync.staging import Staging
from tws.numbering import DialPlan
from tws.sentences import Sentence
from tws.sources.errors import ConnectorError

BATCH = 500
"Entries between two looks into the staging file."
MOST_BYTES = 32 * 1024 * 1024
"Of pictures in them: a batch with more is shorter."
VERSION = 5
"Counted up when cards are made otherwise than before, so that everything is made again."
_raw = msgspec.msgpack.Encoder(order="deterministic").encode


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
        self._pictures = Pictures()
        self._late: dict[str, Sentence] = {}
        "By identifier: why a picture was not given this time."

    def run(
        self,
        connector: DirectoryConnector,
        staging: Staging,
        mailboxes: Sequence[Mailbox] | None = None,
        progress: Callable[[int], None] = lambda read: None,
        own: Own | None = None,
    ) -> Remarks:
        """Raises ConnectorError: then nothing of it may be merged. `mailboxes`: of a private
        directory; one that cannot be read keeps what it has, unless none can that needs the
        directory's account. `own`: the connector for somebody who has an account of his own."""
        if mailboxes is None:
            self._read(connector, None, staging, progress)
        else:
            turns = Turns(connector, own or (lambda mailbox: connector))
            self._read_each(turns, mailboxes, staging, progress)
        staging.end()
        return self.remarks

    def _read_each(
        self,
        turns: Turns,
        mailboxes: Sequence[Mailbox],
        staging: Staging,
        progress: Callable[[int], None],
    ) -> None:
        for mailbox in mailboxes:
            try:
                with turns.of(mailbox) as connector:
                    self._read(connector, mailbox, staging, progress)
            except ConnectorError as error:
                self.remarks.leave(mailbox.address, error.said)
                staging.keep(mailbox.prefix)
            progress(self.remarks.read)
        if turns.failed is not None:
            raise turns.failed

    def _read(
        self,
        connector: DirectoryConnector,
        mailbox: Mailbox | None,
        staging: Staging,
        progress: Callable[[int], None],
    ) -> None:
        address = mailbox.address if mailbox else None
        entries = held(connector, address, self._mapping, self.remarks.note)
        for batch in self._batches(self._pictured(entries, mailbox, staging, progress)):
            self._take(batch, mailbox, staging)
            self.remarks.read += len(batch)
            progress(self.remarks.read)

    def _pictured(
        self,
        entries: Iterator[Entry],
        mailbox: Mailbox | None,
        staging: Staging,
        progress: Callable[[int], None],
    ) -> Iterator[Entry]:
        """With the pictures of those that are new or other, asked for while their source is
        open."""
        source = self._mapping.get(PHOTO)
        for entry in entries:
            picture = entry.picture
            if picture is None:
                yield entry
            elif source is None or source.name != picture.field or self._photos is None:
                yield Entry(entry.values)
            else:
                yield self._with_picture(entry, picture, mailbox, staging)
                progress(self.remarks.read)

    def _with_picture(
        self, entry: Entry, picture: Picture, mailbox: Mailbox | None, staging: Staging
    ) -> Entry:
        identifier = (mailbox.prefix if mailbox else "") + (identified(entry, self._mapping) or "")
        if not staging.unknown([(identifier, self._hash(entry))])[0]:
            return entry
        try:
            raw = self._pictures.fetched(picture)
        except NoPhoto as error:
            self._late[identifier] = error.said
            return entry
        return entry if raw is None else Entry({**entry.values, picture.field: raw}, picture)

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
                self._ignore(entry, mailbox)
            else:
                keyed.append((prefix + identifier, self._hash(entry), entry))
        unknown = staging.unknown([(identifier, hash) for identifier, hash, _ in keyed])
        rows: list[Row] = []
        for (identifier, hash, entry), other in zip(keyed, unknown, strict=True):
            prepared = self._prepared(entry, mailbox) if other else None
            if prepared is not None or not other:
                rows.append((identifier, hash, prepared))
        entry_of = {identifier: entry for identifier, _, entry in keyed}

        def without(identifier: str, why: Sentence) -> None:
            entry = entry_of[identifier]
            self.remarks.note(PHOTO, _of(mailbox) or of(self._called(entry), why))

        rows = photographed(rows, self._photos, without)
        for identifier in staging.add([self._later(row, without) for row in rows]):
            example = _of(mailbox) or self._called(entry_of[identifier])
            self.remarks.ignore(Reason.TWICE, example)

    def _later(self, row: Row, without: Callable[[str, Sentence], None]) -> Row:
        """One whose picture was not given this time is asked for it the next time."""
        identifier, hash, prepared = row
        why = self._late.pop(identifier, None)
        if why is None or prepared is None:
            return row
        without(identifier, why)
        return identifier, hash + LATER, replace(prepared, photo_stays=True)

    def _prepared(self, entry: Entry, mailbox: Mailbox | None) -> Prepared | None:
        made = card(entry, self._mapping)
        if isinstance(made, Ignored):
            self._ignore(entry, mailbox, made.why)
            return None
        for note in made.notes:
            told = _of(mailbox) or of(self._called(entry), note.said)
            self.remarks.note(note.what, told)
        if mailbox is None:
            return prepared(made, self._plan, hidden=self._hidden)
        made = replace(made, identifier=mailbox.prefix + made.identifier)
        return prepared(made, self._plan, mailbox.user, self._hidden)

    def _ignore(
        self, entry: Entry, mailbox: Mailbox | None, why: Reason = Reason.NO_IDENTIFIER
    ) -> None:
        self.remarks.ignore(why, _of(mailbox) or _shown(entry))

    def _called(self, entry: Entry) -> str:
        return called(entry, self._mapping) or _shown(entry)

    def _hash(self, entry: Entry) -> bytes:
        """Of a picture only its tag counts, fetched or not."""
        values = entry.values
        if entry.picture is not None:
            values = {**values, entry.picture.field: entry.picture.tag}
        return blake2b(_raw(values), digest_size=16, key=self._salt).digest()


def _of(mailbox: Mailbox | None) -> str:
    """Whose contact it is: all that administrators learn of what is a user's own. Empty where it
    is not, or he reads the report himself."""
    return mailbox.address if mailbox is not None else ""


def _shown(entry: Entry) -> str:
    """Enough to find it in its source."""
    texts = [f"{name}={value}" for name, value in entry.values.items() if isinstance(value, str)]
    return " ".join(texts)[:200]
