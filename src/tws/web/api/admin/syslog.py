"""The syslog collector of this server (10.6), for super users."""

from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.maintenance.syslog import SyslogState
from tws.net.syslog import Collector, Transport
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Name, Text
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin/syslog", tags=["administration"])


class CollectorValue(Value):
    transport: Annotated[str, msgspec.Meta(description="`udp`, `tcp` or `tls`.")]
    host: str
    port: int
    ca_file: Annotated[
        str | None, msgspec.Meta(description="A file on the server; null = those of the machine.")
    ]
    verify: bool


class SyslogValue(Value):
    """Where the log goes, and how far it got."""

    collector: Annotated[CollectorValue | None, msgspec.Meta(description="null = nowhere.")]
    up: bool
    why: Annotated[SaidValue | None, msgspec.Meta(description="Of no connection.")]
    sent: int
    waiting: int
    dropped: Annotated[int, msgspec.Meta(description="Left out, as too many waited.")]


class SyslogTestValue(Value):
    wrong: Annotated[
        SaidValue | None,
        msgspec.Meta(description="null = the line went out; UDP tells no more than that."),
    ]


class CollectorBody(Body):
    transport: Annotated[Transport, Field(strict=False)]
    host: Name
    port: Annotated[int, Field(ge=1, le=65535, description="Usual: 514, 601 and 6514.")]
    ca_file: Text | None = None
    verify: bool = True

    def collector(self) -> Collector:
        return Collector(
            transport=self.transport,
            host=self.host,
            port=self.port,
            ca_file=self.ca_file or None,
            verify=self.verify,
        )


def shown(state: SyslogState) -> SyslogValue:
    of = state.collector
    return SyslogValue(
        collector=None
        if of is None
        else CollectorValue(
            transport=of.transport,
            host=of.host,
            port=of.port,
            ca_file=of.ca_file,
            verify=of.verify,
        ),
        up=state.up,
        why=None if state.why is None else said_value(state.why),
        sent=state.sent,
        waiting=state.waiting,
        dropped=state.dropped,
    )


CHANGED = ("notSignedIn", "notAllowed", "foreignOrigin", "invalid", "unavailable")


@router.get(
    "",
    operation_id="getSyslog",
    responses=answers(SyslogValue, "notSignedIn", "notAllowed"),
)
async def get_syslog(rooms: InRooms, actor: Administrator) -> Response:
    """The collector, and whether it is reached."""
    return answer(shown(rooms.syslog.standing(actor)))


@router.put("", operation_id="setSyslog", responses=answers(SyslogValue, "badRequest", *CHANGED))
async def set_syslog(rooms: InRooms, actor: Administrator, body: CollectorBody) -> Response:
    """Send the log and the audit log there from now on."""
    return answer(shown(await rooms.syslog.change(actor, body.collector())))


@router.delete(
    "",
    operation_id="removeSyslog",
    responses=answers(SyslogValue, *CHANGED),
)
async def remove_syslog(rooms: InRooms, actor: Administrator) -> Response:
    """Send nothing any more."""
    return answer(shown(await rooms.syslog.change(actor, None)))


@router.post(
    "/test", operation_id="testSyslog", responses=answers(SyslogTestValue, "badRequest", *CHANGED)
)
async def test_syslog(rooms: InRooms, actor: Administrator, body: CollectorBody) -> Response:
    """Send a line there, whatever is set: what is wrong."""
    wrong = await rooms.syslog.test(actor, body.collector())
    return answer(SyslogTestValue(wrong=None if wrong is None else said_value(wrong)))
