"""Gives notices to the push services of browsers: in order for each browser, and never an old one
behind a newer one of the same call."""

from collections.abc import Callable
from functools import partial

import msgspec
import structlog

from tws.bus import Bus
from tws.push.events import NoticeWanted, SubscriptionChanged
from tws.push.keys import Keys
from tws.push.model import CallState
from tws.push.postman import LARGEST, Gone, Later, Letter, NotTaken, Postman
from tws.push.subscriptions import Subscriptions
from tws.schedule import AGAIN, Schedule
from tws.telephony.model import LegId

RINGING_TTL, OVER_TTL = 30, 300
"Seconds that a push service keeps a notice: who comes back later hears of no old call."
PAUSES = (1.0, 3.0, 9.0)
"Seconds until a push service that is away is asked again."
MOST_WAITING = 10_000
"Notices; a push service that does not answer holds up no more of them."
TOPIC = 32
"Characters, of base64url (RFC 8030, 5.4)."
SEND_AGAIN, FORGET = "push again", "forget a browser that is gone"
log = structlog.get_logger(__name__)


class Sending:
    def __init__(
        self,
        subscriptions: Subscriptions,
        keys: Keys,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], float],
        postman: Postman | None,
    ) -> None:
        """`clock`: monotonic."""
        self._subscriptions, self._keys, self._schedule = subscriptions, keys, schedule
        self._clock, self._postman = clock, postman
        self._on = False
        self._newest: dict[tuple[str, LegId], tuple[int, float]] = {}
        "By browser and leg: the turn of the newest notice, and until when it is worth something."
        bus.follow(NoticeWanted, self._note)
        bus.follow(SubscriptionChanged, self._changed)
        bus.act(NoticeWanted, self._send, key=lambda one: one.subscription.id, limit=MOST_WAITING)

    def start(self) -> None:
        self._on = True

    async def stop(self) -> None:
        """Nothing is kept for the start: by then those calls are over."""
        self._on = False
        await self._schedule.end(SEND_AGAIN)
        await self._schedule.end(FORGET)
        if self._postman is not None:
            await self._postman.close()

    def _note(self, wanted: NoticeWanted) -> None:
        self._newest[_of(wanted)] = wanted.turn, self._clock() + _ttl(wanted)

    def _changed(self, event: SubscriptionChanged) -> None:
        if event.after is None and event.before is not None:
            for place in [place for place in self._newest if place[0] == event.before.id]:
                del self._newest[place]

    def _left(self, wanted: NoticeWanted) -> float:
        """Seconds for which it is still the newest, and worth something."""
        turn, until = self._newest.get(_of(wanted), (0, 0.0))
        alive = turn == wanted.turn and self._subscriptions.is_alive(wanted.subscription)
        return until - self._clock() if alive else 0.0

    async def _send(self, wanted: NoticeWanted, tries: int = 0) -> None:
        again = False
        try:
            again = await self._tried(wanted, tries)
        finally:
            if not again:
                self._done(wanted)

    async def _tried(self, wanted: NoticeWanted, tries: int) -> bool:
        """Whether it is tried once more."""
        left, private = self._left(wanted), self._keys.private
        wish = wanted.subscription
        target = self._subscriptions.opened(wish) if self._on and left > 0 else None
        if target is None or private is None or self._postman is None:
            return False
        try:
            await self._postman.post(target, private, _letter(wanted, max(1, int(left))))
            log.info("call pushed", thread=wanted.thread, state=wanted.notice.state.value)
        except Gone:
            self._schedule.once(
                FORGET,
                partial(self._subscriptions.forget, wanted.subscription),
                key=wanted.subscription.id,
                retry=AGAIN,
            )
        except Later as later:
            if self._again(wanted, tries, later):
                return True
            log.warning("a push service takes nothing", thread=wanted.thread, why=str(later))
        except NotTaken as refused:
            log.warning("a push service refused a message", thread=wanted.thread, why=str(refused))
        return False

    def _again(self, wanted: NoticeWanted, tries: int, later: Later) -> bool:
        """Whether it is tried again in time."""
        if tries >= len(PAUSES):
            return False
        pause = max(PAUSES[tries], later.after)
        if pause >= self._left(wanted):
            return False
        again = partial(self._send, wanted, tries + 1)
        self._schedule.once(SEND_AGAIN, again, key=_of(wanted), after=pause)
        return True

    def _done(self, wanted: NoticeWanted) -> None:
        if self._newest.get(_of(wanted), (0, 0.0))[0] == wanted.turn:
            del self._newest[_of(wanted)]


def _of(wanted: NoticeWanted) -> tuple[str, LegId]:
    return wanted.subscription.id, wanted.notice.leg


def _ttl(wanted: NoticeWanted) -> int:
    return RINGING_TTL if wanted.notice.state is CallState.RINGING else OVER_TTL


def _letter(wanted: NoticeWanted, ttl: int) -> Letter:
    body = msgspec.json.encode(wanted.notice)
    assert len(body) <= LARGEST, "its texts are short"
    return Letter(body, ttl, wanted.notice.leg.replace("-", "")[:TOPIC])
