"""The audit log: every change that anybody made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query, Response

from tws.maintenance.model import AuditEntry, Wanted
from tws.organisation.actor import CompanyId
from tws.organisation.registry import Registry
from tws.web.answers import answer, answers
from tws.web.api.admin.csv_file import csv_answers, csv_file
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Instant, Text
from tws.web.shown.called import called, names_in
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


@dataclass(frozen=True)
class Asked:
    """Which changes; what is left out does not matter."""

    company: Annotated[str | None, Query(description="Only what belongs to this one, by id.")] = (
        None
    )
    server: Annotated[
        bool, Query(description="With `company`: for super users what belongs to none, too.")
    ] = False
    by: Annotated[Text | None, Query(alias="actor", description="A part of who did it.")] = None
    action: Annotated[Text | None, Query(description="A part of what was done.")] = None
    target: Annotated[Text | None, Query(description="Only changes of this, by id.")] = None
    since: Annotated[Instant | None, Query(description="Not before this.")] = None
    until: Annotated[Instant | None, Query(description="Before this.")] = None

    def wanted(self, before: int | None = None) -> Wanted:
        return Wanted(
            server=self.server,
            actor=self.by,
            action=self.action,
            target=self.target,
            since=self.since,
            until=self.until,
            before=before,
        )

    @property
    def of(self) -> CompanyId | None:
        return None if self.company is None else CompanyId(self.company)


COLUMNS = ("number", "at", "actor", "action", "what", "target", "company", "before", "after")


class AuditEntryValue(Value):
    """One change."""

    number: int
    at: datetime
    actor: Annotated[str, msgspec.Meta(description="A user name, `administrator NAME`, `system`.")]
    company: Annotated[str | None, msgspec.Meta(description="Id; null = it belongs to none.")]
    action: Annotated[str, msgspec.Meta(description="As in `user changed`.")]
    what: Annotated[str, msgspec.Meta(description="What it is called, where it has a name.")]
    target: Annotated[str, msgspec.Meta(description="Id of what was changed.")]
    before: Annotated[Any, msgspec.Meta(description="What it was; null = not there.")]
    after: Annotated[Any, msgspec.Meta(description="What it is; null = gone.")]
    names: Annotated[
        dict[str, str],
        msgspec.Meta(description="Id -> name, of what these three name and is still there."),
    ]


class AuditPageValue(Value):
    """Some changes, newest first."""

    entries: list[AuditEntryValue]
    before: Annotated[
        int | None,
        msgspec.Meta(description="To ask for the changes that follow; null = there are none."),
    ]


def shown(registry: Registry, entry: AuditEntry) -> AuditEntryValue:
    names = names_in(registry, entry.target, entry.before, entry.after)
    return AuditEntryValue(
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        company=entry.company,
        action=entry.action,
        what=_what(names, entry),
        target=entry.target,
        before=entry.before,
        after=entry.after,
        names=names,
    )


def _what(names: Mapping[str, str], entry: AuditEntry) -> str:
    """What was granted to whom; what it was called then; whose password or second factor it is."""
    for value in (entry.after, entry.before):
        if isinstance(value, dict) and isinstance(value.get("grantee"), str):
            granted, to = str(value.get("object", "")), value["grantee"]
            return f"{names.get(granted, granted)} → {names.get(to, to)}"
        if words := called(value):
            return words
    return names.get(entry.target, "")


@router.get(
    "/audit",
    operation_id="listAudit",
    responses=answers(
        AuditPageValue, "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"
    ),
)
async def list_audit(
    rooms: InRooms,
    admin: Administrator,
    asked: Annotated[Asked, Depends()],
    before: Annotated[
        int | None, Query(ge=1, le=2**53, description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Who changed what, newest first."""
    found = await rooms.audit_log.list_entries(admin, asked.wanted(before), asked.of, limit)
    more = found[-1].number if len(found) == limit else None
    return answer(
        AuditPageValue(entries=[shown(rooms.registry, each) for each in found], before=more)
    )


@router.get(
    "/audit/export",
    operation_id="exportAudit",
    responses=csv_answers("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"),
)
async def export_audit(
    rooms: InRooms,
    admin: Administrator,
    asked: Annotated[Asked, Depends()],
) -> Response:
    """The same as a file (CSV), as many as 100,000."""
    entries = rooms.audit_log.all_entries(admin, asked.wanted(), asked.of)
    return await csv_file(
        "tws-audit.csv", COLUMNS, entries, lambda one: _cells(rooms.registry, one)
    )


def _cells(registry: Registry, entry: AuditEntry) -> tuple[str, ...]:
    value = shown(registry, entry)
    return (
        str(value.number),
        value.at.isoformat(),
        value.actor,
        value.action,
        value.what,
        value.target,
        value.company or "",
        _json(value.before),
        _json(value.after),
    )


def _json(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
