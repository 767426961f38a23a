"""Where calendars are read (Informatique / Collaboration), and how that goes.

Secret settings can be written and never read, as those of links. The state of each source is on
the live stream too, as `collaboration/<source>`.
"""

from collections.abc import Awaitable
from typing import Annotated, Any

import msgspec
from fastapi import Request, Response
from pydantic import Field

from tws.organisation.actor import CollaborationId, CompanyId, DomainId
from tws.organisation.model import CollaborationSource
from tws.presence.calendars.calendar import CalendarConnector
from tws.presence.calendars.model import Tried
from tws.register import NotInstalled
from tws.sentences import NOTHING
from tws.sources.errors import ConnectorError
from tws.sources.failing import failed
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, InCompany, InDomain, OfDomain, listed
from tws.web.api.admin.rows import CollaborationSourceRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Version
from tws.web.shown.calendars import (
    CollaborationStateValue,
    CollaborationTrialValue,
    collaboration_state,
    tried,
)
from tws.web.shown.sentences import parts
from tws.web.shown.setting_values import SettingValue, form_of, told
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class CalendarConnectorValue(Value, omit_defaults=True):
    """What calendars can be read from."""

    name: str
    title: str
    fields: list[SettingValue]
    accounts: Annotated[
        bool, msgspec.Meta(description="Whether users may have accounts of their own with it.")
    ]
    unavailable: Annotated[
        str | None, msgspec.Meta(description="Why it cannot be used, where it cannot.")
    ] = None
    missing_extra: Annotated[
        str, msgspec.Meta(description="Of the package `tws`: what to install to use it.")
    ] = ""


def row(rooms: Rooms, source: CollaborationSource) -> CollaborationSourceRow:
    """A source without its secrets; without any settings when its connector is not installed."""
    connector = rooms.calendar_connectors().get(source.connector)
    settings, is_set = told(connector, source.settings)
    return CollaborationSourceRow(
        id=source.id,
        version=source.version,
        company=source.company,
        domain=source.domain,
        name=source.name,
        connector=source.connector,
        enabled=source.enabled,
        settings=settings,
        is_set=is_set,
    )


@router.get(
    "/calendar-connectors",
    operation_id="describeCalendarConnectors",
    responses=listed(CalendarConnectorValue),
)
async def describe_calendar_connectors(rooms: InRooms, actor: Administrator) -> Response:
    """What calendars can be read from, each with the form of its settings."""
    return answer([_connector(*each) for each in sorted(rooms.calendar_connectors().items())])


def _connector(
    name: str, connector: type[CalendarConnector] | NotInstalled
) -> CalendarConnectorValue:
    if isinstance(connector, NotInstalled):
        return CalendarConnectorValue(
            name=name,
            title=name,
            fields=[],
            accounts=False,
            unavailable=str(connector),
            missing_extra=connector.extra,
        )
    return CalendarConnectorValue(
        name=name,
        title=connector.title,
        fields=form_of(connector.Settings),
        accounts=connector.accounts,
    )


class CreateCollaborationSourceBody(Body):
    domain: Id
    name: Name = Field(examples=["Exchange"])
    connector: Name = Field(examples=["caldav"])
    settings: dict[str, Any] = Field(
        max_length=100,
        description="By name, as `describeCalendarConnectors` tells them.",
        examples=[{"url": "https://dav.company.example/{user}/"}],
    )
    enabled: bool = True


class UpdateCollaborationSourceBody(Body):
    """What is left out stays; `settings` replaces all of them but the secrets it leaves out."""

    version: Version
    name: Name = Field(default_factory=str)
    connector: Name = Field(default_factory=str)
    settings: dict[str, Any] = Field(default_factory=dict, max_length=100)
    enabled: bool = Field(default_factory=bool)


sources = RowsApi(
    router, "/collaboration-sources", "Collaboration Source", CollaborationSourceRow, show=row
)
sources.listing(
    lambda rooms: rooms.organisation.collaboration.list_collaboration_sources,
    "Sources of calendars. Their state is told by `listCollaborationStates`.",
    OfDomain,
)
sources.creation(
    lambda rooms: rooms.organisation.collaboration.create_collaboration_source,
    "A source; the calendars of the domain's users are read at once if it is enabled.",
    CreateCollaborationSourceBody,
)
sources.finding(
    lambda rooms: rooms.organisation.collaboration.get_collaboration_source, "One source."
)
sources.change(
    lambda rooms: rooms.organisation.collaboration.update_collaboration_source,
    "Change a source; the calendars are read anew.",
    UpdateCollaborationSourceBody,
)
sources.deletion(
    lambda rooms: rooms.organisation.collaboration.delete_collaboration_source,
    "What was read there, and users' own accounts with it, go with it.",
)


@router.get(
    "/collaboration-states",
    operation_id="listCollaborationStates",
    responses=listed(CollaborationStateValue),
)
async def list_collaboration_states(
    rooms: InRooms, actor: Administrator, company: InCompany = None, domain: InDomain = None
) -> Response:
    """Sources as they stand: when they were read, for how many people, and what is wrong."""
    rows = rooms.organisation.collaboration.list_collaboration_sources(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([_state(rooms, row) for row in rows])


def _state(rooms: Rooms, source: CollaborationSource) -> CollaborationStateValue:
    return collaboration_state(rooms.registry, source, rooms.calendars.state(source.id))


@router.post(
    "/collaboration-sources/{id}/try",
    operation_id="tryCollaborationSource",
    responses=answers(CollaborationTrialValue, *LOOKING, "notFound", "conflict", "invalid"),
)
async def try_collaboration_source(
    request: Request, rooms: InRooms, actor: Administrator, id: str
) -> Response:
    """Read some people's calendars from the source, as it is stored; nothing is changed."""
    return await _tried(request, rooms, rooms.calendars.trials.try_out(actor, CollaborationId(id)))


class TryCollaborationSourceBody(Body):
    """A source as a form has it."""

    domain: Id
    source: Id | None = Field(
        None,
        description="The stored one that is changed. Its secrets stand for those left out, where "
        "the address is the stored one.",
    )
    connector: Name = Field(examples=["caldav"])
    settings: dict[str, Any] = Field(
        max_length=100, examples=[{"url": "https://dav.company.example/{user}/"}]
    )


@router.post(
    "/collaboration-sources/try",
    operation_id="tryCollaborationSourceDraft",
    responses=answers(
        CollaborationTrialValue, *LOOKING, "badRequest", "notFound", "conflict", "invalid"
    ),
)
async def try_collaboration_source_draft(
    request: Request, rooms: InRooms, actor: Administrator, body: TryCollaborationSourceBody
) -> Response:
    """Read some people's calendars from a source that is not stored, or not so; nothing is
    changed. Users' own accounts are not used."""
    draft = rooms.organisation.collaboration.draft_collaboration_source(actor, **body.given())
    return await _tried(request, rooms, rooms.calendars.trials.try_draft(actor, draft))


async def _tried(request: Request, rooms: Rooms, trial: Awaitable[list[Tried]]) -> Response:
    try:
        found = await while_awaited(request, trial)
    except ConnectorError as error:
        why = failed(error)
        return answer(
            CollaborationTrialValue(
                people=[], problem=why.problem, words=str(why.said), **parts(why.said)
            )
        )
    people = [tried(rooms.registry, one) for one in found]
    return answer(CollaborationTrialValue(people=people, problem=None, words="", **parts(NOTHING)))


@router.post(
    "/collaboration-sources/{id}/refresh",
    operation_id="refreshCollaborationSource",
    responses=answers(CollaborationStateValue, *LOOKING, "notFound", "conflict", "unavailable"),
)
async def refresh_collaboration_source(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Read the calendars now, also where the source failed and is left alone for a while."""
    await rooms.calendars.refresh(actor, CollaborationId(id))
    source = rooms.organisation.collaboration.get_collaboration_source(actor, CollaborationId(id))
    return answer(_state(rooms, source))
