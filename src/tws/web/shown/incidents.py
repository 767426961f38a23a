"""Incidents as values."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.incidents.model import Incident, IncidentKind
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value


class IncidentsStandingValue(Value):
    """How many incidents an administrator has to look at."""

    open: int
    unacknowledged: Annotated[int, msgspec.Meta(description="Of those that are open.")]
    changed: Annotated[str, msgspec.Meta(description="Another text after each change of one.")]


class IncidentValue(Value):
    """Something that went wrong, once or several times in a row."""

    id: str
    kind: IncidentKind
    subject: Annotated[str, msgspec.Meta(description="Id of the row, or name, of what it is of.")]
    name: Annotated[str, msgspec.Meta(description="Of the subject; may be empty.")]
    company: Annotated[str | None, msgspec.Meta(description="Id; null = of the whole server.")]
    said: Annotated[SaidValue, msgspec.Meta(description="The cause.")]
    started: datetime
    last: Annotated[datetime, msgspec.Meta(description="When it last went wrong.")]
    ended: Annotated[datetime | None, msgspec.Meta(description="null = it goes on.")]
    count: Annotated[int, msgspec.Meta(description="How often it went wrong.")]
    acknowledged: datetime | None
    acknowledged_by: Annotated[str | None, msgspec.Meta(description="The administrator's name.")]
    note: str


def incident_value(of: Incident) -> IncidentValue:
    return IncidentValue(
        id=of.id,
        kind=of.kind,
        subject=of.subject,
        name=of.name,
        company=of.company,
        said=said_value(of.said),
        started=of.started,
        last=of.last,
        ended=of.ended,
        count=of.count,
        acknowledged=of.acknowledged,
        acknowledged_by=of.acknowledged_by,
        note=of.note,
    )
