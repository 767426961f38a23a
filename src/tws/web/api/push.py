"""Whether this browser is told of calls while its page is closed or hidden."""

from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.push.model import Target
from tws.web.answers import answer, answers
from tws.web.identity import InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body
from tws.web.shown.values import Value

router = Operations(tags=["access"])
LOOKING = ("notSignedIn", "notAllowed")
CHANGING = (*LOOKING, "badRequest", "unavailable")


class PushSubscriptionValue(Value):
    key: Annotated[
        str | None,
        msgspec.Meta(
            description="The `applicationServerKey` to subscribe with (RFC 8292); null = this"
            " server tells no browser."
        ),
    ]
    subscribed: Annotated[bool, msgspec.Meta(description="This browser is told.")]


class SetPushSubscriptionBody(Body):
    """What the browser's `PushSubscription.toJSON()` says."""

    endpoint: Annotated[str, Field(min_length=1, max_length=2000)]
    key: Annotated[str, Field(min_length=1, max_length=100, description="`p256dh`.")]
    auth: Annotated[str, Field(min_length=1, max_length=50)]


@router.get(
    "/push-subscription",
    operation_id="getPushSubscription",
    responses=answers(PushSubscriptionValue, *LOOKING),
)
async def get_push_subscription(rooms: InRooms, actor: User) -> Response:
    """Of this browser; a program has none."""
    browsers = rooms.push.subscriptions
    subscribed = browsers.is_subscribed(actor)
    return answer(PushSubscriptionValue(key=browsers.public_key(), subscribed=subscribed))


@router.put(
    "/push-subscription",
    operation_id="setPushSubscription",
    responses=answers(PushSubscriptionValue, *CHANGING, "invalid"),
)
async def set_push_subscription(
    rooms: InRooms, actor: User, body: SetPushSubscriptionBody
) -> Response:
    """From now on this browser is told of your calls, until you sign out of it."""
    browsers = rooms.push.subscriptions
    await browsers.subscribe(actor, Target(body.endpoint, body.key, body.auth))
    return answer(PushSubscriptionValue(key=browsers.public_key(), subscribed=True))


@router.delete(
    "/push-subscription",
    operation_id="deletePushSubscription",
    status_code=204,
    responses=answers(None, *CHANGING, status=204, description="Deleted, or was not there."),
)
async def delete_push_subscription(rooms: InRooms, actor: User) -> Response:
    """This browser is told of no call any more."""
    await rooms.push.subscriptions.unsubscribe(actor)
    return Response(status_code=204)
