"""Shared call queues (9.2.2): who waits, and taking or sending on who does."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import DeviceRowId, QueueId
from tws.queues.exporting import head
from tws.telephony.model import LegId
from tws.web.answers import answer, answers
from tws.web.api.admin.csv_file import csv_answers, csv_file
from tws.web.api.operations import DIALLED, NOTHING
from tws.web.command_requests import Ask
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number
from tws.web.shown.queues import AbandonedCallValue, QueueStateValue, abandoned_call, queue_state

router = Operations("/queues", tags=["queues"])
UTF8_MARK = "\ufeff"
"Excel reads UTF-8 by the mark in front only."
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


# ---------------------------------------------------------------- abandoned calls


@router.get(
    "/{id}/abandoned",
    operation_id="listAbandonedCalls",
    responses=answers(list[AbandonedCallValue], "notSignedIn", "notAllowed", "notFound"),
)
async def list_abandoned_calls(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """Callers whom nobody answered, the newest first; of as many days as the parameter
    Queues-NumberDaysOfStorage says, 500 at most."""
    queue = rooms.queues.get_queue(actor, QueueId(id))
    found = await rooms.abandoned.list_abandoned(actor, queue.id)
    return answer([abandoned_call(known, queue, one) for one in found])


@router.get(
    "/{id}/abandoned/export",
    operation_id="exportAbandonedCalls",
    responses=csv_answers("notSignedIn", "notAllowed", "notFound", "invalid"),
)
async def export_abandoned_calls(
    rooms: InRooms,
    known: InKnown,
    actor: User,
    id: str,
    culture: Annotated[Literal["fr", "en"], Query(description="In which language it is.")] = "en",
) -> Response:
    """All of them as a file for spreadsheets."""
    queue = rooms.queues.get_queue(actor, QueueId(id))
    found = await rooms.abandoned.list_abandoned(actor, queue.id, whole=True)

    async def rows() -> AsyncIterator[AbandonedCallValue]:
        for one in found:
            yield abandoned_call(known, queue, one)

    return await csv_file("abandoned-calls.csv", head(culture), rows(), _cells, mark=UTF8_MARK)


class CallBackBody(Body):
    call: Id = Field(description="The `id` of one of `listAbandonedCalls`.")
    device: Id = Field(description="Id of one of your devices.")


@router.post("/{id}/callBack", operation_id="callBackAbandonedCall", responses=DIALLED)
async def call_back_abandoned_call(ask: Ask, id: str, body: CallBackBody) -> Response:
    """Call somebody back from your telephone; the others see that you did."""
    return await ask(
        lambda key: ask.abandoned.call_back(
            ask.actor, QueueId(id), body.call, DeviceRowId(body.device), key=key
        )
    )


def _cells(one: AbandonedCallValue) -> list[str]:
    return [
        one.since.isoformat(timespec="seconds"),
        one.ended.isoformat(timespec="seconds"),
        str(round((one.ended - one.since).total_seconds())),
        one.number or "",
        one.name or "",
        "" if one.called_back is None else one.called_back.isoformat(timespec="seconds"),
        one.called_back_by or "",
    ]
