"""When users' telephones are looked at again, and what their rules do there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import structlog

from tws.bus import Bus
from tws.node_memory import NodeMemory
from tws.organisation.actor import CompanyId, DeviceRowId, UserId
from tws.organisation.events import (
    DomainChanged,
    GrantChanged,
    GroupChanged,
    LinkChanged,
    ParameterValueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.model import UserDevice
from tws.organisation.parameters.catalogue.rules import WAITTIMENOREPLYPBX
from tws.organisation.registry import Registry
from tws.rereading import when_missed
from tws.rules.allowed import ALL
from tws.rules.applying import Applying, Standings, place_of
from tws.rules.events import ForwardingRuleChanged, RulesApplied
from tws.rules.memory import Memory
from tws.rules.model import Effect, ForwardingRule, Place, RuleId, Standing
from tws.rules.presences import Presences
from tws.rules.service import RuleService
from tws.rules.telephones import Telephones
from tws.rules.turns import Turns
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage
from tws.telephony.event_reports import LINK_DOWN
from tws.telephony.events import DeviceChanged, LinkStatusChanged
from tws.telephony.model import Forwarding, LinkState
from tws.telephony.network import Network
from tws.telephony.requests import Refusal

log = structlog.get_logger(__name__)
ByDevice = Mapping[DeviceRowId, Mapping[RuleId, Standing]]
REREAD = "read again what rules have set"
APPLY, SETTLE = "apply rules", "presence is known"
TAKE_BACK = "take rules back"
COME_BACK = 60.0
"Seconds that pages have to come back after a restart, before their users count as offline."
LATER = 30.0
"Seconds until a PBX is asked again that did not answer."


class Forwarder:
    """Keeps telephones as their users' rules say."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        network: Network,
        rules: RuleService,
        presences: Presences,
        new_id: Callable[[], str],
    ) -> None:
        self._registry, self._bus, self._schedule = registry, bus, schedule
        self._book, self._memory = rules.book, Memory(storage, bus)
        self._telephones = Telephones(network, bus, new_id)
        self._applying = Applying(
            registry, rules.allowed, rules.leading, self._memory, self._telephones, presences.now
        )
        self._presences = presences
        self._turns = Turns()
        self._standings = NodeMemory[ByDevice](
            bus, "rules", ByDevice, lambda user: bus.publish(RulesApplied(UserId(user)))
        )
        "Of users."
        when_missed(bus, schedule, REREAD, self._read_again)
        self.started = False
        presences.follow(lambda user: self.look_at([user]))
        self._follow()

    async def start(self) -> None:
        await self._memory.load()
        self.started = True
        if not self._presences.settled:
            self._schedule.once(SETTLE, self._settle, after=COME_BACK)
        self.look_at(self._book.users())
        self._look_at_places(self._memory.places())

    async def _read_again(self) -> None:
        """What the node that applies rules has set unheard."""
        if not self.started:
            await self._memory.load()

    async def _settle(self) -> None:
        self._presences.settled = True
        self.look_at(self._book.users())

    async def stop(self) -> None:
        """Nothing is asked of the PBXs any more; what was set there stays."""
        self.started = False
        for job in (APPLY, TAKE_BACK):
            await self._schedule.end(job)
        if self._bus.node:
            self._standings.clear()  # whoever applies them next tells it

    def standings(self, user: UserId) -> Mapping[DeviceRowId, Standings]:
        """What the user's rules do, by telephone."""
        return self._standings.first(user) or {}

    def made_there(self, user: UserId) -> list[tuple[UserDevice, Forwarding]]:
        """The forwardings of the user's telephones that no rule has set: they were made there, or
        by another program."""
        rows = self._registry.devices_of(user)
        return [(row, one) for row in rows for one in self._applying.not_ours(row)]

    def seconds(self, user: UserId) -> int:
        """After which a call that nobody answers is forwarded."""
        return self._applying.seconds(user)

    def look_at(self, users: Iterable[UserId]) -> None:
        """Something may be other for these."""
        if not self.started:
            return
        for user in set(users):
            if self._concerned(user):
                work = partial(self._look_at, user)
                self._schedule.once(APPLY, work, key=user, retry=AGAIN)

    def _concerned(self, user: UserId) -> bool:
        devices = self._registry.devices_of(user)
        known = any(self._memory.of(place_of(row)) for row in devices)
        return known or user in self._standings.own or bool(self._book.of(user))

    def _look_at_places(self, places: Iterable[Place]) -> None:
        """Telephones on which something was set: by whom it is now, or for nobody."""
        for place in places:
            row = self._registry.device_at(*place)
            if row is not None:
                self.look_at([row.user])
            else:
                self._leave(place)

    async def _look_at(self, user: UserId) -> None:
        rules = self._book.of(user)
        after: dict[DeviceRowId, Standings] = {}
        for row in self._registry.devices_of(user):
            async with self._turns.at(place_of(row)):
                if self._registry.devices.get(row.id) == row:  # else it is looked at again
                    after[row.id] = await self._apply(row, rules)
        self._standings.put(user, after if rules and after else None)

    async def _apply(self, row: UserDevice, rules: Sequence[ForwardingRule]) -> Standings:
        try:
            return await self._applying.apply(row, rules)
        except Refusal as refusal:
            # It may have been done or not: what the telephone says then tells.
            self._telephones.forget(place_of(row))
            if refusal.cause != LINK_DOWN:
                work = partial(self._look_at, row.user)
                self._schedule.once(APPLY, work, key=row.user, after=LATER, retry=AGAIN)
            return {
                rule.id: Standing(Effect.LINK_DOWN if rule.active else Effect.OFF)
                for rule in rules
            }

    def _leave(self, place: Place, after: float = 0.0) -> None:
        """Take back what was set there, once the PBX can be asked."""
        if self.started and self._memory.of(place):
            work = partial(self._take_back, place)
            self._schedule.once(TAKE_BACK, work, key=place, after=after, retry=AGAIN)

    async def _take_back(self, place: Place) -> None:
        async with self._turns.at(place):
            if self._registry.device_at(*place) is not None:
                return  # the rules of whom it is now say what is there
            try:
                await self._applying.take_back(place)
            except Refusal as refusal:
                log.info("rules not taken back yet", link=place.link, cause=refusal.cause)
                if refusal.cause != LINK_DOWN:
                    self._leave(place, LATER)
            self._telephones.forget(place)

    # ------------------------------------------------------------ what happens

    def _follow(self) -> None:
        bus = self._bus
        bus.follow(ForwardingRuleChanged, self._rule_changed)
        bus.follow(DeviceChanged, self._device_told)
        bus.follow(LinkStatusChanged, self._link_changed)
        bus.follow(LinkChanged, self._link_row)
        bus.follow(UserDeviceChanged, self._device_row)
        bus.follow(UserChanged, self._user_row)
        bus.follow(GroupChanged, self._group_row)
        bus.follow(GrantChanged, self._grant)
        bus.follow(ParameterValueChanged, self._parameter)
        bus.follow(DomainChanged, self._domain_row)

    def _rule_changed(self, event: ForwardingRuleChanged) -> None:
        self.look_at({row.user for row in (event.before, event.after) if row is not None})

    def _device_told(self, event: DeviceChanged) -> None:
        row = self._registry.device_at(event.device.link, event.device.id)
        if row is not None:
            self.look_at([row.user])

    def _link_changed(self, event: LinkStatusChanged) -> None:
        if event.status.state in (LinkState.UP, LinkState.DOWN, LinkState.MISCONFIGURED):
            self.look_at(row.user for row in self._registry.devices_on(event.status.link))
            link = event.status.link
            self._look_at_places(place for place in self._memory.places() if place.link == link)

    def _device_row(self, event: UserDeviceChanged) -> None:
        before, after = event.before, event.after
        if before is not None and (after is None or place_of(after) != place_of(before)):
            self._telephones.forget(place_of(before))
            self._applying.link_down(before.id)
            self._leave(place_of(before))
        self.look_at({row.user for row in (before, after) if row is not None})

    def _link_row(self, event: LinkChanged) -> None:
        if event.after is None and event.before is not None:
            self._memory.forget_link(event.before.id)
            self._turns.forget_link(event.before.id)

    def _user_row(self, event: UserChanged) -> None:
        if event.after is not None:
            self.look_at([event.after.id])
        elif event.before is not None:
            self._standings.put(event.before.id, None)

    def _group_row(self, event: GroupChanged) -> None:
        rows = [row for row in (event.before, event.after) if row is not None]
        self.look_at({member for row in rows for member in row.members})

    def _grant(self, event: GrantChanged) -> None:
        row = event.after or event.before
        if row is not None and row.kind is GrantKind.APPLICATION:
            self.look_at(self._registry.granted.users(row))

    def _parameter(self, event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in (*ALL, WAITTIMENOREPLYPBX):
            self._look_at_company(row.company)

    def _domain_row(self, event: DomainChanged) -> None:
        """The dial plan may be another."""
        if event.after is not None:
            self._look_at_company(event.after.company)

    def _look_at_company(self, company: CompanyId) -> None:
        users = self._registry.users
        self.look_at(
            user for user in self._book.users() if user in users and users[user].company == company
        )
