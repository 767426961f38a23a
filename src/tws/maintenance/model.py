"""What administrators look at to keep TWS running, as immutable values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change, as the audit log tells of it."""

    number: int
    at: datetime
    actor: str
    session: str | None
    company: str | None
    "None = it belongs to no company, as an administrator does."
    action: str
    target: str
    "The id of what was changed."
    before: Any
    "What it was, as JSON has it; None = not there."
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are asked for; what is None does not matter."""

    companies: Collection[str] | None = None
    "Only of these; None = all, also what belongs to no company."
    server: bool = False
    "What belongs to no company besides."
    actor: str | None = None
    "A part of who did it, case-blind."
    action: str | None = None
    "A part of what was done, case-blind."
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    "Numbers below this one."
