"""Tells users by e-mail what they missed: what comes together in one mail, and each thing once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from tws.bus import Bus
from tws.errors import Unavailable
from tws.journal.events import LogChanged, VoiceNoticed
from tws.mail.model import Letter
from tws.mail.service import MailService
from tws.messaging.emails import store
from tws.messaging.emails.letters import Written
from tws.messaging.emails.model import KEPT, PACE, TOGETHER, Notice, NoticeKind, Wish
from tws.messaging.emails.noting import OF_A_CALL
from tws.messaging.emails.planning import GoingOn, Plan, Planner
from tws.messaging.emails.wishes import Wishes
from tws.organisation.actor import UserId
from tws.organisation.events import ParameterValueChanged, PreferencesChanged, UserChanged
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_EMAIL_NOTIFICATION
from tws.organisation.preferences.choices import Choices
from tws.organisation.registry import Registry
from tws.rereading import RowsMissed
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage
from tws.telephony.events import CallChanged
from tws.telephony.model import ThreadId

TELL, FORGET = "tell by e-mail", "forget what was to be told"
LOOK, CHANGED = "look who is to be told", "look who may still be told"
SOON = 0.5
"Seconds: what the PBX reports at once is written at once."
EVERY = 600.0
"Seconds until it is looked at again by itself."
AFTER_FULL = timedelta(minutes=1)
"Where too many mails wait."

log = structlog.get_logger(__name__)


class EmailTeller:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        mail: MailService,
        wishes: Wishes,
        threads: GoingOn,
        public_url: str | None,
    ) -> None:
        self._storage, self._schedule = storage, schedule
        self._clock, self._mail, self._wishes = clock, mail, wishes
        page = None if public_url is None else f"{public_url.rstrip('/')}/"
        self._planner = Planner(registry, mail.servers, threads, page)
        self.started = False
        self._soon: set[UserId] = set()
        "Who is looked at in a moment anyway."
        self._awaited: dict[ThreadId, set[UserId]] = {}
        "Who is told when these calls are over."
        bus.follow(LogChanged, self._log_changed)
        bus.follow(VoiceNoticed, self._voice_noticed)
        bus.follow(CallChanged, self._call_changed)
        bus.follow(ParameterValueChanged, self._value_changed)
        bus.follow(PreferencesChanged, self._chosen)
        bus.follow_here(UserChanged, self._user_changed)
        bus.follow(RowsMissed, lambda _: self._look_now())

    async def start(self) -> None:
        """What an earlier process left is told too."""
        self.started = True
        self._schedule.every(LOOK, EVERY, self.look)
        await self.look()

    async def stop(self) -> None:
        """What is to be told waits for the start."""
        self.started = False
        for job in (LOOK, CHANGED, TELL):
            await self._schedule.end(job)
        self._soon.clear()
        self._awaited.clear()

    async def look(self) -> None:
        """At everybody who has not been told all."""
        async with self._storage.transaction() as tx:
            await store.forget(tx, self._clock() - KEPT)
            users = await store.users(tx)
            told = {user for user in users if self._wishes.of(user) is not None}
            for user in users - told:  # at once: what waits is not told if it is Yes again later
                await store.drop_all(tx, user)
        for user in told:
            self._wake(user)

    # ------------------------------------------------------------ what happens

    def _log_changed(self, event: LogChanged) -> None:
        entry = event.entry
        for user in self._awaited.pop(entry.thread, ()):
            self._wake(user)
        if entry.outcome in OF_A_CALL and self._wishes.of(event.user) is not None:
            self._wake(event.user)

    def _voice_noticed(self, event: VoiceNoticed) -> None:
        if self._wishes.of(event.user) is not None:
            self._wake(event.user)

    def _call_changed(self, event: CallChanged) -> None:
        if event.call.over and self._awaited:
            for user in self._awaited.pop(event.call.thread, ()):
                self._wake(user)

    def _value_changed(self, event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter == AUTHORIZED_EMAIL_NOTIFICATION:
            self._look_now()

    def _chosen(self, event: PreferencesChanged) -> None:
        before, after = (
            (Choices() if row is None else row.chosen).emails
            for row in (event.before, event.after)
        )
        if before != after:
            self._look_now()

    def _look_now(self) -> None:
        """Of what is not wished or allowed any more nothing waits."""
        if self.started:
            self._schedule.once(CHANGED, self.look, retry=AGAIN)

    def _user_changed(self, event: UserChanged) -> None:
        if event.after is None and event.before is not None:
            id = event.before.id
            self._schedule.once(FORGET, partial(self._forget, id), key=id, retry=AGAIN)

    async def _forget(self, user: UserId) -> None:
        async with self._storage.transaction() as tx:
            await store.forget_user(tx, user)

    # ------------------------------------------------------------ telling

    def _wake(self, user: UserId) -> None:
        if self.started and user not in self._soon:
            self._soon.add(user)
            self._again(user, SOON)

    def _again(self, user: UserId, after: float) -> None:
        self._schedule.once(TELL, partial(self.tell, user), key=user, after=after, retry=AGAIN)

    async def tell(self, user: UserId) -> None:
        """What is due now; what is not yet, or not for sure, is looked at again."""
        self._soon.discard(user)
        now, wish = self._clock(), self._wishes.of(user)
        async with self._storage.reading() as reader:
            notices = await store.waiting(reader, user, TOGETHER)
            missed, voice = _of(notices, NoticeKind.MISSED), _of(notices, NoticeKind.VOICE)
            plans = [
                await self._planner.missed(reader, wish, missed, now),
                await self._planner.voice(reader, wish, voice, now),
            ]
        waits = [plan.wait for plan in plans if plan.wait is not None]
        for plan in plans:
            for thread in plan.awaited:
                self._awaited.setdefault(thread, set()).add(user)
            if not await self._do(wish, plan, notices, now):
                waits.append(AFTER_FULL)
        if len(notices) >= TOGETHER:
            waits.append(PACE)
        if waits:
            self._again(user, max(SOON, min(waits).total_seconds()))

    async def _do(
        self, wish: Wish | None, plan: Plan, notices: list[Notice], now: datetime
    ) -> bool:
        """The mail into its queue with the mark that it was told: neither without the other.
        False = the queue is full."""
        if plan.letter is None and not plan.dropped:
            return True
        mail = None
        async with self._storage.transaction() as tx:
            await store.drop(tx, plan.dropped)
            if wish is not None and plan.letter is not None:
                try:
                    mail = await self._mail.put(tx, _letter(wish, plan.letter))
                except Unavailable:
                    return False
                await store.tell(tx, plan.told, now)
        for notice in notices:
            if mail is not None and notice.id in plan.told and notice.thread:
                log.info("call told by e-mail", thread=notice.thread, leg=notice.id, mail=mail)
        return True


def _of(notices: list[Notice], kind: NoticeKind) -> list[Notice]:
    return [notice for notice in notices if notice.kind is kind]


def _letter(wish: Wish, written: Written) -> Letter:
    return Letter(
        company=wish.user.company,
        to=wish.to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        user=wish.user.id,
        allowed_by=AUTHORIZED_EMAIL_NOTIFICATION,
    )
