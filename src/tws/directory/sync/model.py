"""What a synchronisation is: one run of one directory, from its question to its report."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from tws.directory.sync.counts import Counts
from tws.directory.sync.reading import Remarks
from tws.organisation.actor import CompanyId, DirectoryId
from tws.sentences import NOTHING, Sentence
from tws.sources.errors import ConnectorError, Refused, Unreachable


class RunState(StrEnum):
    READING = "reading"
    "The source is read; the directory is as it was."
    ASKING = "asking"
    "It would delete so many contacts that somebody has to say yes."
    MERGING = "merging"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self in (RunState.DONE, RunState.FAILED, RunState.CANCELLED)


class RunProblem(StrEnum):
    """Whom a failure is for, or why it was cancelled."""

    UNREACHABLE = "unreachable"
    "The source does not answer: the next run may."
    REFUSED = "refused"
    "Its administrator must allow it."
    MISCONFIGURED = "misconfigured"
    "The form must be mended, or something installed."
    INTERRUPTED = "interrupted"
    "The server stopped, or its disk failed it, while the source was read."
    CHANGED = "changed"
    "The directory, or its domain's dial plan, was changed meanwhile: it begins anew."


def problem_of(error: ConnectorError) -> RunProblem:
    match error:
        case Unreachable():
            return RunProblem.UNREACHABLE
        case Refused():
            return RunProblem.REFUSED
        case _:
            return RunProblem.MISCONFIGURED


class Run(Struct, frozen=True, kw_only=True):
    id: str
    company: CompanyId
    directory: DirectoryId
    state: RunState
    by: str | None = None
    "The administrator's name; None = the schedule."
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


class SynchronisationChanged(Struct, frozen=True):
    """A run goes on, or is over. Told to administrators."""

    run: Run
