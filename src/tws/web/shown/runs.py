"""Synchronisations of directories as values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from tws.directory.cards import Reason
from tws.directory.runs import Remarks, Run
from tws.directory.sync.columns import Odd
from tws.organisation.actor import AdministratorId
from tws.organisation.registry import Registry
from tws.sentences import said
from tws.sources.run_states import RunProblem, RunState
from tws.web.shown.sentences import Parameters, SentenceValue, Template, parts, sentence_value
from tws.web.shown.values import Value


class RemarkValue(Value):
    """Why entries were left out, or what of them was not kept."""

    why: Annotated[
        str,
        msgspec.Meta(
            description="nameless, noIdentifier, twice; of notes the internal field, or noRows,"
            " longRows of the source as a whole."
        ),
    ]
    words: Annotated[str, msgspec.Meta(description="The same in English.")]
    count: int
    examples: Annotated[
        list[str],
        msgspec.Meta(description="Identifiers or names of some, and what is wrong with them."),
    ]
    sentences: Annotated[
        list[SentenceValue | None],
        msgspec.Meta(description="The same, for other languages; null = it is the same in all."),
    ]


class UnreadValue(Value):
    """A mailbox that could not be read."""

    mailbox: str
    why: Annotated[str, msgspec.Meta(description="In English.")]
    template: Template
    parameters: Parameters


class RunValue(Value):
    """One synchronisation of a directory."""

    id: str
    directory: Annotated[str, msgspec.Meta(description="Id.")]
    state: RunState
    by: Annotated[str | None, msgspec.Meta(description="Who asked for it; null = the timetable.")]
    started: datetime
    ended: datetime | None
    read: Annotated[int, msgspec.Meta(description="Entries read of the source so far.")]
    known: Annotated[int, msgspec.Meta(description="Contacts that the directory had.")]
    created: int
    updated: int
    deleted: int
    unchanged: int
    merged: Annotated[
        int, msgspec.Meta(description="Of those created, updated and deleted: done so far.")
    ]
    ignored: list[RemarkValue]
    notes: list[RemarkValue]
    unread: list[UnreadValue]
    problem: RunProblem | None
    words: Annotated[str, msgspec.Meta(description="What the problem is, for administrators.")]
    template: Template
    parameters: Parameters


class NoteValue(SentenceValue):
    """What of an entry would not be kept."""

    why: Annotated[str, msgspec.Meta(description="As in remarks.")]
    words: Annotated[str, msgspec.Meta(description="In English.")]


class SampleValue(Value):
    """An entry of a source, and what would become of it."""

    entry: Annotated[dict[str, str], msgspec.Meta(description="By the source's own names.")]
    name: str
    numbers: list[str]
    emails: list[str]
    ignored: Annotated[
        str, msgspec.Meta(description="Why it would be left out, as in remarks; may be empty.")
    ]
    notes: list[NoteValue]


class DirectoryTrialValue(Value):
    """The first entries of a source, or why it cannot be read."""

    entries: list[SampleValue]
    problem: RunProblem | None
    words: str
    template: Template
    parameters: Parameters


def run_value(registry: Registry, run: Run) -> RunValue:
    remarks, counts = run.remarks, run.counts
    by = registry.administrators.get(AdministratorId(run.by or ""))
    return RunValue(
        id=run.id,
        directory=run.directory,
        state=run.state,
        by=by.username if by is not None else None if run.by is None else "?",
        started=run.started,
        ended=run.ended,
        read=remarks.read,
        known=counts.known,
        created=counts.created,
        updated=counts.updated,
        deleted=counts.deleted,
        unchanged=counts.unchanged,
        merged=run.merged,
        ignored=remark_values(remarks, remarks.ignored),
        notes=remark_values(remarks, remarks.notes),
        unread=[unread_value(remarks, mailbox) for mailbox in remarks.unread],
        problem=run.problem,
        words=str(run.said),
        **parts(run.said),
    )


def unread_value(remarks: Remarks, mailbox: str) -> UnreadValue:
    why = remarks.unread[mailbox]
    return UnreadValue(mailbox=mailbox, why=str(why), **parts(said(why)))


def remark_values(remarks: Remarks, counts: Mapping[str, int]) -> list[RemarkValue]:
    """`counts`: those of `remarks` that are meant. The most frequent first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [
        RemarkValue(
            why=why,
            words=_words(why),
            count=count,
            examples=[str(one) for one in remarks.examples.get(why, [])],
            sentences=[sentence_value(one) for one in remarks.examples.get(why, [])],
        )
        for why, count in ordered
    ]


def _words(why: str) -> str:
    if why in {*Odd}:
        return Odd(why).words
    return Reason(why).words if why in {*Reason} else why
