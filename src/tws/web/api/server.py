"""The server itself: whether it works, and its figures."""

import hmac

from fastapi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from tws import __version__
from tws.errors import NotAllowed
from tws.web.answers import answer, answers
from tws.web.identity import InRooms, rooms_of, signed_in
from tws.web.operation import Operations
from tws.web.shown.values import Value

router = Operations(tags=["server"])
figures = Operations(under="")
LOOPBACK = ("127.", "::1", "::ffff:127.")
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class HealthValue(Value):
    """Whether this server can do its work."""

    status: str
    version: str
    database: bool


@router.get(
    "/health",
    operation_id="getHealth",
    responses={
        **answers(HealthValue, description="It works."),
        503: {**answers(HealthValue)[200], "description": "It runs, and its database is away."},
    },
)
async def get_health(rooms: InRooms) -> Response:
    """Whether this server works. Needs no session."""
    health = await rooms.health()
    value = HealthValue(
        status="up" if health.database else "degraded",
        version=__version__,
        database=health.database,
    )
    return answer(value, 200 if health.database else 503)


@figures.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """For Prometheus, on this machine; from elsewhere by its token, and for administrators."""
    if not _from_here(request) and not _has_token(request):
        actor = await signed_in(request, rooms_of(request))
        if actor.administrator is None:
            raise NotAllowed(
                "For this machine and for administrators only.", why="administratorsOnly"
            )
    await rooms_of(request).measure()
    return Response(generate_latest(rooms_of(request).metrics), media_type=CONTENT_TYPE_LATEST)


def _has_token(request: Request) -> bool:
    token = rooms_of(request).settings.metrics_token
    shown = request.headers.get("authorization", "")
    return token is not None and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())


def _from_here(request: Request) -> bool:
    """Straight from this machine, and not through a proxy on it."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    return request.client.host.startswith(LOOPBACK)
