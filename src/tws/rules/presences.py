"""Which presences of rules hold for somebody now."""

from collections.abc import Callable

from tws.bus import Bus
from tws.organisation.actor import UserId
from tws.presence.calendars.calendar import State
from tws.presence.calendars.model import CalendarStateChanged
from tws.presence.events import PresenceChanged
from tws.presence.service import PresenceService
from tws.rules.model import Presence

Holding = frozenset[Presence]
_BUSY = (State.BUSY, State.OUT_OF_OFFICE)


class Presences:
    """What people say of themselves; of who says nothing, whether a page of theirs is open; and
    what their calendars say."""

    def __init__(self, presence: PresenceService, bus: Bus) -> None:
        self._presence, self._bus = presence, bus
        self.settled = False
        "Pages that were open before a restart have had the time to come back."

    def now(self, user: UserId) -> tuple[Holding, ...]:
        """One of the four that people say, and the calendar's besides. Several where it is not
        known yet which of them."""
        facts = self._presence.facts(user)
        calendar = {Presence.CALENDAR} if facts.calendar in _BUSY else set()
        if facts.said is not None:
            said = [Presence(facts.said.value)]
        elif facts.page:
            said = [Presence.ONLINE]
        elif self.settled:
            said = [Presence.OFFLINE]
        else:
            said = [Presence.OFFLINE, Presence.ONLINE]
        return tuple(frozenset({one, *calendar}) for one in said)

    def follow(self, look: Callable[[UserId], None]) -> None:
        """Call it for whoever has another presence."""
        self._bus.follow(PresenceChanged, lambda event: look(event.user))
        self._bus.follow(CalendarStateChanged, lambda event: look(event.user))
