"""Who sends a request: the session cookie of a page, the API key of a program, or a ticket.

A browser sends its cookie with whatever another site makes it send, so whoever comes by cookie
must also come from a page of this server: `Origin` must name the host that was asked (and the
cookie is SameSite=Strict besides). So must whoever comes by a ticket of Windows, which browsers
show unasked too. A key in `Authorization` is sent by nobody unasked and needs no
origin.
"""

from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from fastapi import Depends, Request, Response
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from tws.errors import NotAllowed
from tws.organisation.actor import Actor
from tws.organisation.permission import users_only
from tws.web.errors import Problem
from tws.web.negotiate import shows_ticket, ticket_of, told
from tws.web.refused import ACTOR
from tws.web.rooms import Rooms
from tws.web.shown.known import Known

COOKIE = "tws_session"
OF_HOST = "__Host-"
"In front of its name over https: a browser takes such a one from this host alone, and shows it to"
"no other (RFC 6265bis, 4.1.3.2)."
COOKIE_DAYS = 30
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OF_HELPERS = "/api/v1/desk/helper/"
"All that the key of a helper opens."
PORTS = {"http": 80, "https": 443}


def rooms_of(connection: HTTPConnection) -> Rooms:
    rooms = connection.app.state.rooms
    assert isinstance(rooms, Rooms)
    return rooms


async def rooms(request: Request) -> Rooms:
    return rooms_of(request)


async def known(request: Request) -> Known:
    known = request.app.state.known
    assert isinstance(known, Known)
    return known


def key_of(connection: HTTPConnection) -> str | None:
    scheme, _, key = connection.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def token_of(connection: HTTPConnection) -> str | None:
    """The secret that the request comes with; a key goes before a cookie."""
    return key_of(connection) or connection.cookies.get(cookie_of(connection)) or None


def comes_by_cookie(connection: HTTPConnection) -> bool:
    return key_of(connection) is None and cookie_of(connection) in connection.cookies


def from_elsewhere(connection: HTTPConnection) -> bool:
    """Whether a browser says that the request was made by another site's page."""
    return is_elsewhere(connection.headers, rooms_of(connection).settings.public_url)


def is_elsewhere(headers: Headers, public: str | None) -> bool:
    """`public`: where pages of this server are, if it was told."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        theirs = urlsplit(origin)
        asked = f"{theirs.scheme}://{headers.get('host', '')}"
        ours = [_place(urlsplit(url)) for url in (asked, public) if url is not None]
        return theirs.hostname is None or _place(theirs) not in ours
    except ValueError:
        return True


def _place(url: SplitResult) -> tuple[str, str | None, int | None]:
    """What makes an origin; the scheme that a proxy hides from us is the one that it names."""
    return url.scheme, url.hostname, url.port or PORTS.get(url.scheme)


async def same_site(request: Request) -> None:
    """Refuses what another site makes a browser send."""
    if request.method not in SAFE and from_elsewhere(request):
        raise Problem("foreignOrigin", "This request was made by a page of another site.")


async def signed_in(request: Request, rooms: Annotated[Rooms, Depends(rooms)]) -> Actor:
    """The actor of a request: a user, or an administrator."""
    token = token_of(request)
    actor = None if token is None else await rooms.access.sessions.whoever_shows(token)
    by_ticket = actor is None and shows_ticket(request) and rooms.access.windows.offered
    if by_ticket:
        actor = await _of_ticket(request, rooms)
    if actor is None:
        raise Problem("notSignedIn", "Sign in, or send an API key.")
    request.scope[ACTOR] = actor
    if actor.helper and not request.scope["path"].startswith(OF_HELPERS):
        raise NotAllowed("This key is good for the helper of a desk alone.", why="helperOnly")
    if comes_by_cookie(request) and not by_ticket:
        await same_site(request)
    return actor


async def _of_ticket(request: Request, rooms: Rooms) -> Actor | None:
    await same_site(request)  # first: whose it is can be learnt once only
    ticket = ticket_of(request)
    if ticket is None:
        return None
    actor, answer = await rooms.access.windows.actor(ticket, address=where_from(request))
    told(request, answer)
    return actor


def names_of(rooms: Rooms) -> frozenset[str]:
    """Host names that are ours because we were told so; by what name somebody asks for us says
    nothing."""
    public = urlsplit(rooms.settings.public_url or "").hostname
    return frozenset(name.lower() for name in (*rooms.settings.hosts, public or ""))


def where_from(connection: HTTPConnection) -> str:
    """An IP address."""
    return connection.client.host if connection.client is not None else ""


async def signed_in_user(actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
    users_only(actor, "Administrators have no telephones: sign in as a user.")
    return actor


async def signed_in_administrator(actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
    if actor.administrator is None:
        raise NotAllowed("For administrators only.", why="administratorsOnly")
    return actor


InRooms = Annotated[Rooms, Depends(rooms)]
InKnown = Annotated[Known, Depends(known)]
Anyone = Annotated[Actor, Depends(signed_in)]
User = Annotated[Actor, Depends(signed_in_user)]
Administrator = Annotated[Actor, Depends(signed_in_administrator)]


def set_cookie(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        cookie_of(request),
        token,
        max_age=COOKIE_DAYS * 86_400,
        httponly=True,
        samesite="strict",
        secure=by_https(request),
    )


def clear_cookie(request: Request, response: Response) -> None:
    name = cookie_of(request)
    response.delete_cookie(name, httponly=True, samesite="strict", secure=by_https(request))


def cookie_of(connection: HTTPConnection) -> str:
    """The name of the session's cookie on this connection."""
    return OF_HOST + COOKIE if by_https(connection) else COOKIE


def by_https(connection: HTTPConnection) -> bool:
    if connection.scope["scheme"] in ("https", "wss"):
        return True
    return (rooms_of(connection).settings.public_url or "").startswith("https:")
