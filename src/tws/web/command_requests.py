"""Asking the PBX once on behalf of a request, whether or not the request comes twice."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Header, Request
from starlette.responses import Response

from tws.errors import Invalid
from tws.organisation.actor import Actor, DeviceRowId
from tws.queues.abandoned import AbandonedCalls
from tws.queues.service import QueueService
from tws.rules.profiles import ProfileService
from tws.telephony.asking import Reached
from tws.telephony.commands import CommandId
from tws.telephony.errors import LinkLost, NoAnswer, Refused
from tws.telephony.features import FeatureService
from tws.telephony.handing_on import HandingOn
from tws.telephony.service import TelephonyService
from tws.web.answers import JSON, encode
from tws.web.errors import service_problem
from tws.web.idempotency import Answer, Idempotency, command_id, fingerprint
from tws.web.identity import User, rooms_of
from tws.web.shown.connections import ConnectionValue

Work = Callable[[CommandId | None], Coroutine[Any, Any, object]]
"Asks the PBX under a command id; returns what can be encoded, or `Reached`."

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=64,
        pattern=r"^[\x21-\x7e]+$",
        description="A value of your own for this request (a UUID, say). Sent again within ten "
        "minutes with the same body, the request is answered again and done once; after a restart "
        "of the server it is answered `outcomeUnknown` and not done again.",
        examples=["7f1c6ad2-5d0f-4f9e-a3f5-1d2f4ad6a8d1"],
    ),
]


class _Done(msgspec.Struct):
    """What the PBX answered; each operation describes its own result."""

    result: object


class _Dialled(msgspec.Struct, rename="camel"):
    result: object
    too_long: bool


class CommandRequest:
    """One command request: whose, and under which key."""

    def __init__(self, request: Request, actor: Actor, key: str | None, keys: Idempotency) -> None:
        self.request, self.actor, self.key, self.keys = request, actor, key, keys
        self.telephony: TelephonyService = rooms_of(request).telephony
        self.features: FeatureService = rooms_of(request).features
        self.handing_on: HandingOn = rooms_of(request).handing_on
        self.abandoned: AbandonedCalls = rooms_of(request).abandoned
        self.queues: QueueService = rooms_of(request).queues

    def device(self, id: str | None) -> DeviceRowId:
        """None: the current device of the user."""
        profiles: ProfileService = rooms_of(self.request).profiles
        return profiles.current_device(self.actor) if id is None else DeviceRowId(id)

    async def __call__(self, work: Work, number: str = "number") -> Response:
        """Do `work`, or give the answer it had: the PBX's yes or no, and silences, are kept; that
        it was not asked, since its link is down, is not.

        `number`: the member of the body that is a number to dial.
        """
        try:
            return await self._answered(work)
        except Invalid as error:
            if error.details.get("field") == "number":
                error.details["field"] = number
            raise

    async def _answered(self, work: Work) -> Response:
        if self.key is None:
            answer = await _ask(work, None)
        else:
            owner = self.actor.user or self.actor.label
            request = fingerprint(self.request.url.path, await self.request.json())
            id = command_id(owner, self.key)
            answer = await self.keys.once(owner, self.key, request, lambda: _ask(work, id))
        return Response(answer.body, answer.status, media_type=answer.media_type)


async def command_request(request: Request, actor: User, key: Key = None) -> CommandRequest:
    keys = request.app.state.idempotency
    assert isinstance(keys, Idempotency)
    return CommandRequest(request, actor, key, keys)


Ask = Annotated[CommandRequest, Depends(command_request)]


async def _ask(work: Work, id: CommandId | None) -> Answer:
    try:
        result = await work(id)
    except (Refused, NoAnswer, LinkLost) as error:
        # Without Retry-After: under the same key there will be no other answer.
        response = service_problem(error)
        return Answer(response.status_code, bytes(response.body), str(response.media_type))
    if isinstance(result, Reached):
        too_long, result = result.too_long, reached(result)
        if too_long is not None:
            return Answer(200, encode(_Dialled(result=result, too_long=too_long)), JSON)
    return Answer(200, encode(_Done(result=result)), JSON)


def reached(result: Reached) -> ConnectionValue | None:
    if result.connection is None:
        return None
    return ConnectionValue(
        call_id=result.connection.call,
        device_id=result.connection.device,
        connection=result.leg,
    )
