"""What a synchronisation is: one run of one directory, from its question to its report. Data."""

from datetime import datetime

from msgspec import Struct, field

from tws.directory.cards import Reason
from tws.organisation.actor import CompanyId, DirectoryId
from tws.sentences import NOTHING, Sentence, sentence
from tws.sources.run_states import RunProblem, RunState

EXAMPLES = 20
"Entries named in a report for each reason."


class Counts(Struct, frozen=True, kw_only=True):
    """Contacts: what the directory had, and what becomes of them."""

    known: int = 0
    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.deleted


class Remarks(Struct, kw_only=True):
    """What a report says of entries that were left out, or not kept whole."""

    read: int = 0
    ignored: dict[str, int] = {}
    "By `Reason`; in reports of earlier versions by words."
    notes: dict[str, int] = {}
    examples: dict[str, list[str | Sentence]] = {}
    "By reason: identifiers, or names, of some; and what of them was not kept."
    unread: dict[str, str | Sentence] = {}
    "Mailboxes that could not be read, and why: their contacts stay as they are."

    def ignore(self, why: Reason, example: str) -> None:
        self._count(self.ignored, why.value, example)

    def note(self, what: str, example: str | Sentence) -> None:
        self._count(self.notes, what, example)

    def leave(self, address: str, why: Sentence) -> None:
        """Two people may have the same address."""
        before = self.unread.get(address)
        if before is not None and before != why:
            why = sentence("{one} {other}", one=before, other=why)
        self.unread[address] = why

    def _count(self, where: dict[str, int], why: str, example: str | Sentence) -> None:
        where[why] = where.get(why, 0) + 1
        examples = self.examples.setdefault(why, [])
        if len(examples) < EXAMPLES:
            examples.append(example)


class Run(Struct, frozen=True, kw_only=True):
    id: str
    company: CompanyId
    directory: DirectoryId
    state: RunState
    by: str | None = None
    "The administrator's id; None = the schedule."
    started: datetime
    ended: datetime | None = None
    counts: Counts = Counts()
    "Known once the source has been read to its end."
    merged: int = 0
    "Of `counts.changes`: those that are done."
    remarks: Remarks = field(default_factory=Remarks)
    problem: RunProblem | None = None
    said: Sentence = NOTHING
    "What the problem is, for an administrator."
    taking_away: bool = False
    "What is new or other is merged: what is gone is being deleted."
    after: str = ""
    "Where merging goes on after a restart: behind this identifier."
    approved: bool = False
    "Somebody said yes to what it deletes."
