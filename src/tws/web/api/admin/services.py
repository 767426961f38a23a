"""The services page (3.3.8, 10.3): the parts of the server, started and stopped."""

from typing import Annotated

import msgspec
from fastapi import Path, Response

from tws.maintenance.part import PartState
from tws.maintenance.services import ServiceState
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])

Name = Annotated[
    str,
    Path(description="`links`; or a name of the guide: `TWS$TWS_CSTAServices`, or with `TWS4$`."),
]
Names = Annotated[list[str], msgspec.Meta(description="By their names here, in order.")]


class ServiceValue(Value):
    """A part of the server, or a service of the guide that this version does not have."""

    name: str
    aliases: Annotated[list[str], msgspec.Meta(description="Its names in the guide.")]
    state: PartState
    why: SaidValue | None
    needs: Annotated[list[str], msgspec.Meta(description="What is started before it.")]
    stops_with: Annotated[list[str], msgspec.Meta(description="What is stopped before it now.")]
    fixed: Annotated[bool, msgspec.Meta(description="It cannot be stopped while the server runs.")]


class ServicesValue(Value):
    """All of them: what does not run as it should first."""

    services: list[ServiceValue]
    may_change: Annotated[bool, msgspec.Meta(description="Whether who asks is a super user.")]


class ServicesChangedValue(Value):
    """What an order did."""

    stopped: Names
    started: Names
    services: list[ServiceValue]


def shown(one: ServiceState) -> ServiceValue:
    return ServiceValue(
        name=one.name,
        aliases=list(one.aliases),
        state=one.state,
        why=None if one.why is None else said_value(one.why),
        needs=list(one.needs),
        stops_with=list(one.stops_with),
        fixed=one.fixed,
    )


@router.get(
    "/services",
    operation_id="listServices",
    responses=answers(ServicesValue, "notSignedIn", "notAllowed"),
)
async def list_services(rooms: InRooms, admin: Administrator) -> Response:
    """The health of each part of this server."""
    found = await rooms.services.list_services(admin)
    services = [shown(one) for one in found]
    return answer(ServicesValue(services=services, may_change=admin.super_user))


ORDERED = answers(
    ServicesChangedValue,
    *("notSignedIn", "notAllowed", "foreignOrigin", "notFound", "conflict", "unavailable"),
)


async def _ordered(
    rooms: InRooms, admin: Administrator, stopped: list[str], started: list[str]
) -> Response:
    services = [shown(one) for one in await rooms.services.list_services(admin)]
    return answer(ServicesChangedValue(stopped=stopped, started=started, services=services))


@router.post("/services/{name}/start", operation_id="startService", responses=ORDERED)
async def start_service(rooms: InRooms, admin: Administrator, name: Name) -> Response:
    """Start a part, what it needs first; by a super user."""
    return await _ordered(rooms, admin, [], await rooms.services.start(admin, name))


@router.post("/services/{name}/stop", operation_id="stopService", responses=ORDERED)
async def stop_service(rooms: InRooms, admin: Administrator, name: Name) -> Response:
    """Stop a part until it or the server is started, what needs it first; by a super user."""
    return await _ordered(rooms, admin, await rooms.services.stop(admin, name), [])


@router.post("/services/{name}/restart", operation_id="restartService", responses=ORDERED)
async def restart_service(rooms: InRooms, admin: Administrator, name: Name) -> Response:
    """Stop a part with what needs it, and start these again; by a super user."""
    stopped, started = await rooms.services.restart(admin, name)
    return await _ordered(rooms, admin, stopped, started)
