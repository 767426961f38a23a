"""What somebody sees of somebody: which of the parts of a presence, and how.

Most people who look at one person see the same of him: what they see is made once for each way of
seeing, and not for each of them.
"""

from functools import lru_cache
from typing import NamedTuple

from tws.bus import Bus
from tws.organisation.actor import IntercomGroupId, UserId
from tws.organisation.registry import Registry
from tws.organisation.supervision import Supervision
from tws.presence.calendars.knowledge import EVERYTHING, Knowledge, Showing
from tws.presence.onlookers import Onlooker, Onlookers


class Way(NamedTuple):
    """What is seen. A new way has a word that tells it from all others."""

    said: bool = False
    telephone: bool = False
    intercept: bool = False
    "Calls that ring may be taken."
    rule: bool = False
    "The first active forwarding rule."
    chat: bool = False
    "They may write to each other."
    calendar: Showing | None = None
    group: IntercomGroupId | None = None
    "Calls are seen, the others in them named by this intercom group's directories."
    own: bool = False

    @property
    def word(self) -> str:
        flags = "".join("ny"[flag] for flag in self[:5])
        calendar = "" if self.calendar is None else self.calendar.word
        return f"{flags}.{calendar}.{self.group or ''}.{'ny'[self.own]}"

    @classmethod
    @lru_cache(maxsize=1024)  # asked for at each change of a person: there are few ways
    def of(cls, word: str) -> "Way":
        """Of that word."""
        flags, calendar, group, own = word.split(".")
        said, telephone, intercept, rule, chat = (flag == "y" for flag in flags)
        return cls(
            said=said,
            telephone=telephone,
            intercept=intercept,
            rule=rule,
            chat=chat,
            calendar=Showing.of(calendar) if calendar else None,
            group=IntercomGroupId(group) if group else None,
            own=own == "y",
        )


NOTHING = Way()
OWN = Way(said=True, telephone=True, calendar=EVERYTHING, own=True)
"Of oneself. One's own calls and rules are told otherwise."


class Sight:
    def __init__(self, registry: Registry, calendars: Knowledge, bus: Bus) -> None:
        self._registry = registry
        self.supervision = Supervision(registry)
        self._people = Onlookers(registry, self.supervision, calendars, bus)

    def way(self, viewer: UserId, owner: UserId) -> Way:
        """`NOTHING` of whoever is of another company, disabled, or not there."""
        if viewer == owner:
            return OWN if viewer in self._registry.users else NOTHING
        mine, theirs = self._people.of(viewer), self._people.of(owner)
        if mine is None or theirs is None:
            return NOTHING
        eyes, seen = mine.eyes, theirs.eyes
        if eyes.company != seen.company or not seen.enabled:
            return NOTHING
        telephone = eyes.sees_telephone(seen)
        group = eyes.naming_group(seen) if telephone else None
        said = telephone or theirs.listed in mine.finds
        return Way(
            said,
            telephone,
            telephone and eyes.intercepts,
            eyes.sees_rule(seen),
            said and _may_write(mine, theirs),
            _calendar(mine, theirs),
            None if group is None else group.id,
        )

    def chats(self, user: UserId) -> bool:
        """Whether he may write messages at all, and be written to."""
        one = self._people.of(user)
        return one is not None and one.chats


def _may_write(viewer: Onlooker, owner: Onlooker) -> bool:
    """To somebody whom he sees. Who is written to must be able to answer: he sees the other
    too."""
    if not viewer.chats or not owner.chats:
        return False
    return viewer.listed in owner.finds or owner.eyes.sees_telephone(viewer.eyes)


def _calendar(viewer: Onlooker, owner: Onlooker) -> Showing | None:
    if viewer.calendars.isdisjoint(owner.shared_as):
        return None
    return viewer.showing & owner.showing
