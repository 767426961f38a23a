"""What an import says of one run: what it would do, or did, and why. Data."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from tws.organisation.actor import CompanyId, UserImportId
from tws.sentences import NOTHING, Sentence
from tws.sources.run_states import RunProblem, RunState

SHOWN = 200
"Lines of each kind that a report keeps."


class Person(Struct, frozen=True):
    """One entry of a source, as far as it says something of a user."""

    values: dict[str, str]
    "By internal field; only those that are mapped, empty where the entry has nothing."
    called: str
    "How whoever looks after the source finds it there."
    numbers: tuple[str, ...] = ()
    "All that stand in the field of the number."

    @property
    def identifier(self) -> str:
        return self.values.get("identifier", "")


class Action(StrEnum):
    """What becomes of one entry, or of one user."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    DISABLED = "disabled"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"


class Reason(StrEnum):
    """Why an entry is left out, or more than its action says."""

    NO_IDENTIFIER = "noIdentifier"
    IDENTIFIER_TWICE = "identifierTwice"
    NO_USERNAME = "noUsername"
    USERNAME_TWICE = "usernameTwice"
    USERNAME_TAKEN = "usernameTaken"
    NO_NUMBER = "noNumber"
    BAD_NUMBER = "badNumber"
    OUTSIDE_NUMBER = "outsideNumber"
    "The dial plan takes it for one outside of the company: no extension."
    NUMBER_TWICE = "numberTwice"
    NUMBER_TAKEN = "numberTaken"
    INVALID = "invalid"
    "A text cannot stand in the user: which, and why, is said."
    NOT_HERE = "notHere"
    "There is no such user, and none is created."
    CHANGED_MEANWHILE = "changedMeanwhile"
    ADOPTED = "adopted"
    "A user of the same name whom no import brought: taken over."
    BACK = "back"
    "Whom the import had disabled."
    GONE = "gone"
    "The source has him no more."


class Line(Struct, frozen=True):
    """Of a report."""

    action: Action
    username: str
    called: str = ""
    why: Reason | None = None
    said: Sentence = NOTHING
    "The same in words, where there is more to be said."


class Counts(Struct, frozen=True):
    known: int = 0
    "Users that the import had brought."
    created: int = 0
    updated: int = 0
    deleted: int = 0
    disabled: int = 0
    unchanged: int = 0
    ignored: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.deleted + self.disabled


class Report(Struct, kw_only=True):
    read: int = 0
    "Entries."
    counts: Counts = Counts()
    ignored: dict[str, int] = {}
    "By `Reason`."
    lines: list[Line] = []
    "The first ones of each action but unchanged."
    notes: list[Sentence] = []
    "Of the source as a whole."


class Run(Struct, frozen=True, kw_only=True):
    id: str
    company: CompanyId
    user_import: UserImportId
    state: RunState
    by: str | None = None
    "The administrator's id; None = the schedule."
    started: datetime
    ended: datetime | None = None
    report: Report = field(default_factory=Report)
    "Known once the source has been read to its end."
    done: int = 0
    "Of `counts.changes`."
    problem: RunProblem | None = None
    said: Sentence = NOTHING
    approved: int | None = None
    "So many may be deleted or disabled: somebody said yes."


def reported(lines: list[Line]) -> list[Line]:
    """The first of each action, those that somebody must look at before the others."""
    order = (Action.IGNORED, Action.DELETED, Action.DISABLED, Action.CREATED, Action.UPDATED)
    return [
        line
        for action in order
        for line in [each for each in lines if each.action is action][:SHOWN]
    ]
