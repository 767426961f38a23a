"""The audit log in SQL, for reading: `storage` writes it in the transaction of each change."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select

from tws.maintenance.model import AuditEntry, Wanted
from tws.storage import Reader
from tws.storage.audit import audit


async def audit_entries(reader: Reader, wanted: Wanted, limit: int) -> list[AuditEntry]:
    """Newest first."""
    query = select(audit).order_by(audit.c.number.desc()).limit(limit)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return [AuditEntry(**row) for row in (await reader.execute(query)).mappings()]


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    c = audit.c
    if wanted.companies is not None:
        yield c.company.in_(sorted(wanted.companies))
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
