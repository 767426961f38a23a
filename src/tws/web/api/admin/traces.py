"""Traces of links (10.6), and their replay."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from tws.maintenance.traces.model import CallLife, Difference, Replay, Step
from tws.maintenance.traces.service import FILES, MEGABYTES, MINUTES, Trace
from tws.organisation.actor import CompanyId
from tws.web.answers import answer, answers, refusals
from tws.web.api.admin.described import InCompany, created, listed
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin/traces", tags=["administration"])
TraceId = Annotated[str, Path(description="Of the trace.")]
MOST_SHOWN = 500
"Calls of a replay that a page is sent; `tws trace replay` shows all."


class TraceValue(Value):
    """What crossed a link, in files on the server."""

    id: str
    link: Annotated[str, msgspec.Meta(description="Id.")]
    name: Annotated[str, msgspec.Meta(description="Of the link, as it was.")]
    dialect: str
    company: str
    device: Annotated[str, msgspec.Meta(description="A number, or `*` for all.")]
    began: datetime
    until: Annotated[datetime, msgspec.Meta(description="When it ends by itself, at the latest.")]
    by: Annotated[str, msgspec.Meta(description="Who switched it on.")]
    running: bool
    size: Annotated[int, msgspec.Meta(description="Bytes on disk.")]
    files: int
    records: Annotated[
        int | None, msgspec.Meta(description="Written so far; null = it has ended.")
    ]
    dropped: Annotated[
        int | None,
        msgspec.Meta(description="Left out because the disk was slower; null = it has ended."),
    ]
    failure: Annotated[SaidValue | None, msgspec.Meta(description="Why nothing more is written.")]


class TraceLineValue(Value):
    """A record of a trace that is written."""

    number: int
    at: datetime
    what: Annotated[
        str,
        msgspec.Meta(description="`sent`, `received`; `connected`, `asked`, `call`, and others."),
    ]
    devices: list[str]
    text: Annotated[str, msgspec.Meta(description="Of the message, without secrets; or JSON.")]


class ReplayLegValue(Value):
    device: str
    state: str
    direction: str
    number: str | None


class ReplayStepValue(Value):
    """A call after one change of it."""

    at: datetime
    cause: str
    legs: list[ReplayLegValue]
    ended: Annotated[
        list[list[str]], msgspec.Meta(description="Device and cause of each that left.")
    ]


class ReplayCallValue(Value):
    number: int
    steps: list[ReplayStepValue]


class ReplayDifferenceValue(Value):
    """Where a call goes another way now; null = it does not get there."""

    call: int
    step: int
    recorded: ReplayStepValue | None
    replayed: ReplayStepValue | None


class ReplayValue(Value):
    """What the drivers and the call table of today make of a trace."""

    compared: Annotated[
        bool,
        msgspec.Meta(
            description="Whether it could be compared with what the server had then: a trace of"
            " all devices in which the link began, and of which nothing is missing."
        ),
    ]
    begun: Annotated[bool, msgspec.Meta(description="Whether the link began in it.")]
    records: int
    messages: int
    skipped: Annotated[int, msgspec.Meta(description="Messages from before the link began.")]
    dropped: int
    call_count: int
    calls: Annotated[list[ReplayCallValue], msgspec.Meta(description="The first of them.")]
    not_understood: Annotated[dict[str, int], msgspec.Meta(description="How often, by name.")]
    unlike_sent: Annotated[int, msgspec.Meta(description="Messages that are sent otherwise now.")]
    difference_count: int
    differences: list[ReplayDifferenceValue]


class TraceBody(Body):
    link: Id
    device: Annotated[Name, Field(description="A number, or `*` for all.")] = "*"
    minutes: Annotated[int, Field(ge=MINUTES[0], le=MINUTES[1])] = 60
    megabytes: Annotated[
        int, Field(ge=MEGABYTES[0], le=MEGABYTES[1], description="Of each file, on disk.")
    ] = 10
    files: Annotated[
        int, Field(ge=FILES[0], le=FILES[1], description="The oldest makes room for a new one.")
    ] = 5
    begin_again: Annotated[
        bool,
        Field(
            description="Let go of the PBX and begin the link anew, so that the trace can be"
            " replayed; calls go on, what happens in that moment is asked for afterwards."
        ),
    ] = False


def shown(trace: Trace) -> TraceValue:
    header, recording = trace.stored.header, trace.recording
    failure = None if recording is None else recording.failure
    return TraceValue(
        id=trace.stored.id,
        link=header.link,
        name=header.name,
        dialect=header.dialect,
        company=header.company,
        device=header.device,
        began=header.began,
        until=header.until,
        by=header.by,
        running=recording is not None,
        size=trace.stored.size,
        files=trace.stored.parts,
        records=None if recording is None else recording.records,
        dropped=None if recording is None else recording.dropped,
        failure=None if failure is None else said_value(failure),
    )


def _line(number: int, record: dict[str, Any]) -> TraceLineValue:
    text = record.get("pdu")
    return TraceLineValue(
        number=number,
        at=record["at"],
        what=record["what"],
        devices=list(record.get("devices", ())),
        text=text if text is not None else msgspec.json.encode(record["of"]).decode(),
    )


def replay_value(of: Replay) -> ReplayValue:
    return ReplayValue(
        compared=of.whole,
        begun=of.begun,
        records=of.records,
        messages=of.messages,
        skipped=of.skipped,
        dropped=of.dropped,
        call_count=of.call_count,
        calls=[_call(one) for one in of.calls[:MOST_SHOWN]],
        not_understood=of.not_understood,
        unlike_sent=of.unlike_sent,
        difference_count=of.difference_count,
        differences=[_difference(one) for one in of.differences],
    )


def _call(of: CallLife) -> ReplayCallValue:
    return ReplayCallValue(number=of.number, steps=[_step(step) for step in of.steps])


def _step(of: Step) -> ReplayStepValue:
    return ReplayStepValue(
        at=of.at,
        cause=of.cause,
        legs=[
            ReplayLegValue(
                device=leg.device, state=leg.state, direction=leg.direction, number=leg.number
            )
            for leg in of.legs
        ],
        ended=[list(one) for one in of.ended],
    )


def _difference(of: Difference) -> ReplayDifferenceValue:
    return ReplayDifferenceValue(
        call=of.call,
        step=of.step,
        recorded=None if of.recorded is None else _step(of.recorded),
        replayed=None if of.replayed is None else _step(of.replayed),
    )


SEEN = ("notSignedIn", "notAllowed", "notFound")


@router.get("", operation_id="listTraces", responses=listed(TraceValue))
async def list_traces(rooms: InRooms, actor: Administrator, company: InCompany = None) -> Response:
    """The traces of links of the companies that one manages, newest first."""
    found = await rooms.traces.list_traces(actor, None if company is None else CompanyId(company))
    return answer([shown(one) for one in found])


@router.post("", operation_id="beginTrace", status_code=201, responses=created(TraceValue))
async def begin_trace(rooms: InRooms, actor: Administrator, body: TraceBody) -> Response:
    """Write what crosses a link from now on, for one device or all, without secrets."""
    return answer(shown(await rooms.traces.begin(actor, **body.model_dump())), 201)


@router.post(
    "/{trace}/end",
    operation_id="endTrace",
    responses=answers(TraceValue, *SEEN, "foreignOrigin", "unavailable"),
)
async def end_trace(rooms: InRooms, actor: Administrator, trace: TraceId) -> Response:
    """Write nothing more; what was noted is in it."""
    return answer(shown(await rooms.traces.end(actor, trace)))


@router.get(
    "/{trace}/tail",
    operation_id="tailTrace",
    responses=answers(list[TraceLineValue], *SEEN, "invalid"),
)
async def tail_trace(
    rooms: InRooms,
    actor: Administrator,
    trace: TraceId,
    after: Annotated[int, Query(ge=0, description="Number of the last one that is known.")] = 0,
) -> Response:
    """The newest records of a trace that is written, 200 at most; none of one that has ended."""
    found = await rooms.traces.tail(actor, trace, after)
    return answer([_line(number, record) for number, record in found])


@router.get(
    "/{trace}",
    operation_id="downloadTrace",
    responses={
        200: {
            "description": "JSON lines, compressed by gzip.",
            "content": {"application/gzip": {"schema": {"type": "string"}}},
        },
        **refusals(*SEEN, "unavailable"),
    },
)
async def download_trace(rooms: InRooms, actor: Administrator, trace: TraceId) -> Response:
    """A trace as one file; the audit log says who took it."""
    name, blocks = await rooms.traces.opened(actor, trace)
    return StreamingResponse(
        blocks,
        media_type="application/gzip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post(
    "/{trace}/replay",
    operation_id="replayTrace",
    responses=answers(ReplayValue, *SEEN, "foreignOrigin", "unavailable"),
)
async def replay_trace(
    request: Request, rooms: InRooms, actor: Administrator, trace: TraceId
) -> Response:
    """What the driver and the call table of today make of it, in a table of their own; it takes
    a while."""
    replay = await while_awaited(request, rooms.traces.replay(actor, trace))
    return answer(replay_value(replay))


@router.delete(
    "/{trace}",
    operation_id="deleteTrace",
    status_code=204,
    responses=answers(None, *SEEN, "foreignOrigin", "unavailable", status=204),
)
async def delete_trace(rooms: InRooms, actor: Administrator, trace: TraceId) -> Response:
    """Delete a trace; one that is written ends first."""
    await rooms.traces.delete(actor, trace)
    return Response(status_code=204)
