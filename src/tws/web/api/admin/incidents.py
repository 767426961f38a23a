"""The incident journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Depends, Query, Response
from pydantic import Field

from tws.incidents.model import Incident, IncidentKind, Wanted
from tws.organisation.actor import CompanyId
from tws.organisation.registry import Registry
from tws.web.answers import answer, answers
from tws.web.api.admin.csv_file import csv_answers, csv_file
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Instant, Text
from tws.web.shown.incidents import IncidentsStandingValue, IncidentValue, incident_value
from tws.web.shown.values import Value

router = Operations("/admin/incidents", tags=["administration"])
COLUMNS = (
    *("kind", "name", "company", "cause", "started", "last", "ended", "count"),
    *("acknowledged", "acknowledgedBy", "note"),
)
ASKED = ("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable")


@dataclass(frozen=True)
class Asked:
    """Which incidents; what is left out does not matter."""

    company: Annotated[str | None, Query(description="Only those of this one, by id.")] = None
    text: Annotated[Text | None, Query(description="A part of the name, or of the cause.")] = None
    kind: Annotated[IncidentKind | None, Query()] = None
    open: Annotated[bool | None, Query(description="Whether they go on.")] = None
    acknowledged: Annotated[bool | None, Query(description="Whether somebody knows.")] = None
    since: Annotated[Instant | None, Query(description="Not over before this.")] = None
    until: Annotated[Instant | None, Query(description="Begun before this.")] = None

    def wanted(self, before: str | None = None) -> Wanted:
        return Wanted(
            text=self.text,
            kind=self.kind,
            open=self.open,
            acknowledged=self.acknowledged,
            since=self.since,
            until=self.until,
            before=before,
        )

    @property
    def of(self) -> CompanyId | None:
        return None if self.company is None else CompanyId(self.company)


class IncidentPageValue(Value):
    """Some incidents, those that began last first."""

    entries: list[IncidentValue]
    before: Annotated[
        str | None,
        msgspec.Meta(description="To ask for those that follow; null = there are none."),
    ]
    standing: Annotated[
        IncidentsStandingValue, msgspec.Meta(description="Of all that one may see, now.")
    ]


class AcknowledgeBody(Body):
    incidents: Annotated[list[Id], Field(max_length=200)]
    note: Annotated[Text, Field(description="What is known of it, or done about it.")] = ""


@router.get("", operation_id="listIncidents", responses=answers(IncidentPageValue, *ASKED))
async def list_incidents(
    rooms: InRooms,
    admin: Administrator,
    asked: Annotated[Asked, Depends()],
    before: Annotated[
        str | None, Query(max_length=36, description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What went wrong: of the companies that one manages; for super users of the server too."""
    found = await rooms.incidents.list_incidents(admin, asked.wanted(before), asked.of, limit)
    standing = rooms.incidents.standing(admin.companies)
    return answer(
        IncidentPageValue(
            entries=[incident_value(one) for one in found],
            before=found[-1].id if len(found) == limit else None,
            standing=IncidentsStandingValue(
                open=standing.open,
                unacknowledged=standing.unacknowledged,
                changed=standing.changed,
            ),
        )
    )


@router.post(
    "/acknowledge",
    operation_id="acknowledgeIncidents",
    responses=answers(list[IncidentValue], *ASKED, "foreignOrigin", "badRequest", "conflict"),
)
async def acknowledge_incidents(
    rooms: InRooms, admin: Administrator, body: AcknowledgeBody
) -> Response:
    """Say that one knows of these, all or none; with a note for others."""
    done = await rooms.incidents.acknowledge(admin, body.incidents, body.note)
    return answer([incident_value(one) for one in done])


@router.get(
    "/export",
    operation_id="exportIncidents",
    responses=csv_answers(*ASKED),
)
async def export_incidents(
    rooms: InRooms, admin: Administrator, asked: Annotated[Asked, Depends()]
) -> Response:
    """The same as a file (CSV), as many as 100,000; causes in English."""
    found = rooms.incidents.all_incidents(admin, asked.wanted(), asked.of)
    return await csv_file(
        "tws-incidents.csv", COLUMNS, found, lambda one: _cells(rooms.registry, one)
    )


def _cells(registry: Registry, of: Incident) -> tuple[str, ...]:
    company = registry.companies.get(of.company) if of.company else None
    return (
        of.kind.value,
        of.name,
        "" if company is None else company.name,
        str(of.said),
        of.started.isoformat(),
        of.last.isoformat(),
        _time(of.ended),
        str(of.count),
        _time(of.acknowledged),
        of.acknowledged_by or "",
        of.note,
    )


def _time(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
