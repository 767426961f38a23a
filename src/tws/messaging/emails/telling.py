"""Tells users by e-mail what they missed: what comes together in one mail, and each thing once."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

import structlog

from tws.bus import Bus
from tws.errors import Unavailable
from tws.journal.events import LogChanged, VoiceNoticed
from tws.journal.told import legs_of, unheard
from tws.mail.model import Letter
from tws.mail.service import MailService
from tws.messaging.emails import letters, store
from tws.messaging.emails.missed import Sorted, sort
from tws.messaging.emails.model import (
    KEPT,
    LONGEST_CALL,
    PACE,
    TOGETHER,
    TOO_OLD,
    Notice,
    NoticeKind,
    Wish,
)
from tws.messaging.emails.noting import OF_A_CALL
from tws.messaging.emails.threads import Threads
from tws.messaging.emails.wishes import Wishes
from tws.numbering import same_number
from tws.organisation.actor import UserId
from tws.organisation.events import ParameterValueChanged, PreferencesChanged, UserChanged
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_EMAIL_NOTIFICATION, VM_NUMBER
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.preferences.choices import MissedCallMails
from tws.organisation.registry import Registry
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage, Transaction
from tws.telephony.events import CallChanged
from tws.telephony.model import ThreadId

TELL, LOOK, FORGET = "tell by e-mail", "look who is to be told", "forget what was to be told"
SOON = 0.5
"Seconds: what the PBX reports at once is written at once."
EVERY = 600.0
"Seconds until it is looked at again by itself: whether there is a mail server by now."
AFTER_FULL = 60.0
"Seconds, where too many mails wait."
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
        public_url: str | None,
    ) -> None:
        self._storage, self._registry, self._schedule = storage, registry, schedule
        self._clock, self._mail, self._wishes = clock, mail, wishes
        self._parameters, self._threads = Parameters(registry), Threads(bus)
        self._page = None if public_url is None else f"{public_url.rstrip('/')}/"
        self.started = False
        self._soon: set[UserId] = set()
        "Who is looked at in a moment anyway."
        self._awaited: dict[ThreadId, set[UserId]] = {}
        "Who is told when these calls are over."
        bus.follow(LogChanged, self._log_changed)
        bus.follow(VoiceNoticed, lambda event: self._wake(event.user))
        bus.follow(CallChanged, self._call_changed)
        bus.follow(ParameterValueChanged, self._value_changed)
        bus.follow(PreferencesChanged, lambda _: self._look_soon())
        bus.follow(UserChanged, self._user_changed)

    async def start(self) -> None:
        """What an earlier process left is told too."""
        self.started = True
        self._schedule.every(LOOK, EVERY, self.look)
        await self.look()

    async def stop(self) -> None:
        """What is to be told waits for the start."""
        self.started = False
        await self._schedule.end(LOOK)
        await self._schedule.end(TELL)
        self._soon.clear()
        self._awaited.clear()

    async def look(self) -> None:
        """At everybody who has not been told all."""
        async with self._storage.transaction() as tx:
            await store.forget(tx, self._clock() - KEPT)
            users = await store.users(tx)
        for user in users:
            self._wake(user)

    # ------------------------------------------------------------ what happens

    def _log_changed(self, event: LogChanged) -> None:
        entry = event.entry
        for user in self._awaited.pop(entry.thread, ()):
            self._wake(user)
        if entry.outcome in OF_A_CALL and self._wishes.of(event.user) is not None:
            self._wake(event.user)

    def _call_changed(self, event: CallChanged) -> None:
        if event.call.over and self._awaited:
            for user in self._awaited.pop(event.call.thread, ()):
                self._wake(user)

    def _value_changed(self, event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter == AUTHORIZED_EMAIL_NOTIFICATION:
            self._look_soon()

    def _look_soon(self) -> None:
        """Of what is not wished or allowed any more nothing waits."""
        if self.started:
            self._schedule.every(LOOK, SOON, self._look_and_go_on)

    async def _look_and_go_on(self) -> None:
        await self.look()
        self._schedule.every(LOOK, EVERY, self.look)

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
        now = self._clock()
        async with self._storage.transaction() as tx:
            notices = await store.waiting(tx, user, TOGETHER)
            wish = self._wishes.of(user)
            waits = [
                await self._tell_missed(tx, wish, _of(notices, NoticeKind.MISSED), now),
                await self._tell_voice(tx, wish, _of(notices, NoticeKind.VOICE), now),
            ]
        if len(notices) >= TOGETHER:
            waits.append(PACE.total_seconds())
        if (
            soonest := min((wait for wait in waits if wait is not None), default=None)
        ) is not None:
            self._again(user, max(SOON, soonest))

    async def _tell_missed(
        self, tx: Transaction, wish: Wish | None, notices: list[Notice], now: datetime
    ) -> float | None:
        """Seconds until it is to be tried again; None = it is not."""
        wanted = wish is not None and wish.missed_calls is not MissedCallMails.NEVER
        notices = await self._young(tx, notices, now, wanted=wanted)
        if not notices or wish is None:
            return None
        found = await self._sorted(tx, wish, notices, now)
        await store.drop(tx, found.settled)
        for thread in found.going_on:
            self._awaited.setdefault(thread, set()).add(wish.user.id)
        if found.first is None:
            return LONGEST_CALL.total_seconds() if found.going_on else None
        due = found.first
        if wish.missed_calls is MissedCallMails.DIGEST:
            due += timedelta(minutes=wish.minutes)
        wait = await self._wait(tx, wish, NoticeKind.MISSED, due, now)
        if wait is not None:
            return wait
        letter = letters.of_missed(wish, found.entries, self._page)
        return await self._put(tx, wish, letter, found.ids, now)

    async def _sorted(
        self, tx: Transaction, wish: Wish, notices: list[Notice], now: datetime
    ) -> Sorted:
        threads = {notice.thread for notice in notices}
        since = min(notice.began for notice in notices) - LONGEST_CALL
        legs = await legs_of(tx, wish.user.company, threads, since)
        own = str(self._parameters.effective(wish.user.id, VM_NUMBER))

        def voice_mail(number: str) -> bool:
            return bool(own) and same_number(number, own, wish.domain)

        return sort(notices, legs, self._threads.go_on, voice_mail, now)

    async def _tell_voice(
        self, tx: Transaction, wish: Wish | None, notices: list[Notice], now: datetime
    ) -> float | None:
        wanted = wish is not None and wish.voice_messages
        notices = await self._young(tx, notices, now, wanted=wanted)
        if not notices or wish is None:
            return None
        came = await unheard(tx, [notice.id for notice in notices])
        still = {one.id for one in came}
        await store.drop(tx, [notice.id for notice in notices if notice.id not in still])
        if not came:
            return None
        wait = await self._wait(tx, wish, NoticeKind.VOICE, came[0].at, now)
        if wait is not None:
            return wait
        devices = self._registry.devices_of(wish.user.id)
        numbers: dict[str, str] = {row.id: row.number for row in devices}
        call = str(self._parameters.effective(wish.user.id, VM_NUMBER))
        letter = letters.of_voice(wish, came, numbers, call, self._page)
        return await self._put(tx, wish, letter, still, now)

    async def _young(
        self, tx: Transaction, notices: list[Notice], now: datetime, *, wanted: bool
    ) -> list[Notice]:
        """Without what nobody wants to be told, or not so late."""
        young = [one for one in notices if wanted and now - one.at < TOO_OLD]
        kept = {one.id for one in young}
        await store.drop(tx, [one.id for one in notices if one.id not in kept])
        return young

    async def _wait(
        self, tx: Transaction, wish: Wish, kind: NoticeKind, due: datetime, now: datetime
    ) -> float | None:
        """Seconds until a mail of that kind may go; None = now."""
        if not self._mail.servers.set_up(wish.user.company, wish.user.id):
            return EVERY
        last = await store.told_at(tx, wish.user.id, kind)
        if last is not None and last <= now:  # not where the clock was set back
            due = max(due, last + PACE)
        return (due - now).total_seconds() if due > now else None

    async def _put(
        self,
        tx: Transaction,
        wish: Wish,
        letter: letters.Written,
        ids: Collection[str],
        now: datetime,
    ) -> float | None:
        """Into the queue of mails, with the mark that it was told: neither without the other."""
        try:
            await self._mail.put(
                tx,
                Letter(
                    company=wish.user.company,
                    to=wish.to,
                    subject=letter.subject,
                    text=letter.text,
                    html=letter.html,
                    user=wish.user.id,
                    allowed_by=AUTHORIZED_EMAIL_NOTIFICATION,
                ),
            )
        except Unavailable:
            return AFTER_FULL
        await store.tell(tx, ids, now)
        return None


def _of(notices: list[Notice], kind: NoticeKind) -> list[Notice]:
    return [notice for notice in notices if notice.kind is kind]
