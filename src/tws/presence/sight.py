"""What somebody sees of somebody: which of the parts of a presence, and how.

Most people who look at one person see the same of him: what they see is made once for each way of
seeing, and not for each of them.
"""

from typing import NamedTuple

from tws.organisation.actor import IntercomGroupId, UserId
from tws.organisation.model import BuiltIn
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_CHAT
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER
from tws.organisation.registry import Registry
from tws.organisation.supervision import Supervision
from tws.presence.calendars.knowledge import EVERYTHING, Knowledge, Showing


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
    def __init__(self, registry: Registry, calendars: Knowledge) -> None:
        self._registry, self._calendars = registry, calendars
        self.supervision, self._parameters = Supervision(registry), Parameters(registry)

    def way(self, viewer: UserId, owner: UserId) -> Way:
        """`NOTHING` of whoever is of another company, disabled, or not there."""
        if viewer == owner:
            return OWN if viewer in self._registry.users else NOTHING
        users = self._registry.users
        mine, theirs = users.get(viewer), users.get(owner)
        if mine is None or theirs is None or mine.company != theirs.company or not theirs.enabled:
            return NOTHING
        group = self.supervision.naming_group(viewer, owner)
        telephone = self.supervision.sees_telephone(viewer, owner)
        said = telephone or self._finds(viewer, owner)
        return Way(
            said=said,
            telephone=telephone,
            intercept=self.supervision.may_intercept(viewer, owner),
            rule=self.supervision.sees_rule(viewer, owner),
            chat=said and self._may_write(viewer, owner),
            calendar=self._calendar(viewer, owner),
            group=None if group is None else group.id,
        )

    def chats(self, user: UserId) -> bool:
        """Whether he may write messages at all, and be written to."""
        row = self._registry.users.get(user)
        return (
            row is not None
            and row.enabled
            and not self._registry.applications(user).isdisjoint(IN_CALLER)
            and bool(self._parameters.effective(user, AUTHORIZE_CHAT))
        )

    def _may_write(self, viewer: UserId, owner: UserId) -> bool:
        """To somebody whom he sees. Who is written to must be able to answer: he sees the other
        too."""
        if not self.chats(viewer) or not self.chats(owner):
            return False
        return self._finds(owner, viewer) or self.supervision.sees_telephone(owner, viewer)

    def _finds(self, viewer: UserId, owner: UserId) -> bool:
        """Whether the other is among the people of TWS whom he may look up."""
        place = self._registry.built_in(self._registry.users[owner].domain, BuiltIn.USERS)
        return place is not None and place in self._registry.directories_for(viewer)

    def _calendar(self, viewer: UserId, owner: UserId) -> Showing | None:
        sharing = self._calendars.sharing
        if not sharing.has(sharing.with_viewer(viewer), owner):
            return None
        return self._calendars.showing(viewer) & self._calendars.showing(owner)
