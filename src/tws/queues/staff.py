"""How many may answer each call queue, and how many of them are free: counted in memory.

A queue may have a whole company of agents, each of whose calls makes one of them busy. Who they
are is looked up when a right changes, and whether one is free when something happens to him: a
queue is told of only where a count is another.
"""

from collections.abc import Callable, Iterable

from tws.bus import Bus
from tws.organisation.actor import QueueId, UserId
from tws.organisation.applications import Application
from tws.organisation.events import (
    GrantChanged,
    GroupChanged,
    LinkChanged,
    QueueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.registry import Registry
from tws.presence.events import PresenceChanged
from tws.presence.model import PresenceState, TelephoneState
from tws.presence.service import PresenceService
from tws.queues.model import Agents
from tws.telephony.events import CallChanged, DeviceChanged, LinkResynchronised, LinkStatusChanged


class Staff:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        presence: PresenceService,
        tell: Callable[[Iterable[QueueId]], None],
    ) -> None:
        """`tell` of queues whose counts are others; of those only that were asked for."""
        self._registry, self._presence, self._tell = registry, presence, tell
        self._of: dict[QueueId, frozenset[UserId]] = {}
        self._free: dict[UserId, bool] = {}
        self._follow_rights(bus)
        self._follow_telephones(bus)

    def count(self, queue: QueueId) -> Agents:
        known = self._of.get(queue)
        if known is None:
            known = self._of[queue] = self._users(queue)
        return Agents(free=sum(map(self._is_free, known)), all=len(known))

    def _users(self, queue: QueueId) -> frozenset[UserId]:
        """To whom it is granted, and who may use TWS Alerter."""
        granted, users = self._registry.granted, self._registry.users
        may = {
            user for grant in granted.of(GrantKind.QUEUE, queue) for user in granted.users(grant)
        }
        return frozenset(
            id
            for id in may
            if id in users
            and users[id].enabled
            and Application.ALERTER in self._registry.applications(id)
        )

    def _is_free(self, user: UserId) -> bool:
        free = self._free.get(user)
        if free is None:
            free = self._free[user] = self._looked(user)
        return free

    def _looked(self, user: UserId) -> bool:
        """His telephone is, and he says nothing else of himself."""
        facts = self._presence.facts(user)
        says = facts.said in (None, PresenceState.ONLINE)
        return says and facts.telephone is TelephoneState.FREE and not facts.do_not_disturb

    # ------------------------------------------------------------ who may answer

    def _follow_rights(self, bus: Bus) -> None:
        bus.follow(GrantChanged, self._grant_changed)
        bus.follow(GroupChanged, self._group_changed)
        bus.follow(UserChanged, self._user_changed)
        bus.follow(QueueChanged, self._queue_changed)

    def _grant_changed(self, event: GrantChanged) -> None:
        row = event.after or event.before
        if row is not None and row.kind in (GrantKind.QUEUE, GrantKind.APPLICATION):
            self._others()

    def _group_changed(self, event: GroupChanged) -> None:
        if event.concerned:
            self._others()

    def _user_changed(self, event: UserChanged) -> None:
        before, after = event.before, event.after
        if before is not None and after is not None:
            if (before.enabled, before.domain) == (after.enabled, after.domain):
                return
        elif before is not None:
            self._free.pop(before.id, None)
        self._others()

    def _queue_changed(self, event: QueueChanged) -> None:
        if event.before is not None and event.after is None:
            self._of.pop(event.before.id, None)

    def _others(self) -> None:
        """They may be others now."""
        asked = list(self._of)
        self._of.clear()
        self._tell(asked)

    # ------------------------------------------------------------ who is free

    def _follow_telephones(self, bus: Bus) -> None:
        bus.follow(PresenceChanged, lambda event: self._look(event.user))
        bus.follow(CallChanged, self._call_changed)
        bus.follow(DeviceChanged, lambda event: self._at(event.device.link, event.device.id))
        bus.follow(UserDeviceChanged, self._device_row_changed)
        for changed in (LinkStatusChanged, LinkResynchronised, LinkChanged):
            bus.follow(changed, lambda _: self._anybody())

    def _call_changed(self, change: CallChanged) -> None:
        if not self._free:
            return  # nobody has asked for a count
        for number in change.devices:
            self._at(change.link, number)

    def _device_row_changed(self, event: UserDeviceChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                self._look(row.user)

    def _at(self, link: str, number: str) -> None:
        if (row := self._registry.device_at(link, number)) is not None:
            self._look(row.user)

    def _look(self, user: UserId) -> None:
        before = self._free.get(user)
        if before is None or (now := self._looked(user)) == before:
            return
        self._free[user] = now
        self._tell([queue for queue, users in self._of.items() if user in users])

    def _anybody(self) -> None:
        """A link tells of all its telephones, or of none any more."""
        self._free.clear()
        self._tell(list(self._of))
