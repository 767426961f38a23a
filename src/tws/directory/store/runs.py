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
    delete,
    func,
    select,
)

from tws.directory.runs import Counts, Remarks, Run
from tws.sentences import Sentence
from tws.sources.run_states import RunProblem, RunState
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
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
    query = select(run).where(run.c.directory == directory)
    rows = await reader.execute(query.order_by(run.c.started.desc(), run.c.id.desc()).limit(limit))
    return [_run(row) for row in rows.mappings()]


async def last_runs(reader: Reader) -> list[Run]:
    """Of each directory."""
    newest = select(run.c.directory, func.max(run.c.started).label("started"))
    last = newest.group_by(run.c.directory).subquery()
    query = select(run).join(
        last, (run.c.directory == last.c.directory) & (run.c.started == last.c.started)
    )
    return [_run(row) for row in (await reader.execute(query)).mappings()]


async def forget_runs(tx: Transaction, directory: str, kept: int = KEPT) -> None:
    """All but the newest."""
    newest = select(run.c.started).where(run.c.directory == directory)
    oldest = (
        await tx.execute(newest.order_by(run.c.started.desc()).offset(kept).limit(1))
    ).scalar()
    if oldest is not None:
        await tx.execute(delete(run).where(run.c.directory == directory, run.c.started <= oldest))


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
