"""How many may use what: counted once each, refused beyond, and never in the way of telephones."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests import granting
from tests.access.conftest import Clock
from tests.licences.test_document import KEY, STRANGER, licence
from tests.organisation.world import CALENDARS, CONNECTORS, DIALECTS, SMS, Place, new_place
from tws.bus import Bus
from tws.directory.checking import checked_mapping
from tws.errors import Conflict, Invalid, NotAllowed
from tws.licences.document import signed
from tws.licences.service import LicenceService, State
from tws.numbering.checking import check_plan
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.storage import Storage
from tws.storage.audit import audit
from tws.storage.secrets import Secrets


@dataclass
class Till:
    storage: Storage
    bus: Bus
    registry: Registry
    service: OrganisationService
    licences: LicenceService
    clock: Clock
    place: Place

    async def install(self, callers: int, **other: object) -> None:
        dongle = self.licences.standing(SYSTEM).dongle
        applications = {"TWS Caller": callers}
        made = licence(**{"dongle": dongle, "applications": applications, **other})
        await self.licences.install(SYSTEM, signed(made, KEY))

    def count(self) -> tuple[int | None, int, int | None]:
        count = self.licences.count(Application.CALLER)
        return count.available, count.used, count.free


@pytest.fixture
async def till(storage: Storage, bus: Bus, tmp_path_factory: pytest.TempPathFactory) -> Till:
    """Alice has TWS Caller, Bob has not."""
    registry, clock = Registry(bus), Clock()
    await registry.load(storage)
    licences = LicenceService(storage, registry, bus, clock, [KEY.public_key()])
    await licences.load()
    service = OrganisationService(
        storage,
        registry,
        dialects=DIALECTS,
        check_plan=check_plan,
        connectors=CONNECTORS,
        calendars=CALENDARS,
        sms=SMS,
        check_mapping=checked_mapping,
        secrets=Secrets(tmp_path_factory.mktemp("keys")),
        refuse_beyond=licences.refuse_beyond,
    )
    return Till(storage, bus, registry, service, licences, clock, await new_place(service))


def state(till: Till) -> State:
    return till.licences.state


async def grant_to_group(till: Till, name: str) -> None:
    groups, place = till.service.groups, till.place
    group = await groups.create_group(SYSTEM, domain=place.paris.id, name=name)
    await groups.set_members(SYSTEM, group.id, group.version, [place.alice.id, place.bob.id])
    await till.service.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, group=group.id)
    )


async def test_without_a_file_there_is_no_limit(till: Till) -> None:
    assert state(till) == State.COMMUNITY
    assert till.count() == (None, 1, None)
    await grant_to_group(till, "Team")
    assert till.count() == (None, 2, None)


async def test_a_user_is_counted_once_however_many_groups_grant_it(till: Till) -> None:
    await till.install(2)
    await grant_to_group(till, "Team")
    await grant_to_group(till, "Everybody")
    assert till.count() == (2, 2, 0)


async def test_beyond_what_is_free_is_refused_with_the_numbers(till: Till) -> None:
    await till.install(1)
    with pytest.raises(Conflict) as refused:
        await grant_to_group(till, "Team")
    assert refused.value.why == "licence"
    assert refused.value.parameters == {
        "application": Application.CALLER,
        "more": 1,
        "available": 1,
        "used": 1,
        "free": 0,
    }
    with pytest.raises(Conflict):
        await till.service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, user=till.place.bob.id)
        )
    assert till.count() == (1, 1, 0)


async def test_joining_a_group_needs_a_licence_too(till: Till) -> None:
    groups, place = till.service.groups, till.place
    group = await groups.create_group(SYSTEM, domain=place.paris.id, name="Some")
    await till.service.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, group=group.id)
    )
    await till.install(1)
    group = await groups.set_members(SYSTEM, group.id, group.version, [place.alice.id])
    with pytest.raises(Conflict, match="0 are free"):
        await groups.set_members(SYSTEM, group.id, group.version, [place.alice.id, place.bob.id])
    await till.install(2)
    await groups.set_members(SYSTEM, group.id, group.version, [place.alice.id, place.bob.id])


async def test_a_smaller_licence_throws_nobody_out(till: Till) -> None:
    await grant_to_group(till, "Team")
    await till.install(1)
    assert till.count() == (1, 2, -1)
    place = till.place
    user = await till.service.users.create_user(SYSTEM, domain=place.paris.id, username="newcomer")
    with pytest.raises(Conflict, match="0 are free"):
        await till.service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, user=user.id)
        )


async def test_a_licence_ends(till: Till) -> None:
    await till.install(10, expires=till.clock.now + timedelta(days=1))
    assert state(till) == State.VALID
    till.clock.passes(days=2)
    assert state(till) == State.EXPIRED
    with pytest.raises(Conflict):
        await grant_to_group(till, "Team")
    assert till.count() == (0, 1, -1)
    with pytest.raises(Invalid, match="ended on 2026-11-24"):
        await till.install(10, expires=till.clock.now - timedelta(days=1))
    assert state(till) == State.EXPIRED


async def test_a_licence_of_another_installation_is_refused(till: Till) -> None:
    with pytest.raises(Invalid, match="for the installation EFFA-"):
        await till.install(10, dongle="EFFA-607C-EEAF-4707-40CA-3B27-F5F4-4716")
    dongle = till.licences.standing(SYSTEM).dongle
    with pytest.raises(Invalid, match="does not trust"):
        await till.licences.install(SYSTEM, signed(licence(dongle=dongle), STRANGER))
    assert state(till) == State.COMMUNITY


async def test_new_hardware_gets_a_new_number(till: Till) -> None:
    await till.install(10)
    before = till.licences.standing(SYSTEM).dongle
    standing = await till.licences.renew_dongle(SYSTEM)
    assert standing.dongle != before
    assert standing.state == State.OTHER_INSTALLATION
    await till.install(10)
    assert state(till) == State.VALID


async def test_number_and_licence_stay_after_a_restart(till: Till) -> None:
    await till.install(7)
    bus = Bus()
    registry = Registry(bus)
    await registry.load(till.storage)
    again = LicenceService(till.storage, registry, bus, till.clock, [KEY.public_key()])
    await again.load()
    assert again.standing(SYSTEM) == till.licences.standing(SYSTEM)
    strict = LicenceService(till.storage, registry, bus, till.clock, [STRANGER.public_key()])
    await strict.load()
    assert strict.state == State.NOT_TRUSTED
    await till.licences.remove(SYSTEM)
    assert state(till) == State.COMMUNITY


async def test_only_super_users_change_it_and_all_of_it_is_audited(till: Till) -> None:
    administrator, user = till.place.administrator, till.place.user
    with pytest.raises(NotAllowed):
        till.licences.standing(user)
    assert till.licences.standing(administrator).counts == ()
    for refused in (administrator, user):
        with pytest.raises(NotAllowed):
            await till.licences.install(refused, "")
        with pytest.raises(NotAllowed):
            await till.licences.remove(refused)
        with pytest.raises(NotAllowed):
            await till.licences.renew_dongle(refused)
    await till.install(3)
    await till.licences.renew_dongle(SYSTEM)
    await till.licences.remove(SYSTEM)
    with pytest.raises(Invalid):
        await till.licences.install(SYSTEM, "not a licence")
    async with till.storage.reading() as reader:
        query = audit.select().where(audit.c.company.is_(None)).order_by(audit.c.number)
        actions = [row.action for row in await reader.execute(query)]
    changed = ["licence installed", "dongle number renewed", "licence removed"]
    assert actions[-4:] == [*changed, "licence refused"]
