"""Reports of imports in SQL: those of the last weeks, and of one that goes on."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from tws.imports.model import Report, Run
from tws.sentences import Sentence
from tws.sources.run_states import RunProblem, RunState
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.newest import forget_older, newest_first, newest_of_each
from tws.storage.upserting import upsert

run = Table(
    "user_import_run",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    # No foreign key: the report outlives its import.
    Column("user_import", String(36), nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", String(36)),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Column("report", Json, nullable=False),
    Column("done", Integer, nullable=False),
    Column("problem", String(16)),
    Column("said", Json, nullable=False),
    Column("approved", Integer),
    Index(None, "user_import", "started"),
    Index(None, "company"),
)
KEPT = 20
"Runs of an import whose reports can be read."


async def write_run(tx: Transaction, of: Run) -> None:
    row = {
        "id": of.id,
        "company": of.company,
        "user_import": of.user_import,
        "state": of.state.value,
        "by": of.by,
        "started": of.started,
        "ended": of.ended,
        "report": msgspec.to_builtins(of.report),
        "done": of.done,
        "problem": of.problem.value if of.problem else None,
        "said": msgspec.to_builtins(of.said),
        "approved": of.approved,
    }
    await tx.execute(upsert(run, [row], ["id"]))


async def runs(reader: Reader, user_import: str, limit: int) -> list[Run]:
    """The newest first."""
    found = await reader.execute(newest_first(run.c.user_import, user_import, limit))
    return [_run(row) for row in found.mappings()]


async def last_runs(reader: Reader) -> list[Run]:
    """Of each import."""
    found = await reader.execute(newest_of_each(run.c.user_import))
    return [_run(row) for row in found.mappings()]


async def forget_runs(tx: Transaction, user_import: str, kept: int = KEPT) -> None:
    """All but the newest."""
    await forget_older(tx, run.c.user_import, user_import, kept)


def _run(row: Mapping[Any, Any]) -> Run:
    return Run(
        id=row["id"],
        company=row["company"],
        user_import=row["user_import"],
        state=RunState(row["state"]),
        by=row["by"],
        started=row["started"],
        ended=row["ended"],
        report=msgspec.convert(row["report"], Report),
        done=row["done"],
        problem=RunProblem(row["problem"]) if row["problem"] else None,
        said=msgspec.convert(row["said"], Sentence),
        approved=row["approved"],
    )
