"""In SQL what belongs to no room alone: the audit log, for reading (`storage` writes it in the
transaction of each change), and all that is of one company or one person."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, tuple_, update

from tws.maintenance.model import AuditEntry, Wanted
from tws.organisation.actor import CompanyId
from tws.storage import Reader, Transaction, metadata
from tws.storage.audit import audit
from tws.storage.belonging import Whose, secrets, tables


async def database_time(reader: Reader) -> datetime:
    """What the database thinks that it is, to the second."""
    now = (await reader.execute(select(func.current_timestamp()))).scalar_one()
    at = datetime.fromisoformat(now) if isinstance(now, str) else now
    return at if at.tzinfo else at.replace(tzinfo=UTC)


async def latest(reader: Reader) -> datetime | None:
    """When the newest entry of the audit log was written."""
    newest = select(audit.c.at).order_by(audit.c.number.desc()).limit(1)
    return (await reader.execute(newest)).scalar_one_or_none()


async def audit_entries(reader: Reader, wanted: Wanted, limit: int) -> list[AuditEntry]:
    """Newest first."""
    query = select(audit).order_by(audit.c.number.desc()).limit(limit)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return [AuditEntry(**row) for row in (await reader.execute(query)).mappings()]


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    c = audit.c
    if wanted.companies is not None:
        theirs = c.company.in_(sorted(wanted.companies))
        yield theirs | c.company.is_(None) if wanted.server else theirs
    if wanted.actor:
        yield c.actor.icontains(wanted.actor, autoescape=True)
    if wanted.action:
        yield c.action.icontains(wanted.action, autoescape=True)
    if wanted.target is not None:
        yield c.target == wanted.target
    if wanted.since is not None:
        yield c.at >= wanted.since
    if wanted.until is not None:
        yield c.at < wanted.until
    if wanted.before is not None:
        yield c.number < wanted.before


PAGE = 500
"Rows that are read, or taken away, at a time: so many take no writer long."
NEVER_TOLD = "***"
NOBODY = "erased"
"Who did something that is not to be known any more."
BEGUN, ERASED = "user erasure begun", "user erased"
"In the audit log; the second with how many rows."


def tables_of(whose: Whose) -> list[str]:
    """By name; what others name comes first."""
    return [table.name for table in tables(whose)]


async def count(reader: Reader, name: str, whose: Whose) -> int:
    table = metadata.tables[name]
    query = select(func.count()).select_from(table).where(_belongs(table, whose))
    return int((await reader.execute(query)).scalar_one())


async def count_all(reader: Reader, name: str) -> int:
    """Of everybody."""
    query = select(func.count()).select_from(metadata.tables[name])
    return int((await reader.execute(query)).scalar_one())


async def pages(reader: Reader, name: str, whose: Whose) -> AsyncIterator[list[Mapping[str, Any]]]:
    """Their rows, in the order of their keys; what is told to nobody is `NEVER_TOLD`."""
    table = metadata.tables[name]
    hidden, key = secrets(table), list(table.primary_key.columns)
    query = select(table).where(_belongs(table, whose)).order_by(*key).limit(PAGE)
    last: tuple[Any, ...] | None = None
    while True:
        asked = query if last is None else query.where(tuple_(*key) > last)
        rows = (await reader.execute(asked)).mappings().all()
        if not rows:
            return
        last = tuple(rows[-1][column.name] for column in key)
        yield [
            {name: NEVER_TOLD if name in hidden else value for name, value in row.items()}
            for row in rows
        ]


async def take_away(tx: Transaction, name: str, whose: Whose) -> int:
    """Some of their rows: how many; fewer than `PAGE` = those were the last."""
    table = metadata.tables[name]
    key = list(table.primary_key.columns)
    chosen = select(*key).where(_belongs(table, whose)).limit(PAGE)
    named = key[0].in_(chosen) if len(key) == 1 else tuple_(*key).in_(chosen)
    return int((await tx.execute(delete(table).where(named))).rowcount)


def _belongs(table: Table, whose: Whose) -> ColumnElement[bool]:
    found = whose.condition(table)
    assert found is not None, table.name
    return found


async def forget_in_reports(tx: Transaction, company: str, username: str) -> int:
    """What reports of imports say of a user. How many lines."""
    run = metadata.tables["user_import_run"]
    query = select(run.c.id, run.c.report).where(run.c.company == company)
    gone = 0
    for id, report in (await tx.execute(query)).all():
        lines = [line for line in report["lines"] if line["username"] != username]
        if forgotten := len(report["lines"]) - len(lines):
            changed = update(run).where(run.c.id == id).values(report={**report, "lines": lines})
            await tx.execute(changed)
            gone += forgotten
    return gone


async def forget_who_acted(tx: Transaction, company: str, username: str) -> int:
    """That something was done stays, not by whom. How many lines."""
    by_him = update(audit).where(audit.c.company == company, audit.c.actor == username)
    return int((await tx.execute(by_him.values(actor=NOBODY))).rowcount)


async def forget_in_audit(tx: Transaction, user: str) -> int:
    """What lines of the audit log say of a user goes. How many lines."""
    of_him = update(audit).where(
        audit.c.target == user, audit.c.before.is_not(None) | audit.c.after.is_not(None)
    )
    return int((await tx.execute(of_him.values(before=None, after=None))).rowcount)


async def erasure_begun(reader: Reader, user: str) -> CompanyId | None:
    """In which company, if it has not ended."""
    query = (
        select(audit.c.action, audit.c.company)
        .where(audit.c.target == user, audit.c.action.in_((BEGUN, ERASED)))
        .order_by(audit.c.number.desc())
        .limit(1)
    )
    row = (await reader.execute(query)).one_or_none()
    return CompanyId(row.company) if row is not None and row.action == BEGUN else None
