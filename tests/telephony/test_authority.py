"""Which telephones and calls an actor may act on: the PBX is asked for nothing else, and what is
not theirs is answered like what does not exist."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count, product
from typing import Any

import pytest

from tests.directory.people import People, founded
from tests.telephony.paper import PEER, PaperCarrier, PaperDriver
from tests.telephony.words import OUTSIDE, conn, party
from tws.bus import Bus
from tws.errors import Invalid, NotAllowed, NotFound
from tws.net.carrier import CarrierUser
from tws.organisation.actor import SYSTEM, Actor, AdministratorId, DeviceRowId, IntercomGroupId
from tws.organisation.applications import Application
from tws.organisation.events import GrantChanged, IntercomGroupChanged, ParameterValueChanged
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Link, ParameterValue, User
from tws.organisation.shared_device import IntercomGroup
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.asking import Asking
from tws.telephony.commands import (
    USER_COMMANDS,
    ClearConnection,
    Command,
    DirectedPickupCall,
    MakeCall,
    MonitorStart,
    SnapshotDevice,
)
from tws.telephony.errors import LinkDown
from tws.telephony.event_reports import CommandDone, Delivered, Diverted, Established
from tws.telephony.model import (
    Cause,
    ConnectionId,
    ConnectionState,
    DeviceId,
    LegId,
    LinkId,
    Party,
    SnapshotConnection,
)
from tws.telephony.network import Network
from tws.telephony.service import TelephonyService

UNKNOWN_DEVICE, UNKNOWN_LEG = DeviceRowId("unknown"), LegId("unknown")
PLACE = DeviceId("7901")
Work = Callable[[DeviceRowId], Awaitable[object]]


class Willing(PaperDriver):
    """Does whatever it is asked for, at once."""

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        return frozenset(USER_COMMANDS)

    def answer(self, command: Command[Any]) -> None:
        if isinstance(command, MonitorStart | SnapshotDevice):
            super().answer(command)
        else:
            self.report(CommandDone(command.id))


@dataclass
class Site:
    """Paris and Nice, each with a PBX; in Paris Alice and Bob, and Erin of another company; in
    Nice Carol, who has the number that Alice has in Paris."""

    people: People
    drivers: dict[str, Willing] = field(default_factory=dict)
    users: dict[str, CarrierUser] = field(default_factory=dict)
    "Whom each link's carrier tells."

    def __post_init__(self) -> None:
        epochs = count(1)

        async def own(link: str) -> int:
            return next(epochs)

        async def nothing_open(link: LinkId) -> dict[ConnectionId, Any]:
            return {}

        self.network = Network(
            self.people.registry,
            self.people.bus,
            Schedule(),
            driver=lambda link: self.drivers.setdefault(link.id, Willing()),
            carrier=self._carrier,
            own_link=own,
            load_open=nothing_open,
            clock=lambda: datetime.now(UTC),
            new_id=new_id,
        )
        asking = Asking(self.people.registry, self.network, self.people.bus, new_id)
        self.telephony = TelephonyService(asking)

    def _carrier(self, link: Link, user: CarrierUser) -> PaperCarrier:
        self.users[link.id] = user
        return PaperCarrier(user)

    async def furnish(self) -> None:
        people = self.people
        other = next(
            d for d in people.registry.domains.values() if d.company == people.other_company
        )
        self.alice = await people.user("Alice", "Martin", "4001")
        self.bob = await people.user("Bob", "Durand", "4002")
        self.carol = await people.user("Carol", "Petit", "4001", domain=people.nice)
        self.erin = await people.user("Erin", "Stone", "4009", domain=other)
        await self.network.start()
        for link in (people.link, people.nice_link):
            self.users[link].connected(PEER)

    def device(self, user: User) -> DeviceRowId:
        (row,) = self.people.registry.devices_of(user.id)
        return row.id

    def actor(self, user: User) -> Actor:
        return self.people.actor(user)

    def rings(self, user: User, call: str = "1") -> LegId:
        """An outside call rings at the user's telephone."""
        return self._reported(
            user, call, Delivered(connection=self.at(user, call), calling=party(OUTSIDE))
        )

    def talks(self, user: User, call: str = "1") -> LegId:
        self.rings(user, call)
        return self._reported(user, call, Established(connection=self.at(user, call)))

    def at(self, user: User, call: str) -> ConnectionId:
        (row,) = self.people.registry.devices_of(user.id)
        return conn(call, row.number)

    def _reported(self, user: User, call: str, event: Any) -> LegId:
        (row,) = self.people.registry.devices_of(user.id)
        self.report(row.link, event)
        device = DeviceId(row.number)
        (found,) = (c for c in self.network.calls_of(LinkId(row.link), device) if c.id == call)
        return found.connections[device].leg

    def report(self, link: str, *events: Any) -> None:
        self.drivers[link].report(*events)
        self.users[link].received(PEER, b".")

    def asked(self, kind: type[Command[Any]]) -> list[Any]:
        """What the PBXs were asked for."""
        return [c for driver in self.drivers.values() for c in driver.asked if type(c) is kind]

    def together(self, name: str, *members: User) -> None:
        """An intercom group of these, of SSDEI."""
        people, bus = self.people, self.people.bus
        group = IntercomGroupId(name)
        if group not in people.registry.intercom_groups:
            row = IntercomGroup(
                id=group, version=1, company=people.company, domain=people.paris.id, name=name
            )
            bus.publish(IntercomGroupChanged(None, row))
        for grant in people.registry.granted.of(GrantKind.INTERCOM_GROUP, group):
            bus.publish(GrantChanged(grant, None))
        for user in members:
            bus.publish(GrantChanged(None, _intercom(user, group)))

    def may_intercept(self, user: User, value: bool) -> None:
        name = "AuthorizeInterception"
        before = self.people.registry.parameter_value(name, user.id)
        row = ParameterValue(
            id=before.id if before else new_id(),
            version=before.version + 1 if before else 1,
            company=user.company,
            parameter=name,
            value=value,
            user=user.id,
        )
        self.people.bus.publish(ParameterValueChanged(before, row))


def _intercom(user: User, group: str) -> Grant:
    return Grant(
        id=new_id(),
        company=user.company,
        kind=GrantKind.INTERCOM_GROUP,
        object_kind=ObjectKind.INTERCOM_GROUP,
        object=group,
        grantee_kind=GranteeKind.USER,
        grantee=user.id,
    )


@pytest.fixture
async def site(sqlite_storage: Storage, bus: Bus) -> AsyncIterator[Site]:
    site = Site(await founded(sqlite_storage, bus))
    await site.furnish()
    yield site
    await site.network.stop()


async def refusals(work: Work, *devices: DeviceRowId) -> list[object]:
    """What is answered for each of these telephones."""
    found: list[object] = []
    for device in devices:
        with pytest.raises(NotFound) as refused:
            await work(device)
        found.append((refused.value.message, refused.value.details))
    return found


async def test_a_user_acts_on_their_own_telephone(site: Site) -> None:
    leg = site.talks(site.alice)
    await site.telephony.clear_connection(site.actor(site.alice), site.device(site.alice), leg)
    (asked,) = site.asked(ClearConnection)
    assert (asked.device, asked.connection) == ("4001", site.at(site.alice, "1"))
    program = replace(site.actor(site.alice), applications=frozenset({Application.TOOLKIT}))
    await site.telephony.clear_connection(program, site.device(site.alice), leg)
    await site.telephony.clear_connection(SYSTEM, site.device(site.alice), leg)
    assert len(site.asked(ClearConnection)) == 3


async def test_anothers_telephone_is_answered_as_none(site: Site) -> None:
    leg = site.talks(site.alice)
    ada = Actor(label="ada", administrator=AdministratorId("ada"), companies=None)
    manager = replace(ada, companies=frozenset({site.people.company}))
    strangers = [site.actor(user) for user in (site.bob, site.carol, site.erin)]
    for actor in (*strangers, ada, manager):
        works: list[Work] = [
            partial(site.telephony.clear_connection, actor, connection=leg),
            partial(site.telephony.make_call, actor, called="4002"),
            partial(site.telephony.directed_pickup_call, actor, ringing=leg),
        ]
        for work in works:
            there, unknown = await refusals(work, site.device(site.alice), UNKNOWN_DEVICE)
            assert there == unknown
    for kind in (ClearConnection, MakeCall, DirectedPickupCall):
        assert not site.asked(kind)


async def test_who_is_authorised_for_nothing_controls_nothing(site: Site) -> None:
    leg = site.talks(site.alice)
    actor = replace(site.actor(site.alice), applications=frozenset())
    with pytest.raises(NotAllowed) as refused:
        await site.telephony.clear_connection(actor, site.device(site.alice), leg)
    assert refused.value.why == "applicationNotGranted"
    assert refused.value.parameters == {"application": "TWS Caller"}
    assert not site.asked(ClearConnection)


async def test_a_call_of_another_telephone_is_none_on_this_one(site: Site) -> None:
    """Nor is one of the other PBX, or one that both are in."""
    bobs, carols = site.talks(site.bob, "2"), site.talks(site.carol, "3")
    alice, device = site.actor(site.alice), site.device(site.alice)
    said = set()
    for leg in (UNKNOWN_LEG, bobs, carols):
        with pytest.raises(NotFound) as refused:
            await site.telephony.clear_connection(alice, device, leg)
        said.add((refused.value.message, str(refused.value.details)))
    assert len(said) == 1
    site.report(
        site.people.link,
        Delivered(connection=conn("2", "4001"), calling=party("4002"), party=party("4001")),
    )
    with pytest.raises(NotFound):
        await site.telephony.clear_connection(alice, device, bobs)
    assert not site.asked(ClearConnection)


async def test_while_the_link_is_down_only_the_owner_hears_it(site: Site) -> None:
    leg = site.talks(site.alice)
    site.users[site.people.link].disconnected(PEER, "cable cut")

    def clear(actor: Actor) -> Work:
        return lambda device: site.telephony.clear_connection(actor, device, leg)

    with pytest.raises(LinkDown):
        await clear(site.actor(site.alice))(site.device(site.alice))
    there, unknown = await refusals(
        clear(site.actor(site.bob)), site.device(site.alice), UNKNOWN_DEVICE
    )
    assert there == unknown


@pytest.mark.parametrize("by", ["leg", "number"])
async def test_who_shares_an_intercom_group_and_may_intercept_picks_up(
    site: Site, by: str
) -> None:
    """Every way in which two people can be in two groups."""
    leg = site.rings(site.bob)
    alice, device = site.actor(site.alice), site.device(site.alice)
    cases = product((True, False), product(product([False, True], repeat=2), repeat=2))
    for allowed, wheres in cases:
        site.may_intercept(site.alice, allowed)
        for name, (hers, his) in zip(("sales", "support"), wheres, strict=True):
            members = [*([site.alice] if hers else []), *([site.bob] if his else [])]
            site.together(name, *members)
        before = len(site.asked(DirectedPickupCall))
        which, number = (leg, None) if by == "leg" else (None, "4002")
        work = site.telephony.directed_pickup_call(alice, device, which, number)
        if allowed and any(hers and his for hers, his in wheres):
            await work
            assert site.asked(DirectedPickupCall)[before:][0].ringing == site.at(site.bob, "1")
        else:
            with pytest.raises(NotFound):
                await work
            assert len(site.asked(DirectedPickupCall)) == before


async def test_what_cannot_be_picked_up(site: Site) -> None:
    everybody = (site.alice, site.bob, site.carol, site.erin)
    site.together("everybody", *everybody)
    site.may_intercept(site.alice, True)
    alice, device = site.actor(site.alice), site.device(site.alice)
    talking, elsewhere, foreign = (
        site.talks(site.bob, "1"),
        site.rings(site.carol, "2"),
        site.rings(site.erin, "3"),
    )
    said = set()
    for leg in (UNKNOWN_LEG, talking, elsewhere, foreign):
        with pytest.raises(NotFound) as refused:
            await site.telephony.directed_pickup_call(alice, device, leg)
        said.add((refused.value.message, str(refused.value.details)))
    for number in ("4002", "4009", "4999"):
        with pytest.raises(NotFound) as refused:
            await site.telephony.directed_pickup_call(alice, device, ringing_device=number)
        said.add((refused.value.message, str(refused.value.details)))
    assert len(said) == 1
    with pytest.raises(Invalid) as invalid:
        await site.telephony.directed_pickup_call(alice, device)
    assert invalid.value.details == {"field": "ringingDevice"}
    assert not site.asked(DirectedPickupCall)


async def test_what_waits_parked_is_for_everybody_of_its_pbx(site: Site) -> None:
    site.talks(site.bob)
    shown = SnapshotConnection(conn("1", PLACE), ConnectionState.QUEUED)
    site.drivers[site.people.link].calls[PLACE] = (shown,)
    park = Diverted(connection=site.at(site.bob, "1"), destination=Party(PLACE), cause=Cause.PARK)
    site.report(site.people.link, park)
    alice, device = site.actor(site.alice), site.device(site.alice)
    await site.telephony.directed_pickup_call(alice, device, ringing_device=PLACE)
    (asked,) = site.asked(DirectedPickupCall)
    assert asked.ringing == conn("1", PLACE)
    carol = site.actor(site.carol)
    with pytest.raises(NotFound):
        await site.telephony.directed_pickup_call(
            carol, site.device(site.carol), ringing_device=PLACE
        )
