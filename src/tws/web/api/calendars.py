"""What calendars say of colleagues, and a user's own accounts with where they are read (8.7.5)."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.organisation.actor import Actor, CollaborationId, UserId
from tws.organisation.model import CollaborationAccount, CollaborationSource
from tws.web.answers import answer, answers
from tws.web.identity import InRooms, User
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body
from tws.web.shown.calendars import (
    CalendarStateValue,
    TriedCalendarValue,
    UnreadCalendarValue,
    calendar_state,
    tried,
    unread_calendar,
)
from tws.web.shown.runs import UnreadValue, unread_value
from tws.web.shown.values import Value

router = Operations(tags=["calendars"])
LOOKING = ("notSignedIn", "notAllowed")


@router.get(
    "/calendar-states",
    operation_id="listCalendarStates",
    responses=answers(list[CalendarStateValue], *LOOKING),
)
async def list_calendar_states(rooms: InRooms, actor: User) -> Response:
    """The colleagues whose calendar is shown to you and known: free, busy, perhaps busy or out of
    office; more where DisplayCalendarSummary and DisplayCalendarPrivate say so for both of you.
    Nobody's but yours where AuthorizedCalendarPresences says no."""
    found = rooms.calendars.list_calendar_states(actor)
    return answer([calendar_state(rooms.registry, seen) for seen in found])


@router.get(
    "/calendar-states/{id}",
    operation_id="getCalendarState",
    responses=answers(CalendarStateValue | None, *LOOKING, "notFound"),
)
async def get_calendar_state(rooms: InRooms, actor: User, id: str) -> Response:
    """The same of one colleague whose calendar is shown to you; null = nothing is known."""
    seen = rooms.calendars.get_calendar_state(actor, UserId(id))
    return answer(None if seen is None else calendar_state(rooms.registry, seen))


# ---------------------------------------------------------------- own accounts


class CollaborationAccountValue(Value):
    """A source with which you may have an account of your own, and yours."""

    source: Annotated[str, msgspec.Meta(description="Id.")]
    name: str
    username: Annotated[
        str | None, msgspec.Meta(description="null = you are read with the account for all.")
    ]
    email: Annotated[str, msgspec.Meta(description="Empty: that of your TWS account.")]
    failed: Annotated[
        UnreadCalendarValue | None,
        msgspec.Meta(description="Why your calendar could not be read with your account."),
    ]
    read: Annotated[
        datetime | None, msgspec.Meta(description="When your calendar was read; null = never.")
    ]


class OwnContactsFailedValue(Value):
    """A directory of your contacts that could not be read with an account of yours."""

    directory: Annotated[str, msgspec.Meta(description="Its name.")]
    tried: datetime
    unread: UnreadValue


class SetCollaborationAccountBody(Body):
    """A password that is left out stays."""

    username: Annotated[str, Field(min_length=1, max_length=200)]
    email: Annotated[str, Field(max_length=254)] = ""
    password: Annotated[str, Field(default_factory=str, min_length=1, max_length=200)]


def _account(
    rooms: Rooms,
    actor: Actor,
    source: CollaborationSource,
    account: CollaborationAccount | None,
) -> CollaborationAccountValue:
    reading = None if account is None else rooms.calendars.own_reading(actor, source.id)
    return CollaborationAccountValue(
        source=source.id,
        name=source.name,
        username=None if account is None else str(account.settings.get("user", "")),
        email="" if account is None else account.email,
        failed=None if reading is None else unread_calendar(rooms.registry, reading),
        read=None if reading is None else reading.read,
    )


@router.get(
    "/collaboration-accounts",
    operation_id="listCollaborationAccounts",
    responses=answers(list[CollaborationAccountValue], *LOOKING),
)
async def list_collaboration_accounts(rooms: InRooms, actor: User) -> Response:
    """Where you may have an account of your own, with the one that you have. Passwords are never
    told."""
    collaboration = rooms.organisation.collaboration
    return answer(
        [
            _account(
                rooms, actor, source, collaboration.own_collaboration_account(actor, source.id)
            )
            for source in collaboration.own_collaboration_sources(actor)
        ]
    )


@router.put(
    "/collaboration-accounts/{id}",
    operation_id="setCollaborationAccount",
    responses=answers(
        CollaborationAccountValue,
        *LOOKING,
        "badRequest",
        "notFound",
        "conflict",
        "invalid",
        "unavailable",
    ),
)
async def set_collaboration_account(
    rooms: InRooms, actor: User, id: str, body: SetCollaborationAccountBody
) -> Response:
    """From now on your calendar is read with this account, and your contacts in a private
    directory on the same host."""
    source = CollaborationId(id)
    account = await rooms.organisation.collaboration.set_collaboration_account(
        actor, source, **body.given()
    )
    row = rooms.registry.collaboration_sources[source]
    return answer(_account(rooms, actor, row, account))


@router.post(
    "/collaboration-accounts/{id}/try",
    operation_id="tryCollaborationAccount",
    responses=answers(TriedCalendarValue, *LOOKING, "badRequest", "notFound", "invalid"),
)
async def try_collaboration_account(
    rooms: InRooms, actor: User, id: str, body: SetCollaborationAccountBody
) -> Response:
    """Read your calendar with this account, which is not stored; nothing is changed."""
    draft = rooms.organisation.collaboration.draft_collaboration_account(
        actor, CollaborationId(id), **body.given()
    )
    return answer(tried(rooms.registry, await rooms.calendars.trials.try_account(actor, draft)))


@router.get(
    "/collaboration-accounts/contacts",
    operation_id="listOwnContactsFailures",
    responses=answers(list[OwnContactsFailedValue], *LOOKING),
)
async def list_own_contacts_failures(rooms: InRooms, actor: User) -> Response:
    """Directories of your contacts that could not be read with an account of yours when they were
    synchronised last."""
    found = rooms.synchronisation.own_failures(actor)
    return answer(
        [
            OwnContactsFailedValue(
                directory=directory.name,
                tried=run.started,
                unread=unread_value(run.remarks, mailbox),
            )
            for directory, run, mailbox in found
        ]
    )


@router.delete(
    "/collaboration-accounts/{id}",
    operation_id="deleteCollaborationAccount",
    status_code=204,
    responses=answers(
        None,
        *LOOKING,
        "badRequest",
        "notFound",
        "conflict",
        "unavailable",
        status=204,
        description="Deleted.",
    ),
)
async def delete_collaboration_account(rooms: InRooms, actor: User, id: str) -> Response:
    """From now on your calendar is read with the account for all again."""
    await rooms.organisation.collaboration.delete_collaboration_account(actor, CollaborationId(id))
    return Response(status_code=204)
