"""The key by which browsers know this server (decision 0096), made anew on purpose."""

from fastapi import Response

from tws.web.answers import answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations

router = Operations("/admin", tags=["administration"])


@router.post(
    "/push-key/renew",
    operation_id="renewPushKey",
    status_code=204,
    responses=answers(
        None,
        *("notSignedIn", "notAllowed", "foreignOrigin", "conflict", "invalid", "unavailable"),
        status=204,
        description="Renewed.",
    ),
)
async def renew_push_key(rooms: InRooms, admin: Administrator) -> Response:
    """For super users. Every browser that is told of calls is forgotten, and subscribes again once
    its user opens the Caller there."""
    await rooms.push.renew_key(admin)
    return Response(status_code=204)
