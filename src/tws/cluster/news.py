"""What a node tells all others, and hears of them: rows that changed, people who write.

Each node numbers what it tells, from when it started. Who hears that one is missing reads its
memory of rows again: what was told is in the database. What is not, because it is nobody's row
(somebody types), was of that moment.
"""

import secrets
from collections.abc import Callable

import msgspec
import structlog
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from tws.bus import Bus
from tws.cluster.nats import given_back
from tws.cluster.numbered import Listening, Place, Verdict
from tws.cluster.telling import Telling
from tws.cluster.told import BY_NAME, KINDS
from tws.undecodable import UNDECODABLE

SUBJECT = "tws.news"
MOST_WAITING = 50_000
"News that wait for NATS; beyond them others read again."
NOTHING = msgspec.Raw(b"\xc0")
log = structlog.get_logger(__name__)


class News(Struct, frozen=True):
    node: str
    run: str
    "Of the process that is this node: one that starts anew counts anew, whatever its clock says."
    place: Place
    kind: str = ""
    "Of the event; none: a beat, by which is known what was the last."
    event: msgspec.Raw = NOTHING


_encode = msgspec.msgpack.encode
_decoders = {name: msgspec.msgpack.Decoder(kind) for name, kind in BY_NAME.items()}
_news = msgspec.msgpack.Decoder(News)


class NewsVoice:
    """From when the node starts until it stops."""

    def __init__(self, client: Client, bus: Bus, node: str) -> None:
        self._bus, self._node = bus, node
        self._run, self._n = secrets.token_hex(8), 0
        self._telling = Telling(client, SUBJECT, self._news, MOST_WAITING)
        self._stops: list[Callable[[], None]] = []

    def start(self) -> None:
        self._stops = [self._bus.follow_here(kind, self._happened) for kind in KINDS]
        self._telling.start()

    async def stop(self) -> None:
        """What waits is told still."""
        for stop in self._stops:
            stop()
        await self._telling.stop()
        await self._telling.tell_waiting()

    @property
    def told(self) -> int:
        """The number of the last."""
        return self._n

    def _happened(self, event: object) -> None:
        self._n += 1
        self._telling.put(self._news(type(event).__name__, msgspec.Raw(_encode(event))))

    def _news(self, kind: str = "", event: msgspec.Raw = NOTHING) -> bytes:
        return _encode(News(self._node, self._run, Place(0, self._n), kind, event))


class NewsEar:
    """`hear`: gives an event to this node's followers; `missed`: something was not heard, and has
    to be read."""

    def __init__(
        self,
        client: Client,
        node: str,
        *,
        hear: Callable[[object], None],
        missed: Callable[[], None],
    ) -> None:
        self._client, self._node, self._hear, self._missed = client, node, hear, missed
        self._nodes: dict[str, Listening] = {}
        self._runs: dict[str, str] = {}
        self._subscription: Subscription | None = None
        self.heard = 0
        self.gaps = 0

    @property
    def places(self) -> dict[str, int]:
        """Of each node, the number of the last that was heard."""
        return {node: one.at.n for node, one in self._nodes.items() if one.at is not None}

    async def start(self) -> None:
        self._subscription = await self._client.subscribe(SUBJECT, cb=self._told)

    async def stop(self) -> None:
        await given_back(self._subscription)

    async def _told(self, message: Msg) -> None:
        self.take(message.data)

    def take(self, message: bytes) -> None:
        """What another node said, or this one."""
        try:
            news = _news.decode(message)
        except UNDECODABLE as error:
            log.warning("news that cannot be read", error=str(error))
            return
        if news.node != self._node:
            self._take(news)

    def _take(self, news: News) -> None:
        if self._runs.get(news.node) != news.run:
            self._runs[news.node] = news.run
            self._nodes[news.node] = Listening()
        listening = self._nodes[news.node]
        if not news.kind:
            if listening.lacks(news.place):
                self._gap(listening, news)
            return
        verdict = listening.hear(news.place)
        if verdict is Verdict.OLD:
            return
        if verdict is Verdict.GAP:
            self._gap(listening, news)
        self._give(news)

    def _gap(self, listening: Listening, news: News) -> None:
        """What was missed is read from the database; what comes after is heard as before."""
        listening.begin(news.place)
        self.gaps += 1
        log.info("news were missed", other=news.node, upto=news.place.n)
        self._missed()

    def _give(self, news: News) -> None:
        decoder = _decoders.get(news.kind)
        if decoder is None:
            return  # of a newer node: nobody here knows of such
        try:
            event = decoder.decode(news.event)
        except UNDECODABLE as error:
            log.warning("news that cannot be read", kind=news.kind, error=str(error))
            self._missed()
            return
        self.heard += 1
        self._hear(event)
