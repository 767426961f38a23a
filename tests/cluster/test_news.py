"""What nodes tell each other, on a real NATS: whoever did not hear something is told once that it
missed it, and hears what comes after as before."""

import asyncio

import msgspec

from tests.peers.nats import Nats
from tests.running import DEADLINE
from tws.access.events import TryRefused
from tws.cluster.nats import connected
from tws.cluster.news import SUBJECT, News, NewsEar
from tws.cluster.numbered import Place


def news(n: int, run: str = "first", *, beat: bool = False, node: str = "a") -> bytes:
    """As that process tells it."""
    event = msgspec.Raw(msgspec.msgpack.encode(TryRefused(f"{run} {n}", "", False)))
    kind = "" if beat else "TryRefused"
    return msgspec.msgpack.encode(News(node, run, Place(0, n), kind, event))


async def test_each_gap_is_said_once(server: Nats) -> None:
    heard, over = list[str](), asyncio.Event()

    def hear(event: object) -> None:
        assert isinstance(event, TryRefused)
        heard.append(event.account)
        if event.account.startswith("last"):
            over.set()

    def missed() -> None:
        heard.append("missed")

    async with connected([server.url], "a") as a, connected([server.url], "b") as b:
        ear = NewsEar(b, "b", hear=hear, missed=missed)
        await ear.start()
        await b.flush()
        for told in (
            *(news(1), news(2), news(2, beat=True)),  # it came when "a" was there already
            *(news(4), news(3), news(4, beat=True)),
            *(news(6, beat=True), news(6, beat=True), news(7)),
            news(8, node="b"),  # its own
            *(news(1, "second"), news(2, "second"), news(2, "second", beat=True)),
            b"nothing that can be read",
            news(1, "last"),
        ):
            await a.publish(SUBJECT, told)
        async with asyncio.timeout(DEADLINE):
            await over.wait()
        assert heard == [
            *("missed", "first 1", "first 2"),
            *("missed", "first 4"),
            *("missed", "first 7"),
            *("missed", "second 1", "second 2"),
            *("missed", "last 1"),
        ]
        assert ear.places == {"a": 1} and ear.gaps == 5
        await ear.stop()
