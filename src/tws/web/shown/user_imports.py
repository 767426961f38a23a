"""Imports of users as values: what one would do, or did, and why."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.imports.model import Action, Line, Reason, Report, Run
from tws.organisation.actor import AdministratorId
from tws.organisation.registry import Registry
from tws.sources.run_states import RunProblem, RunState
from tws.web.shown.sentences import Parameters, SentenceValue, Template, parts
from tws.web.shown.values import Value


class ImportLineValue(Value):
    """What became of one entry, or of one user."""

    action: Action
    username: str
    called: Annotated[str, msgspec.Meta(description="How it is found in its source.")]
    why: Reason | None
    words: Annotated[str, msgspec.Meta(description="More of why, in English; may be empty.")]
    template: Template
    parameters: Parameters


class ImportNoteValue(SentenceValue):
    """Something of the source as a whole."""

    words: Annotated[str, msgspec.Meta(description="In English.")]


class ImportReportValue(Value):
    read: Annotated[int, msgspec.Meta(description="Entries read of the source so far.")]
    known: Annotated[int, msgspec.Meta(description="Users that the import had brought.")]
    created: int
    updated: int
    deleted: int
    disabled: int
    unchanged: int
    ignored: int
    reasons: Annotated[dict[str, int], msgspec.Meta(description="Of those ignored, by why.")]
    lines: Annotated[
        list[ImportLineValue], msgspec.Meta(description="The first 200 of each action.")
    ]
    notes: list[ImportNoteValue]


class UserImportRunValue(Value):
    """One run of an import of users."""

    id: str
    user_import: Annotated[str, msgspec.Meta(description="Id.")]
    state: RunState
    by: Annotated[str | None, msgspec.Meta(description="Who asked for it; null = the timetable.")]
    started: datetime
    ended: datetime | None
    report: ImportReportValue
    done: Annotated[
        int, msgspec.Meta(description="Of those created, updated, deleted and disabled: so far.")
    ]
    problem: RunProblem | None
    words: Annotated[str, msgspec.Meta(description="What the problem is, for administrators.")]
    template: Template
    parameters: Parameters


class UserImportTrialValue(Value):
    """What a run would do, or why the source cannot be read."""

    report: ImportReportValue | None
    asks: Annotated[
        bool,
        msgspec.Meta(description="More than a quarter would go: somebody would have to say yes."),
    ]
    problem: RunProblem | None
    words: str
    template: Template
    parameters: Parameters


def user_import_run(registry: Registry, run: Run, *, lines: bool = True) -> UserImportRunValue:
    """Without `lines` the report is short: counts and reasons."""
    by = registry.administrators.get(AdministratorId(run.by or ""))
    return UserImportRunValue(
        id=run.id,
        user_import=run.user_import,
        state=run.state,
        by=by.username if by is not None else None if run.by is None else "?",
        started=run.started,
        ended=run.ended,
        report=import_report(run.report, lines=lines),
        done=run.done,
        problem=run.problem,
        words=str(run.said),
        **parts(run.said),
    )


def import_report(of: Report, *, lines: bool = True) -> ImportReportValue:
    counts = of.counts
    return ImportReportValue(
        read=of.read,
        known=counts.known,
        created=counts.created,
        updated=counts.updated,
        deleted=counts.deleted,
        disabled=counts.disabled,
        unchanged=counts.unchanged,
        ignored=counts.ignored,
        reasons=dict(of.ignored),
        lines=[_line(line) for line in of.lines] if lines else [],
        notes=[ImportNoteValue(words=str(note), **parts(note)) for note in of.notes],
    )


def _line(of: Line) -> ImportLineValue:
    return ImportLineValue(
        action=of.action,
        username=of.username,
        called=of.called,
        why=of.why,
        words=str(of.said),
        **parts(of.said),
    )
