"""Signing in by the session of Windows: the browser shows its ticket unasked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import msgspec
from fastapi import Depends, Request, Response

from tws.access.negotiator import MoreAsked
from tws.errors import missing
from tws.web.answers import answer, answers, refusals
from tws.web.api.access import CODE, SIGNING_IN, agent, signed_in
from tws.web.errors import Problem
from tws.web.identity import InRooms, same_site, where_from
from tws.web.negotiate import asked, came_by, ticket_of, told
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Text
from tws.web.shown.values import Value

router = Operations(tags=["access"])


class WindowsSignInValue(Value):
    """Whether a page should try `loginWithWindows` before it asks for a name."""

    offered: Annotated[bool, msgspec.Meta(description="To some of the users.")]
    administrators: Annotated[
        bool, msgspec.Meta(description="To administrators: `loginAdministratorWithWindows`.")
    ]


class WindowsTicketValue(Value):
    """That a ticket was shown, which is good."""

    shown: bool


@router.get(
    "/login/windows",
    operation_id="loginWindows",
    responses=answers(WindowsSignInValue),
)
async def get_windows_sign_in(rooms: InRooms) -> Response:
    """Who signs in here by the session of Windows."""
    windows = rooms.access.windows
    return answer(
        WindowsSignInValue(
            offered=windows.offered, administrators=windows.offered_to_administrators
        )
    )


def _ticket(request: Request, rooms: Rooms, offered: bool) -> bytes:
    """The ticket; where there is none it is asked for, here only: elsewhere a browser that has
    none would ask people."""
    if not offered:
        raise missing("way to sign in")
    ticket = ticket_of(request)
    if ticket is None:
        asked(request, rooms.access.windows.schemes)
        raise Problem("loginRefused", "Show the ticket of your session.", why="ticketNeeded")
    return ticket


@contextmanager
def _going_on(request: Request) -> Iterator[None]:
    """NTLM takes several requests."""
    try:
        yield
    except MoreAsked as more:
        told(request, more.answer)
        raise Problem("loginRefused", "Answer this challenge.", why="ticketNeeded") from None


@router.get(
    "/login/windows/ticket",
    operation_id="loginWindowsTicket",
    responses=answers(
        WindowsTicketValue, "loginRefused", "notFound", "tooLarge", "tooMany", "unavailable"
    ),
)
async def show_windows_ticket(request: Request, rooms: InRooms) -> Response:
    """Whether a browser shows a ticket unasked: pages fetch this ahead (`rel=prefetch`), for which
    no browser asks people for a name. Nobody is signed in."""
    windows = rooms.access.windows
    ticket = _ticket(request, rooms, windows.offered or windows.offered_to_administrators)
    with _going_on(request):
        proof = await windows.seen(
            ticket, address=where_from(request), connection=came_by(request)
        )
    told(request, proof)
    return answer(WindowsTicketValue(shown=True))


class LoginWithWindowsBody(Body):
    code: Text | None = CODE


NOTHING_MORE = LoginWithWindowsBody()
"Whoever shows the first message of NTLM sends no body with it."


@router.post(
    "/login/windows",
    operation_id="loginWithWindows",
    dependencies=[Depends(same_site)],
    responses={**SIGNING_IN, **refusals("notFound", "tooLarge")},
)
async def login_with_windows(
    request: Request, rooms: InRooms, body: LoginWithWindowsBody = NOTHING_MORE
) -> Response:
    """Sign in as a user by a Kerberos ticket (RFC 4559), or by NTLM on one connection. Without it
    it is asked for, once."""
    with _going_on(request):
        done = await rooms.access.windows.login(
            _ticket(request, rooms, rooms.access.windows.offered),
            body.code,
            address=where_from(request),
            connection=came_by(request),
            agent=agent(request),
        )
    told(request, done.answer)
    return signed_in(request, rooms, done.actor, done.token)


@router.post(
    "/administrator/login/windows",
    operation_id="loginAdministratorWithWindows",
    dependencies=[Depends(same_site)],
    responses={**SIGNING_IN, **refusals("notFound", "tooLarge")},
)
async def login_administrator_with_windows(
    request: Request, rooms: InRooms, body: LoginWithWindowsBody = NOTHING_MORE
) -> Response:
    """As `loginWithWindows`: sign in as an administrator."""
    with _going_on(request):
        done = await rooms.access.windows.login_administrator(
            _ticket(request, rooms, rooms.access.windows.offered_to_administrators),
            body.code,
            address=where_from(request),
            connection=came_by(request),
            agent=agent(request),
        )
    told(request, done.answer)
    return signed_in(request, rooms, done.actor, done.token)
