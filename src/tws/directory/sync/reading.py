"""Reads a source into a staging file. Plain blocking code; runs in a process of its own."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from itertools import islice

import msgspec
from msgspec import Struct

from tws.directory.cards import Card, Ignored, card, identified
from tws.directory.connector import DirectoryConnector, Entry
from tws.directory.mapping import SourceField
from tws.directory.sync.staging import Prepared, Staging
from tws.directory.text import folded
from tws.numbering import DialPlan, written

BATCH = 500
"Entries between two looks into the staging file."
EXAMPLES = 20
"Entries named in a report for each reason."
LONGEST_SORT = 1000
VERSION = 1
"Counted up when cards are made otherwise than before, so that everything is made again."
_raw = msgspec.msgpack.Encoder(order="deterministic").encode


class Remarks(Struct, kw_only=True):
    """What a report says of entries that were left out, or not kept whole."""

    read: int = 0
    ignored: dict[str, int] = {}
    notes: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    "By reason: identifiers, or names, of some."

    def ignore(self, why: str, example: str) -> None:
        self._count(self.ignored, why, example)

    def note(self, what: str, example: str) -> None:
        self._count(self.notes, what, example)

    def _count(self, where: dict[str, int], why: str, example: str) -> None:
        where[why] = where.get(why, 0) + 1
        examples = self.examples.setdefault(why, [])
        if len(examples) < EXAMPLES:
            examples.append(example)


class Reading:
    """One reading of one source."""

    def __init__(
        self, mapping: Mapping[str, SourceField], made_by: str, plan: DialPlan | None
    ) -> None:
        """`made_by`: the mapping as it is written; with the dial plan it decides what a card
        becomes, and so whether it has to be made again."""
        self._mapping, self._plan = mapping, plan
        self._salt = blake2b(f"{VERSION} {made_by} {plan!r}".encode()).digest()
        self.remarks = Remarks()

    def run(
        self,
        connector: DirectoryConnector,
        staging: Staging,
        mailbox: str | None = None,
        progress: Callable[[int], None] = lambda read: None,
    ) -> Remarks:
        """Raises ConnectorError: then nothing of it may be merged."""
        entries = connector.entries(mailbox)
        while batch := list(islice(entries, BATCH)):
            self._take(batch, staging)
            self.remarks.read += len(batch)
            progress(self.remarks.read)
        staging.end()
        return self.remarks

    def _take(self, entries: list[Entry], staging: Staging) -> None:
        keyed = []
        for entry in entries:
            identifier = identified(entry, self._mapping)
            if identifier is None:
                self._ignore(entry)
            else:
                keyed.append((identifier, self._hash(entry), entry))
        unknown = staging.unknown([(identifier, hash) for identifier, hash, _ in keyed])
        rows: list[tuple[str, bytes, Prepared | None]] = []
        for (identifier, hash, entry), other in zip(keyed, unknown, strict=True):
            prepared = self._prepared(entry) if other else None
            if prepared is not None or not other:
                rows.append((identifier, hash, prepared))
        for identifier in staging.add(rows):
            self.remarks.ignore("an identifier that another entry has too", identifier)

    def _prepared(self, entry: Entry) -> Prepared | None:
        made = card(entry, self._mapping)
        if isinstance(made, Ignored):
            self._ignore(entry, made.why)
            return None
        for note in made.notes:
            what, _, _ = note.partition(":")
            self.remarks.note(what, f"{made.identifier}: {note}")
        return prepared(made, self._plan)

    def _ignore(self, entry: Entry, why: str | None = None) -> None:
        self.remarks.ignore(why or "no identifier", _shown(entry))

    def _hash(self, entry: Entry) -> bytes:
        return blake2b(_raw(entry.values), digest_size=16, key=self._salt).digest()


def prepared(made: Card, plan: DialPlan | None) -> Prepared:
    readings = tuple(written(one.number, plan) if plan else None for one in made.numbers)
    texts = [made.first_name, made.last_name, made.organisation, *made.emails]
    texts += [reading.digits for reading in readings if reading]
    sort = folded([made.last_name, made.first_name, made.organisation])[:LONGEST_SORT]
    return Prepared(card=made, readings=readings, folded=folded(texts), sort=sort)


def _shown(entry: Entry) -> str:
    """Enough to find it in its source."""
    texts = [f"{name}={value}" for name, value in entry.values.items() if isinstance(value, str)]
    return " ".join(texts)[:200]
