"""Shared call queues (9.2.2): who waits, and taking or sending on who does."""

from fastapi import Response
from pydantic import Field

from tws.organisation.actor import DeviceRowId, QueueId
from tws.telephony.model import LegId
from tws.web.answers import answer, answers
from tws.web.api.operations import NOTHING
from tws.web.command_requests import Ask
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number
from tws.web.shown.queues import QueueStateValue, queue_state

router = Operations("/queues", tags=["queues"])
WAITS = "Who waits: the `connection` of one in `waiting` of the queue."


@router.get(
    "",
    operation_id="listQueueStates",
    responses=answers(list[QueueStateValue], "notSignedIn", "notAllowed"),
)
async def list_queue_states(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """The call queues that you are authorised on, as they are now; for those who use TWS
    Alerter. The live stream has each of them as `queue/ID`."""
    found = rooms.queues.list_queues(actor)
    return answer([queue_state(known, queue) for queue in found])


@router.get(
    "/{id}",
    operation_id="getQueueState",
    responses=answers(QueueStateValue, "notSignedIn", "notAllowed", "notFound"),
)
async def get_queue_state(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """One of them."""
    return answer(queue_state(known, rooms.queues.get_queue(actor, QueueId(id))))


class TakeQueuedCallBody(Body):
    connection: Id = Field(description=WAITS)
    device: Id = Field(description="Id of one of your devices, on the same PBX.")


@router.post("/{id}/take", operation_id="takeQueuedCall", responses=NOTHING)
async def take_queued_call(ask: Ask, id: str, body: TakeQueuedCallBody) -> Response:
    """Have a waiting caller at your telephone: picked up where the caller rings at somebody's,
    else the queue sends the call to your telephone, which rings."""
    return await ask(
        lambda key: ask.queues.take(
            ask.actor,
            QueueId(id),
            LegId(body.connection),
            DeviceRowId(body.device),
            key=key,
        )
    )


class DeflectQueuedCallBody(Body):
    connection: Id = Field(description=WAITS)
    destination: Number = Field(examples=["4002"])


@router.post("/{id}/deflect", operation_id="deflectQueuedCall", responses=NOTHING)
async def deflect_queued_call(ask: Ask, id: str, body: DeflectQueuedCallBody) -> Response:
    """Send a waiting caller to a number instead."""
    return await ask(
        lambda key: ask.queues.deflect(
            ask.actor, QueueId(id), LegId(body.connection), body.destination, key=key
        ),
        number="destination",
    )
