"""The audit log, written in the transaction of the change it tells of.

It is the outbox too: its number only grows in the order of commits, so that whoever missed an
event reads on from the last number it knows.
"""

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import BigInteger, Column, Integer, String, Table

from tws.storage.columns import Json, UtcTime, metadata

audit = Table(
    "audit",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("at", UtcTime, nullable=False, index=True),
    Column("actor", String(300), nullable=False),
    Column("session", String(36)),
    # Of the thing changed: None where it belongs to no company (administrators).
    Column("company", String(36), index=True),
    Column("action", String(100), nullable=False),
    Column("target", String(100), nullable=False, index=True),
    Column("before", Json),
    Column("after", Json),
    # A number is never used again, even when the last rows were deleted.
    sqlite_autoincrement=True,
)


class Author(Protocol):
    """Who did it: an Actor, which belongs to a room above."""

    @property
    def label(self) -> str: ...

    @property
    def session(self) -> str | None: ...


def entry(
    author: Author, action: str, target: str, before: object, after: object, company: str | None
) -> dict[str, Any]:
    """One row. `before` and `after` are dataclasses or JSON values, without secrets; None = not
    there."""
    return {
        "at": datetime.now(UTC),
        "actor": author.label[:300],
        "session": author.session,
        "company": company,
        "action": action,
        "target": target,
        "before": _plain(before),
        "after": _plain(after),
    }


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})
"Most of what a row has: asked for first."


def _plain(value: object) -> object:
    """What JSON can say of `value`."""
    if type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Set):
        return sorted(str(v) for v in value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"the audit log can't say a {type(value).__name__}")
