"""What nodes of one server tell and ask each other, beside commands (`kept.CLUSTER_WIRE`)."""

import asyncio
import zlib
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from nats.aio.client import Client
from tests.telephony.paper import PaperLink
from tests.telephony.words import A, B, conn, party

from fuzz.packed import ByValues
from fuzz.target import Target, holds
from tws.access.events import TryRefused
from tws.bus import Bus
from tws.cluster import between, news, parts
from tws.cluster.link_voice import Step, Whole
from tws.cluster.numbered import Listening, Place
from tws.cluster.told import KINDS
from tws.maintenance.nodes import Answered, Asked, NodeInfo, NotReached
from tws.messaging.chat.events import Typing
from tws.organisation.actor import UserId
from tws.telephony.commands import Command
from tws.telephony.event_reports import Delivered, DoNotDisturbChanged
from tws.telephony.events import CallChanged, DeviceChanged
from tws.telephony.known_link import OwnLink
from tws.telephony.told import Teller, ToldGone
from tws.telephony.told_link import ToldLink
from tws.undecodable import UNDECODABLE

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DEEP = (b"\x91" * 3000, b"\x82\xa5place" + b"\x81\xa1a" * 1500, b"\xdf\xff\xff\xff\xff")
WORDS = (
    b"\xc0",
    b"\xc2",
    b"\xcf" + b"\xff" * 8,
    b"\xd9\xff",
    b"\xdf",
    b"\xa4type",
    b"\xa5place",
    b"\xc4\xff",
)
encode = msgspec.msgpack.encode

T = TypeVar("T")


def _again(value: T) -> T:
    """Sent on, and read. A time that is none in UTC is not sent: it comes by no clock of ours."""
    try:
        sent = encode(value)
    except OverflowError:
        return value
    return msgspec.msgpack.decode(sent, type=type(value))


# ---------------------------------------------------------------- links


async def nobody(_: Command[Any]) -> object:
    raise AssertionError("nobody asks")


async def _told() -> tuple[bytes, ...]:
    """Of a link with a call: what its owner has, and steps from there."""
    heard: list[object] = []
    link = PaperLink(heard=heard.append)
    own = OwnLink(link.supervisor)
    teller = Teller(own)
    await link.start(A, B)
    link.report(Delivered(connection=conn("1", B), calling=party("0612345678"), called=party(B)))
    link.report(DoNotDisturbChanged(B, on=True))
    said = [told for event in heard if (told := teller.told(event)) is not None]
    steps = [Step(Place(1, n), told) for n, told in enumerate([*said, ToldGone(B)], 1)]
    whole = Whole(Place(1, 0), teller.snapshot())
    return (encode(whole), *map(encode, steps), encode(Step(Place(1, 9))))


TOLD = asyncio.run(_told())
BEGUN = msgspec.msgpack.decode(TOLD[0], type=Whole)


def _link(data: bytes) -> None:
    """A step or all there is; what can be read has events, and leaves a link that can be asked."""
    link, listening = ToldLink(BEGUN.snapshot, nobody), Listening()
    link.begin(BEGUN.snapshot, WHEN)
    listening.begin(BEGUN.place)
    events: list[object] = []
    try:
        step = msgspec.msgpack.decode(data, type=Step)
        holds(_again(step) == step, "another step arrives")
        listening.hear(step.place)
        listening.lacks(step.place)
        if step.told is not None:
            events += link.take(step.told)
    except UNDECODABLE:
        pass
    try:
        whole = msgspec.msgpack.decode(data, type=Whole)
        holds(_again(whole) == whole, "another snapshot arrives")
        listening.begin(whole.place)
        events += link.begin(whole.snapshot, WHEN)
        holds(len(link.open.calls) <= len(whole.snapshot.calls), "calls of nobody")
    except UNDECODABLE:
        pass
    for event in events:
        if isinstance(event, DeviceChanged):
            link.commands(event.device.id)
            link.forwardings(event.device.id)
        holds(not isinstance(event, CallChanged) or event.call.link is not None, "no link")
    link.silent(WHEN)


LINK_TOLD = Target(feed=_link, seeds=(*TOLD, *DEEP), words=WORDS, mutate=ByValues(TOLD))


# ---------------------------------------------------------------- news


def _one(n: int, event: object | None = None, node: str = "b", run: str = "1") -> bytes:
    kind = "" if event is None else type(event).__name__
    told = news.NOTHING if event is None else msgspec.Raw(encode(event))
    return encode(news.News(node, run, Place(0, n), kind, told))


NEWS = (
    _one(1),
    _one(2, TryRefused("marie", "192.0.2.1", locked=False)),
    _one(3, Typing("1", UserId("2"))),
    _one(2, node="a"),
    _one(2, run="2"),
)


def _news(data: bytes) -> None:
    """Whatever one node says, what another says next is heard."""
    heard: list[object] = []
    bus = Bus()
    ear = news.NewsEar(Client(), "a", hear=heard.append, missed=lambda: None)
    for message in (NEWS[1], data, NEWS[1]):
        ear.take(message)
    for event in heard:
        bus.hear(event)
        holds(type(event) in KINDS, "an event that nobody tells")
        holds(_again(event) == event, "another event arrives")
    before = len(heard)
    ear.take(_one(1, TryRefused("pierre", "192.0.2.2", locked=False), "c"))
    holds(len(heard) == before + 1 or b"\xa1c" in data, "another node is not heard")
    holds(all(isinstance(n, int) for n in ear.places.values()), "no place")


NODE_NEWS = Target(feed=_news, seeds=(*NEWS, *DEEP), words=WORDS, mutate=ByValues(NEWS))


# ---------------------------------------------------------------- parts

ANSWER, LITTLE = b"all that there is " * 40, 4096
PARTS = tuple(
    encode(list(map(encode, found)))
    for found in (
        list(parts.in_parts(ANSWER, 20)),
        list(parts.in_parts(ANSWER, 1000)) * 2,
        list(parts.in_parts(bytes(100_000), 1000)),
        [*list(parts.in_parts(ANSWER, 20))[1:], *parts.in_parts(ANSWER[::-1], 20)],
        [parts.Part(0, 0, b""), parts.Part(-1, 2, zlib.compress(b"1"))],
    )
)


def _parts(data: bytes) -> None:
    """A list of messages, of which each may be a part: none is more than is taken."""
    try:
        messages = msgspec.msgpack.decode(data, type=list[bytes])
    except UNDECODABLE:
        messages = [data]
    gathering = parts.Gathering(LITTLE)
    for message in messages:
        try:
            whole = gathering.take(parts.part_of(message))
        except parts.Unreadable as error:
            holds(bool(str(error)), "no words")
            return
        holds(whole is None or len(whole) <= LITTLE, "more than is taken")
        kept = sum(len(part) for found in gathering._found.values() for part in found.values())
        holds(kept <= LITTLE, "more is kept than is taken")


NODE_PARTS = Target(feed=_parts, seeds=(*PARTS, *DEEP), words=WORDS, mutate=ByValues(PARTS))


# ---------------------------------------------------------------- requests

REQUESTS = (
    encode(
        Asked(
            method="POST",
            scheme="https",
            path="/api/v1/admin/mails",
            query=b"a=1",
            headers=((b"authorization", b"Bearer 1"),),
            client="192.0.2.1",
            body=b"{}",
        )
    ),
    encode(Answered(status=200, headers=((b"content-type", b"text/plain"),), body=b"1")),
    encode(
        NodeInfo(
            name="a",
            version="1",
            started=WHEN,
            works=True,
            links=(BEGUN.snapshot.status.link,),
            pages=1,
            database=True,
            heard={"b": 3},
            told=4,
        )
    ),
)


def _asked(data: bytes) -> None:
    """A request, or an answer to one of ours; nothing else is taken for either."""
    for kind in (NodeInfo, Answered):
        try:
            found = between.read(data, kind)
            holds(_again(found) == found, "another answer arrives")
        except NotReached as error:
            holds(bool(str(error)), "no words")
    try:
        asked = between.asked_of(data)
        holds(_again(asked) == asked, "another request arrives")
    except UNDECODABLE:
        pass


NODE_REQUEST = Target(
    feed=_asked, seeds=(*REQUESTS, *DEEP), words=WORDS, mutate=ByValues(REQUESTS)
)
