"""The owner of a link tells the other nodes of it, and asks the PBX for them.

Subjects of NATS, of a link: `told` carries the steps, each with its place; `snapshot` is asked for
all that there is, in parts (`cluster.parts`); `ask.EPOCH` for a command's result, so that nobody
asks any more who had it before, and sleeps. What is published is read by whoever listens then; who
missed something asks for a snapshot.
"""

import msgspec
import structlog
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from tws.bus import Bus
from tws.cluster.asked import answered, command_of, read_asked, refused
from tws.cluster.nats import given_back
from tws.cluster.numbered import Place
from tws.cluster.parts import TooLarge, answer_in_parts
from tws.cluster.tasks import Tasks
from tws.cluster.telling import Telling
from tws.telemetry import in_request
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, NOT_SUPPORTED
from tws.telephony.events import (
    CallChanged,
    DeviceChanged,
    DeviceForgotten,
    LinkStatusChanged,
    ParkedChanged,
)
from tws.telephony.known_link import KnownLink
from tws.telephony.model import LinkId
from tws.telephony.requests import Refusal
from tws.telephony.told import LinkSnapshot, Teller, Told
from tws.undecodable import UNDECODABLE

MOST_WAITING = 10_000
"Steps that wait for NATS; beyond them listeners ask for a snapshot."
log = structlog.get_logger(__name__)


class Step(Struct, frozen=True):
    place: Place
    told: Told | None = None
    "None: a beat, by which is known what was the last."


class Whole(Struct, frozen=True):
    place: Place
    snapshot: LinkSnapshot


def subject(link: LinkId, of: str) -> str:
    return f"tws.link.{link}.{of}"


class LinkVoice:
    """From when this node holds the link until it does no more."""

    def __init__(self, client: Client, bus: Bus, id: LinkId, link: KnownLink) -> None:
        self._client, self._id, self._link = client, id, link
        self._teller = Teller(link)
        self._epoch, self._n = link.status.epoch, 0
        self._telling = Telling(client, subject(id, "told"), self._step, MOST_WAITING)
        self._subscriptions: list[Subscription] = []
        self._asking = Tasks()
        self._stop_following = [
            bus.follow(CallChanged, lambda event: self._heard(event.link, event)),
            bus.follow(DeviceChanged, lambda event: self._heard(event.device.link, event)),
            bus.follow(DeviceForgotten, lambda event: self._heard(event.link, event)),
            bus.follow(LinkStatusChanged, lambda event: self._heard(event.status.link, event)),
            bus.follow(ParkedChanged, lambda event: self._heard(event.parked.link, event)),
        ]

    async def start(self) -> None:
        self._telling.start()
        asking = f"ask.{self._epoch}"
        for of, answer in (("snapshot", self._snapshot), (asking, self._asked)):
            name = subject(self._id, of)
            self._subscriptions.append(await self._client.subscribe(name, cb=answer))
        # Whoever hears of the new epoch asks for what there is.
        self._heard(self._id, LinkStatusChanged(self._link.status))

    async def stop(self) -> None:
        for stop in self._stop_following:
            stop()
        await given_back(*self._subscriptions)
        await self._telling.stop()
        await self._asking.stop()

    # ------------------------------------------------------------ telling

    def _heard(self, link: LinkId, event: object) -> None:
        if link != self._id:
            return
        told = self._teller.told(event)
        if told is not None:
            self._n += 1
            self._telling.put(self._step(told))

    def _step(self, told: Told | None = None) -> bytes:
        return msgspec.msgpack.encode(Step(Place(self._epoch, self._n), told))

    # ------------------------------------------------------------ asked

    async def _snapshot(self, message: Msg) -> None:
        whole = Whole(Place(self._epoch, self._n), self._teller.snapshot())
        try:
            await answer_in_parts(self._client, message, msgspec.msgpack.encode(whole))
        except (NatsError, TooLarge) as error:
            log.warning("a snapshot was not told", link=self._id, error=str(error))

    async def _asked(self, message: Msg) -> None:
        """A PBX takes its time: nobody waits for the one before."""
        self._asking.start("ask the PBX for another node", self._ask(message))

    async def _ask(self, message: Msg) -> None:
        answer = refused(Refusal(NO_ANSWER))
        "Where this ends otherwise, nobody knows what the PBX did."
        try:
            read = read_asked(message.data)
            command = command_of(read)
            if command is None:
                raise Refusal(NOT_SUPPORTED)
            with in_request(read.request):
                answer = answered(await self._link.request(command))
        except Refusal as refusal:
            answer = refused(refusal)
        except UNDECODABLE as error:
            log.warning("a command that cannot be read", link=self._id, error=str(error))
            answer = refused(Refusal(LINK_DOWN, "not understood"))
        finally:
            await self._respond(message, answer)

    async def _respond(self, message: Msg, answer: bytes) -> None:
        try:
            await message.respond(answer)
        except NatsError as error:
            log.warning("an answer was not told", link=self._id, error=str(error))
