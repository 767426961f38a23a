"""What of each person decides whom he sees, and who sees him, kept in memory.

A page asks this of each colleague that it shows, at each change of anybody's rights: it is made
once for each person, out of grants, groups and parameters, and dropped by every event after which
it may be another. Whoever is told of those events after this room asks what is true by then.
"""

from collections.abc import Iterable

from msgspec import Struct

from tws.bus import Bus
from tws.organisation.actor import DirectoryId, UserId
from tws.organisation.events import (
    DirectoryChanged,
    DomainChanged,
    GrantChanged,
    GroupChanged,
    IntercomGroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.organisation.model import BuiltIn
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_CHAT
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER
from tws.organisation.registry import Registry
from tws.organisation.supervision import Overseer, Supervision
from tws.presence.calendars.knowledge import Knowledge, Showing


class Onlooker(Struct, frozen=True, kw_only=True):
    """One person, as who looks and as who is looked at."""

    eyes: Overseer
    finds: frozenset[DirectoryId]
    "Directories into which he may look."
    listed: DirectoryId | None
    "The one in which he himself is found, as a person of TWS."
    chats: bool
    "May write messages at all, and be written to."
    calendars: frozenset[str]
    "Ids of the users and groups whose calendars are shown to him."
    shared_as: frozenset[str]
    "By which ids his own may be."
    showing: Showing


class Onlookers:
    def __init__(
        self, registry: Registry, supervision: Supervision, calendars: Knowledge, bus: Bus
    ) -> None:
        """Built before anybody else who asks in handlers of these events, and after the
        registry and `calendars`, of which it is made."""
        self._registry, self._supervision, self._calendars = registry, supervision, calendars
        self._parameters = Parameters(registry)
        self._known: dict[UserId, Onlooker] = {}
        bus.follow(UserChanged, self._user_changed)
        bus.follow(GroupChanged, lambda event: self._drop(event.concerned))
        bus.follow(GrantChanged, self._grant_changed)
        bus.follow(ParameterValueChanged, self._parameter_changed)
        for changed in (DirectoryChanged, IntercomGroupChanged, DomainChanged):
            bus.follow(changed, lambda _: self._known.clear())

    def of(self, user: UserId) -> Onlooker | None:
        """None of whoever is not there."""
        known = self._known.get(user)
        if known is None and (known := self._made(user)) is not None:
            self._known[user] = known
        return known

    def _made(self, user: UserId) -> Onlooker | None:
        registry, eyes = self._registry, self._supervision.overseer(user)
        if eyes is None:
            return None
        place = registry.built_in(registry.users[user].domain, BuiltIn.USERS)
        return Onlooker(
            eyes=eyes,
            finds=frozenset(one.id for one in registry.directories_for(user)),
            listed=None if place is None else place.id,
            chats=eyes.enabled
            and not registry.applications(user).isdisjoint(IN_CALLER)
            and bool(self._parameters.effective(user, AUTHORIZE_CHAT)),
            calendars=self._calendars.sharing.with_viewer(user),
            shared_as=frozenset((user, *(group.id for group in registry.groups_of(user)))),
            showing=self._calendars.showing(user),
        )

    # ------------------------------------------------------------ what changes

    def _drop(self, users: Iterable[UserId]) -> None:
        for user in users:
            self._known.pop(user, None)

    def _user_changed(self, event: UserChanged) -> None:
        self._drop(row.id for row in (event.before, event.after) if row is not None)

    def _grant_changed(self, event: GrantChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                self._drop(self._registry.granted.users(row))

    def _parameter_changed(self, event: ParameterValueChanged) -> None:
        for row in (event.before, event.after):
            group = (
                None if row is None or row.group is None else self._registry.groups.get(row.group)
            )
            if row is None:
                continue
            if row.user is not None:
                self._drop([row.user])
            elif group is not None:
                self._drop(group.members)
            else:
                self._known.clear()
