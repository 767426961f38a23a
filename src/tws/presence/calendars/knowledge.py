"""What was read of everybody, in memory: what each person is now, what others see of it, and when
that changes next."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import partial

from tws.bus import Bus
from tws.organisation.actor import CollaborationId, CompanyId, UserId
from tws.organisation.events import GroupChanged, ParameterValueChanged, UserChanged
from tws.organisation.parameters.catalogue.system import (
    DISPLAY_CALENDAR_PRIVATE,
    DISPLAY_CALENDAR_SUMMARY,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.presence.calendars.calendar import Event
from tws.presence.calendars.free_busy import Availability, Private, at
from tws.presence.calendars.model import CalendarReading, CalendarStateChanged, Seen
from tws.presence.calendars.sharing import Sharing
from tws.schedule import Schedule

CHANGE = "calendar state changes"
MOST_AGE = timedelta(hours=12)
"Since a calendar was read: what is older is no longer taken for true."
SOONEST, LATEST = 0.05, 6 * 3600.0
"Seconds until a person is looked at again: whatever clocks do meanwhile."
SHOWN = (DISPLAY_CALENDAR_SUMMARY, DISPLAY_CALENDAR_PRIVATE)


class Showing(tuple[bool, bool]):
    """Whether summaries are shown, and whether private events are there (9.1.3)."""

    __slots__ = ()

    def __and__(self, other: "Showing") -> "Showing":
        """The stricter of both."""
        return Showing((self[0] and other[0], self[1] and other[1]))

    @property
    def word(self) -> str:
        return "".join("yes" if shown else "no" for shown in self)

    @classmethod
    def of(cls, word: str) -> "Showing":
        """Of that word."""
        return next(one for one in KINDS if one.word == word)

    @property
    def private(self) -> Private:
        return "shown" if self[1] else "left out"


EVERYTHING = Showing((True, True))
KINDS = tuple(Showing((s, p)) for s in (True, False) for p in (True, False))
"Of viewers."


class Knowledge:
    def __init__(
        self, registry: Registry, bus: Bus, schedule: Schedule, clock: Callable[[], datetime]
    ) -> None:
        self._registry, self._bus = registry, bus
        self._schedule, self._clock = schedule, clock
        self._parameters = Parameters(registry)
        self.sharing = Sharing(registry)
        self._readings: dict[UserId, dict[CollaborationId, CalendarReading]] = {}
        self._now: dict[UserId, tuple[object, ...]] = {}
        "What was told last."
        self._showing: dict[UserId, Showing] = {}
        for changed in (ParameterValueChanged, GroupChanged, UserChanged):
            bus.follow(changed, lambda _: self._showing.clear())

    # ------------------------------------------------------------ what is known

    def put(self, reading: CalendarReading) -> None:
        self._readings.setdefault(reading.user, {})[reading.source] = reading
        self.look(reading.user)

    def forget(self, user: UserId, source: CollaborationId | None = None) -> list[CalendarReading]:
        """What was known of a person, at that source or at all."""
        known = self._readings.get(user, {})
        gone = [one for one in known.values() if source in (None, one.source)]
        for one in gone:
            del known[one.source]
        if not known:
            self._readings.pop(user, None)
        if gone:
            self.look(user)
        return gone

    def reading(self, user: UserId, source: CollaborationId) -> CalendarReading | None:
        return self._readings.get(user, {}).get(source)

    def readings(self, source: CollaborationId) -> list[CalendarReading]:
        return [known[source] for known in self._readings.values() if source in known]

    def true(self, reading: CalendarReading) -> bool:
        return reading.read is not None and self._clock() - reading.read < MOST_AGE

    # ------------------------------------------------------------ what is seen

    def showing(self, user: UserId) -> Showing:
        known = self._showing.get(user)
        if known is None:
            given = (self._parameters.effective(user, name) for name in SHOWN)
            known = self._showing[user] = Showing(bool(value) for value in given)
        return known

    def seen(self, owner: UserId, showing: Showing) -> Seen | None:
        """What a viewer of that kind sees; None where nothing is known that is still true."""
        known = self._true_of(owner)
        if not known or owner not in self._registry.users:
            return None
        shown = showing & self.showing(owner)
        return Seen(owner, self._at(known, shown), _oldest(known))

    def own(self, user: UserId) -> Seen | None:
        """What a person sees of the own calendar: everything."""
        known = self._true_of(user)
        return Seen(user, self._at(known, EVERYTHING), _oldest(known)) if known else None

    def people(self, company: CompanyId, shared: Collection[str]) -> Iterator[UserId]:
        """Those of a company whose calendars are shown with those of these users and groups."""
        for user in self._readings:
            row = self._registry.users.get(user)
            if row is not None and row.company == company and self.sharing.has(shared, user):
                yield user

    def _true_of(self, user: UserId) -> list[CalendarReading]:
        return [one for one in self._readings.get(user, {}).values() if self.true(one)]

    def _at(self, known: list[CalendarReading], showing: Showing) -> Availability:
        events: set[Event] = {event for one in known for event in one.events}
        return at(events, self._clock(), summaries=showing[0], private=showing.private)

    # ------------------------------------------------------------ what changes

    def look(self, user: UserId) -> None:
        """Tell what is other now, and look again when that changes."""
        known = self._true_of(user)
        views = [self._at(known, Showing((True, private))) for private in (True, False)]
        now = tuple((v.state, v.subject, v.private) for v in views) if known else ()
        if now != self._now.get(user, ()):
            row = self._registry.users.get(user)
            if row is not None:
                self._bus.publish(CalendarStateChanged(row.company, user))
        if not known:
            self._now.pop(user, None)
            self._schedule.cancel(CHANGE, key=user)
            return
        self._now[user] = now
        changes = [view.until for view in views if view.until is not None]
        changes += [one.read + MOST_AGE for one in known if one.read is not None]
        wait = (min(changes) - self._clock()).total_seconds()
        work = partial(self._due, user)
        self._schedule.once(CHANGE, work, key=user, after=min(max(SOONEST, wait), LATEST))

    async def _due(self, user: UserId) -> None:
        self.look(user)


def _oldest(known: list[CalendarReading]) -> datetime:
    return min(one.read for one in known if one.read is not None)
