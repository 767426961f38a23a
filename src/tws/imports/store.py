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
    delete,
    func,
    select,
)

from tws.imports.model import Report, Run
from tws.sentences import Sentence
from tws.sources.run_states import RunProblem, RunState
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
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
    query = select(run).where(run.c.user_import == user_import)
    rows = await reader.execute(query.order_by(run.c.started.desc(), run.c.id.desc()).limit(limit))
    return [_run(row) for row in rows.mappings()]


async def last_runs(reader: Reader) -> list[Run]:
    """Of each import."""
    newest = select(run.c.user_import, func.max(run.c.started).label("started"))
    last = newest.group_by(run.c.user_import).subquery()
    query = select(run).join(
        last, (run.c.user_import == last.c.user_import) & (run.c.started == last.c.started)
    )
    return [_run(row) for row in (await reader.execute(query)).mappings()]


async def forget_runs(tx: Transaction, user_import: str, kept: int = KEPT) -> None:
    """All but the newest."""
    newest = select(run.c.started).where(run.c.user_import == user_import)
    oldest = (
        await tx.execute(newest.order_by(run.c.started.desc()).offset(kept).limit(1))
    ).scalar()
    if oldest is not None:
        older = (run.c.user_import == user_import, run.c.started <= oldest)
        await tx.execute(delete(run).where(*older))


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
