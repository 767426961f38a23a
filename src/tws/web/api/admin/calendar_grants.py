"""Who sees whose calendars (7.4.3)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from tws.web.api.admin.described import OfCompany
from tws.web.api.admin.rows import CalendarGrantRow, calendar_grant_row
from tws.web.api.admin.rows_api import RowsApi
from tws.web.shapes import Body, Id

router = APIRouter(prefix="/admin", tags=["administration"])


@dataclass(frozen=True)
class OfCalendar(OfCompany):
    of_user: Annotated[
        str | None, Query(alias="ofUser", description="Only of this user's calendar, by id.")
    ] = None
    of_group: Annotated[
        str | None, Query(alias="ofGroup", description="Only of this group's calendars, by id.")
    ] = None
    user: Annotated[str | None, Query(description="Only to this user, by id.")] = None
    group: Annotated[str | None, Query(description="Only to this group, by id.")] = None


class CalendarGrantBody(Body):
    """Of exactly one of `ofUser` and `ofGroup`, to exactly one of `user` and `group`. They may be
    of different domains of the same company."""

    of_user: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"])
    of_group: Id | None = Field(None, description="Everybody's who is in it.")
    user: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c5"])
    group: Id | None = None


grants = RowsApi(
    router,
    "/calendar-grants",
    "Calendar Grant",
    CalendarGrantRow,
    show=lambda _, grant: calendar_grant_row(grant),
)
grants.listing(
    lambda rooms: rooms.organisation.calendar_grants.list_calendar_grants,
    "Who sees whose calendars.",
    OfCalendar,
)
grants.creation(
    lambda rooms: rooms.organisation.calendar_grants.create_calendar_grant,
    "Let somebody see whether others are free, busy or out of office.",
    CalendarGrantBody,
)
grants.finding(lambda rooms: rooms.organisation.calendar_grants.get_calendar_grant, "One grant.")
grants.deletion(
    lambda rooms: rooms.organisation.calendar_grants.delete_calendar_grant,
    "Withdraw it: at once, everywhere.",
)
