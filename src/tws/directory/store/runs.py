"""Synchronisations in SQL: those of the last weeks, for their reports, and one that goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from tws.directory.runs import Counts, Remarks, Run
from tws.sentences import Sentence
from tws.sources.run_states import RunProblem, RunState
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.newest import forget_older, newest_first, newest_of_each
from tws.storage.upserting import upsert

run = Table(
    "directory_run",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    # No foreign key: what became of a directory's contacts is told when it is gone, too.
    Column("directory", String(36), nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", String(36)),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("counts", Json, nullable=False),
    Column("merged", Integer, nullable=False),
    Column("remarks", Json, nullable=False),
    Column("problem", String(16)),
    # A template and what it is filled with; in rows of earlier versions a whole sentence.
    Column("words", Text, nullable=False),
    Column("parameters", Json),
    Column("taking_away", Boolean, nullable=False),
    Column("after", String(250), nullable=False),
    Column("approved", Boolean, nullable=False),
    Index(None, "directory", "started"),
    Index(None, "company"),
)
KEPT = 50
"Runs of a directory whose reports can be read."


async def write_run(tx: Transaction, of: Run) -> None:
    row = {
        "id": of.id,
        "company": of.company,
        "directory": of.directory,
        "state": of.state.value,
        "by": of.by,
        "started": of.started,
        "ended": of.ended,
        "counts": msgspec.to_builtins(of.counts),
        "merged": of.merged,
        "remarks": msgspec.to_builtins(of.remarks),
        "problem": of.problem.value if of.problem else None,
        "words": of.said.template,
        "parameters": msgspec.to_builtins(of.said.parameters),
        "taking_away": of.taking_away,
        "after": of.after,
        "approved": of.approved,
    }
    await tx.execute(upsert(run, [row], ["id"]))


async def runs(reader: Reader, directory: str, limit: int) -> list[Run]:
    """The newest first."""
    found = await reader.execute(newest_first(run.c.directory, directory, limit))
    return [_run(row) for row in found.mappings()]


async def last_runs(reader: Reader) -> list[Run]:
    """Of each directory."""
    found = await reader.execute(newest_of_each(run.c.directory))
    return [_run(row) for row in found.mappings()]


async def forget_runs(tx: Transaction, directory: str, kept: int = KEPT) -> None:
    """All but the newest."""
    await forget_older(tx, run.c.directory, directory, kept)


def _run(row: Mapping[Any, Any]) -> Run:
    started: datetime = row["started"]
    return Run(
        id=row["id"],
        company=row["company"],
        directory=row["directory"],
        state=RunState(row["state"]),
        by=row["by"],
        started=started,
        ended=row["ended"],
        counts=msgspec.convert(row["counts"], Counts),
        merged=row["merged"],
        remarks=msgspec.convert(row["remarks"], Remarks),
        problem=RunProblem(row["problem"]) if row["problem"] else None,
        said=msgspec.convert(
            {"template": row["words"], "parameters": row["parameters"] or {}}, Sentence
        ),
        taking_away=row["taking_away"],
        after=row["after"],
        approved=row["approved"],
    )
