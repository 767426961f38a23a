"""How people are: what they say, what their telephones do, what their calendars have, as one.

All of it is in memory. What somebody sees of somebody else is made of what they may see, by one
pure function (`presence.combining`): a right that is lost takes with it all that followed from it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from tws.bus import Bus
from tws.errors import Invalid, NotFound
from tws.node_memory import NodeMemory
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import GroupChanged, ParameterValueChanged, UserChanged
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_CUSTOM_MESSAGE_PRESENCES
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import caller_user, forbidden_by
from tws.organisation.registry import Registry
from tws.presence import store
from tws.presence.calendars.calendar import State as CalendarState
from tws.presence.calendars.knowledge import Knowledge
from tws.presence.calendars.model import Seen as SeenCalendar
from tws.presence.combining import Facts, combined
from tws.presence.events import PresenceChanged, SaidChanged
from tws.presence.flood import Flood
from tws.presence.model import Combined, PresenceState, Said
from tws.presence.sight import NOTHING, OWN, Sight, Way
from tws.presence.telephones import Telephone, telephone
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage
from tws.telephony.model import DeviceId, LinkId
from tws.telephony.state import TelephonyState

ENDS, FORGET = "what is said ends", "forget what was said"
REREAD = "read again what is said"
SOONEST, LATEST = 0.05, 6 * 3600.0
"Seconds until it is looked at again whether it ends: whatever clocks do meanwhile."
LONGEST_MESSAGE = 200


class Seen(Struct, frozen=True, kw_only=True):
    """What somebody sees of a person; None is what they may not see, or what is not known."""

    user: UserId
    combined: Combined
    said: Said | None
    page: bool | None
    telephone: Telephone | None
    calendar: SeenCalendar | None
    way: Way


class PresenceService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        telephony: TelephonyState,
        calendars: Knowledge,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock = schedule, clock
        self._telephony, self._calendars = telephony, calendars
        self._parameters = Parameters(registry)
        self.sight = Sight(registry, calendars, bus)
        self._said: dict[UserId, Said] = {}
        self._pages: Counter[UserId] = Counter()
        "Of this node."
        self._there = NodeMemory[bool](bus, "pages", bool, lambda user: self._tell(UserId(user)))
        "Users who have a page open there."
        self._flood = Flood()
        bus.follow(SaidChanged, lambda event: self._hear(event.said))
        bus.follow(UserChanged, self._user_changed)
        bus.follow(GroupChanged, lambda event: self._words_changed(event.concerned))
        bus.follow(ParameterValueChanged, self._parameter_changed)
        when_missed(bus, schedule, REREAD, self._read_again)

    async def load(self) -> None:
        """Take up what was said before a stop."""
        async with self._storage.reading() as reader:
            before = await store.all_said(reader)
        for one in before:
            if one.user in self._registry.users:
                self._said[one.user] = one
                self._look(one.user)
            else:
                self._forget(one)

    async def _read_again(self) -> None:
        """What other nodes wrote unheard."""
        async with self._storage.reading() as reader:
            stored = await store.all_said(reader)
        for one in stored:
            if one.user in self._registry.users:
                self._hear(one)

    # ------------------------------------------------------------ said

    async def say(
        self,
        actor: Actor,
        state: PresenceState | None,
        message: str = "",
        until: datetime | None = None,
    ) -> Said:
        """What the user who asks says from now on, up to `until`; None and no message: nothing.
        Invalid, TooMany, or NotAllowed by `AuthorizedCustomMessagePresences`."""
        user = caller_user(actor, "Presence is a user's own.")
        words = " ".join(message.split())
        if len(words) > LONGEST_MESSAGE:
            raise Invalid("This message is too long.", field="message", why="tooLong")
        if words and not self._may_use_words(user):
            raise forbidden_by(AUTHORIZED_CUSTOM_MESSAGE_PRESENCES)
        now = self._clock()
        if until is not None and until <= now:
            raise Invalid("That time is over.", field="until", why="past")
        self._flood.one_more(user, now)
        said = Said(
            user=user, since=self._later(user, now), state=state, message=words, until=until
        )
        async with self._storage.transaction() as tx:
            await store.write(tx, said)
            tx.publish(SaidChanged(said))
        return said

    def _later(self, user: UserId, now: datetime) -> datetime:
        """Clocks of nodes differ, and what is said last counts."""
        known = self._said.get(user)
        return now if known is None else max(now, known.since + timedelta(microseconds=1))

    def _hear(self, said: Said) -> None:
        """What is said last counts, in whatever order nodes hear of it."""
        known = self._said.get(said.user)
        if known is not None and known.since >= said.since:
            return
        self._said[said.user] = said
        self._look(said.user)
        self._tell(said.user)

    def said(self, user: UserId) -> Said | None:
        """What somebody says; None = nothing, or nothing any more."""
        one = self._said.get(user)
        if one is None or (one.until is not None and one.until <= self._clock()):
            return None
        return one if one.state is not None or one.message else None

    def _may_use_words(self, user: UserId) -> bool:
        return self._parameters.effective(user, AUTHORIZED_CUSTOM_MESSAGE_PRESENCES) is True

    def _said_to(self, user: UserId, way: Way) -> Said | None:
        """What somebody says to who looks in that way: words of his own only while he may use
        them. He himself sees them still, and takes them away."""
        said = self.said(user) if way.said else None
        if said is None or not said.message or way.own or self._may_use_words(user):
            return said
        return None if said.state is None else replace(said, message="")

    def _look(self, user: UserId) -> None:
        """Tell when it ends."""
        said = self._said[user]
        if said.until is None:
            self._schedule.cancel(ENDS, key=user)
            return
        wait = (said.until - self._clock()).total_seconds()
        after = min(max(SOONEST, wait), LATEST)
        self._schedule.once(ENDS, partial(self._ends, user), key=user, after=after)

    async def _ends(self, user: UserId) -> None:
        if (said := self._said.get(user)) is None or said.until is None:
            return
        if said.until > self._clock():
            self._look(user)
        else:
            del self._said[user]
            self._forget(said)
            self._tell(user)

    def _forget(self, said: Said) -> None:
        """Unless another node has written meanwhile what is said now."""

        async def work() -> None:
            async with self._storage.transaction() as tx:
                await store.forget(tx, said)

        self._schedule.once(FORGET, work, key=said.user, retry=AGAIN)

    # ------------------------------------------------------------ pages

    def page_opened(self, user: UserId) -> None:
        self._pages[user] += 1
        self._there.put(user, True)

    def page_closed(self, user: UserId) -> None:
        self._pages[user] -= 1
        if self._pages[user] <= 0:
            del self._pages[user]
            self._there.put(user, None)

    def has_page(self, user: UserId) -> bool:
        """Whether a page of theirs is open, at whichever node, or was a moment ago."""
        return self._there.first(user) is not None

    # ------------------------------------------------------------ seen

    def facts(self, user: UserId) -> Facts:
        """All that is known, for what works for the user himself."""
        return self._facts(user, OWN)[0]

    def get(self, actor: Actor, user: UserId) -> Seen:
        """NotFound of whoever may not be seen at all, as of whoever is not there."""
        way = self.sight.way(self._viewer(actor), user)
        if way == NOTHING:
            raise NotFound("No such colleague is shown to you.")
        return self.seen(user, way)

    def colleagues(self, actor: Actor) -> list[User]:
        """Whose telephones the user who asks sees, by name."""
        return self.sight.supervision.colleagues(self._viewer(actor))

    def _viewer(self, actor: Actor) -> UserId:
        return caller_user(actor, "Presence is shown to colleagues: sign in as a user.")

    def seen(self, user: UserId, way: Way) -> Seen:
        """In that way of seeing."""
        facts, phone, calendar = self._facts(user, way)
        return Seen(
            user=user,
            combined=combined(facts),
            said=self._said_to(user, way),
            page=facts.page,
            telephone=phone,
            calendar=calendar,
            way=way,
        )

    def _facts(
        self, user: UserId, way: Way
    ) -> tuple[Facts, Telephone | None, SeenCalendar | None]:
        said = self.said(user) if way.said else None
        phone = self._telephone(user) if way.telephone else None
        calendar = self._calendar(user, way)
        facts = Facts(
            telephone=None if phone is None else phone.state,
            do_not_disturb=phone is not None and phone.do_not_disturb,
            said=None if said is None else said.state,
            calendar=None if calendar is None else CalendarState(calendar.availability.state),
            page=self.has_page(user) if way.said else None,
        )
        return facts, phone, calendar

    def _telephone(self, user: UserId) -> Telephone | None:
        found = []
        for row in self._registry.devices_of(user):
            link, number = LinkId(row.link), DeviceId(row.number)
            calls = self._telephony.calls_of(link, number)
            found.append((self._telephony.device(link, number), calls))
        return telephone(found)

    def _calendar(self, user: UserId, way: Way) -> SeenCalendar | None:
        if way.own:
            return self._calendars.own(user)
        return None if way.calendar is None else self._calendars.seen(user, way.calendar)

    # ------------------------------------------------------------ what changes

    def _tell(self, user: UserId) -> None:
        if (row := self._registry.users.get(user)) is not None:
            self._bus.publish(PresenceChanged(row.company, user))

    def _words_changed(self, users: Iterable[UserId]) -> None:
        """Whether these may use words of their own may be another answer now."""
        for user in users:
            if (said := self._said.get(user)) is not None and said.message:
                self._tell(user)

    def _parameter_changed(self, change: ParameterValueChanged) -> None:
        row = change.after or change.before
        if row is not None and row.parameter == AUTHORIZED_CUSTOM_MESSAGE_PRESENCES:
            self._words_changed(tuple(self._said))

    def _user_changed(self, change: UserChanged) -> None:
        if change.after is None and change.before is not None:
            self._flood.forget(change.before.id)
            self._schedule.cancel(ENDS, key=change.before.id)
            if (said := self._said.pop(change.before.id, None)) is not None:
                self._forget(said)
