"""What administrators change, as the registry and the database show it afterwards."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from tests import granting
from tests.organisation.world import Place, World, contents
from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotAllowed, NotFound
from tws.organisation.actor import SYSTEM, Actor, AdministratorId
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.organisation.registry import Registry
from tws.organisation.store import link as link_table
from tws.storage import Storage
from tws.storage.audit import audit


async def audited(storage: Storage) -> list[Any]:
    async with storage.reading() as reader:
        return list((await reader.execute(select(audit).order_by(audit.c.number))).all())


async def test_what_is_made_is_found_in_memory_and_after_a_restart(
    world: World, place: Place
) -> None:
    registry = world.registry
    assert registry.device_at(place.link.id, "4001") == place.device
    assert registry.devices_of(place.alice.id) == (place.device,)
    assert registry.devices_on(place.link.id) == (place.device,)
    assert registry.groups_of(place.alice.id) == (place.group,)
    assert registry.applications(place.alice.id) == {Application.CALLER}
    assert registry.applications(place.bob.id) == frozenset()
    assert registry.users_named(" ALICE ") == (place.alice,)
    assert registry.users_named("alice", "ssdei") == (place.alice,)
    assert registry.users_named("alice", "other") == ()
    fresh = Registry(Bus())
    await fresh.load(world.storage)
    assert contents(fresh) == contents(registry)


async def test_twenty_concurrent_changes_of_one_row_lose_none(world: World, place: Place) -> None:
    async def add_a_letter() -> None:
        seen = world.service.users.get_user(SYSTEM, place.bob.id)
        while True:
            try:
                await world.service.users.update_user(
                    SYSTEM, seen.id, seen.version, last_name=f"{seen.last_name}x"
                )
                return
            except Conflict:
                seen = world.service.users.get_user(SYSTEM, place.bob.id)

    await asyncio.gather(*(add_a_letter() for _ in range(20)))
    bob = world.service.users.get_user(SYSTEM, place.bob.id)
    assert (bob.last_name, bob.version) == ("x" * 20, 21)


async def test_a_row_changed_meanwhile_is_a_conflict_that_names_its_version(
    world: World, place: Place
) -> None:
    changed = await world.service.domains.update_domain(
        SYSTEM, place.paris.id, place.paris.version, internal_length=5
    )
    assert (changed.internal_length, changed.version) == (5, 2)
    with pytest.raises(Conflict) as refused:
        await world.service.domains.update_domain(SYSTEM, place.paris.id, 1, internal_length=6)
    assert refused.value.details == {"version": 2}
    with pytest.raises(Conflict):
        await world.service.domains.delete_domain(SYSTEM, place.paris.id, 1)
    same = await world.service.domains.update_domain(SYSTEM, place.paris.id, 2, internal_length=5)
    assert same == changed


async def test_what_is_in_use_is_not_deleted_and_says_by_what(world: World, place: Place) -> None:
    service = world.service
    company, paris, link, group = place.company, place.paris, place.link, place.group
    for delete, words, details in [
        (
            service.companies.delete_company(SYSTEM, company.id, company.version),
            "2 domains, 2 users",
            {"domains": 2, "users": 2},
        ),
        (
            service.domains.delete_domain(SYSTEM, paris.id, paris.version),
            "1 user, 1 group, 1 link, 1 device",
            {"users": 1, "groups": 1, "links": 1, "devices": 1},
        ),
        (service.links.delete_link(SYSTEM, link.id, link.version), "1 device", {"devices": 1}),
        (
            service.groups.delete_group(SYSTEM, group.id, group.version),
            "1 authorisation",
            {"authorisations": 1},
        ),
    ]:
        with pytest.raises(Conflict, match=words) as refused:
            await delete
        assert refused.value.details == details


async def test_a_user_takes_along_what_is_of_that_user(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    await service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=place.alice.id)
    )
    await service.users.delete_user(SYSTEM, place.alice.id, place.alice.version)
    assert registry.devices_of(place.alice.id) == ()
    assert registry.device_at(place.link.id, "4001") is None
    assert registry.groups[place.group.id].members == frozenset()
    assert registry.granted.to(GrantKind.APPLICATION, place.alice.id) == ()
    assert registry.users_named("alice") == ()
    actions = [row.action for row in await audited(world.storage)][-5:]
    assert actions == [
        "authorisation created",
        "device deleted",
        "group changed",
        "authorisation deleted",
        "user deleted",
    ]


async def test_everything_can_be_taken_down_again(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    for grant in service.grants.list_grants(SYSTEM, kind=GrantKind.APPLICATION):
        await service.grants.delete_grant(SYSTEM, grant.id, grant.version)
    for group in service.groups.list_groups(SYSTEM):
        await service.groups.delete_group(SYSTEM, group.id, group.version)
    for device in service.devices.list_devices(SYSTEM):
        await service.devices.delete_device(SYSTEM, device.id, device.version)
    for user in service.users.list_users(SYSTEM):
        await service.users.delete_user(SYSTEM, user.id, user.version)
    for link in service.links.list_links(SYSTEM):
        await service.links.delete_link(SYSTEM, link.id, link.version)
    for domain in service.domains.list_domains(SYSTEM):
        await service.domains.delete_domain(SYSTEM, domain.id, domain.version)
    for company in service.companies.list_companies(SYSTEM):
        await service.companies.delete_company(SYSTEM, company.id, company.version)
    assert contents(registry) == contents(Registry(Bus()))


async def test_names_are_taken_case_blind_within_their_scope(world: World, place: Place) -> None:
    service = world.service
    other = await service.companies.create_company(SYSTEM, name="Other")
    # The same names elsewhere are free.
    paris = await service.domains.create_domain(
        SYSTEM, company=other.id, name="Paris", time_zone="Europe/Paris"
    )
    await service.users.create_user(SYSTEM, domain=paris.id, username="Alice")
    await service.groups.create_group(SYSTEM, domain=place.nice.id, name="all")
    settings = {"host": "pbx"}
    await service.links.create_link(
        SYSTEM, domain=place.nice.id, name="a5000", dialect="toy", settings=settings
    )
    for create in (
        service.companies.create_company(SYSTEM, name="ſsdei"),
        service.domains.create_domain(
            SYSTEM, company=place.company.id, name="  PARIS ", time_zone="Europe/Paris"
        ),
        service.users.create_user(SYSTEM, domain=place.nice.id, username="ALICE"),
        service.groups.create_group(SYSTEM, domain=place.paris.id, name="ALL"),
        service.links.create_link(
            SYSTEM, domain=place.paris.id, name="a5000", dialect="toy", settings=settings
        ),
        service.domains.update_domain(SYSTEM, place.nice.id, 1, name="paris"),
        service.users.update_user(SYSTEM, place.bob.id, 1, username="alice"),
        service.devices.create_device(
            SYSTEM, user=place.bob.id, link=place.link.id, number="4001"
        ),
        service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, group=place.group.id)
        ),
    ):
        with pytest.raises(Conflict, match="already"):
            await create
    # One's own name in another case is no clash.
    renamed = await service.users.update_user(SYSTEM, place.alice.id, 1, username="Alice")
    assert renamed.username == "Alice"


async def test_two_who_take_a_name_at_the_same_moment(world: World, place: Place) -> None:
    tries = [
        world.service.users.create_user(SYSTEM, domain=place.paris.id, username=name)
        for name in ("carol", "Carol", "CAROL", "cArOl")
    ]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(result).__name__ for result in done) == [*["Conflict"] * 3, "User"]


DOMAIN: Mapping[str, object] = {"name": "Lyon", "time_zone": "Europe/Paris"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 101),
        ("name", "two\nlines"),
        ("name", "\ufdfa" * 100),
        ("time_zone", "Paris"),
        ("time_zone", ""),
        ("time_zone", "../../etc/passwd"),
        ("internal_length", 0),
        ("internal_length", 21),
        ("internal_length", True),
        ("inverse_length", 0),
        ("country_prefix", ""),
        ("country_prefix", "+33"),
        ("external_prefix", "a"),
        ("international_prefix", ""),
        ("national_prefix", "123456789"),
        ("incoming_remove", "*"),
        ("incoming_add", "٣"),
    ],
)
async def test_a_domain_that_cannot_be_right(
    world: World, place: Place, field: str, value: object
) -> None:
    given: dict[str, Any] = {**DOMAIN, field: value}
    with pytest.raises(Invalid) as refused:
        await world.service.domains.create_domain(SYSTEM, company=place.company.id, **given)
    assert refused.value.details == {"field": field}
    changes: dict[str, Any] = {field: value}
    with pytest.raises(Invalid):
        await world.service.domains.update_domain(SYSTEM, place.paris.id, 1, **changes)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "two words"),
        ("email", "nobody"),
        ("email", "a@b@c"),
        ("mobile", "0" * 65),
        ("culture", "de"),
        ("first_name", "\x00"),
    ],
)
async def test_a_user_that_cannot_be_right(
    world: World, place: Place, field: str, value: object
) -> None:
    given: dict[str, Any] = {"username": "carol", field: value}
    with pytest.raises(Invalid) as refused:
        await world.service.users.create_user(SYSTEM, domain=place.paris.id, **given)
    assert refused.value.details == {"field": field}


@pytest.mark.parametrize("number", ["", "40 01", "4001x", "a", "E", "4" * 33, "4001\n", "٤"])
async def test_a_device_number_that_cannot_be_right(
    world: World, place: Place, number: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await world.service.devices.create_device(
            SYSTEM, user=place.bob.id, link=place.link.id, number=number
        )
    assert refused.value.details == {"field": "number"}


async def test_a_device_moves_between_links_and_users(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    second = await service.links.create_link(
        SYSTEM, domain=place.nice.id, name="Second", dialect="toy", settings={"host": "b"}
    )
    taken = await service.devices.create_device(
        SYSTEM, user=place.bob.id, link=second.id, number="4001", label="Desk"
    )
    with pytest.raises(Conflict, match="belongs to bob"):
        await service.devices.update_device(SYSTEM, place.device.id, 1, link=second.id)
    moved = await service.devices.update_device(
        SYSTEM, place.device.id, 1, link=second.id, number="4002", user=place.bob.id
    )
    assert moved.domain == place.nice.id
    assert registry.devices_of(place.bob.id) == (moved, taken)
    assert registry.devices_on(place.link.id) == ()
    assert registry.device_at(place.link.id, "4001") is None
    assert registry.device_at(second.id, "4002") == moved
    await service.links.delete_link(SYSTEM, place.link.id, place.link.version)


async def test_a_link_keeps_its_secrets_unless_told_others(world: World, place: Place) -> None:
    service = world.service

    async def update(**changes: Any) -> Mapping[str, object]:
        version = service.links.get_link(SYSTEM, place.link.id).version
        link = await service.links.update_link(SYSTEM, place.link.id, version, **changes)
        return service.links.opened_link(link).settings

    opened = service.links.opened_link(place.link).settings
    assert opened == {"port": 3211, "host": "127.0.0.1", "password": "hidden"}
    here = {"host": "127.0.0.1"}
    assert (await update(settings={**here, "note": "a"}))["password"] == "hidden"
    assert (await update(settings={**here, "password": None}))["password"] == "hidden"
    before = service.links.get_link(SYSTEM, place.link.id)
    # The same secret again is no change.
    assert await update(settings={**here, "password": "hidden"})
    assert service.links.get_link(SYSTEM, place.link.id) == before
    assert (await update(capacity=7))["password"] == "hidden"
    assert (await update(settings={"host": "pbx", "password": ""}))["password"] == ""
    with pytest.raises(Invalid, match="host is needed"):
        await update(settings={})
    with pytest.raises(Invalid, match="no dialect"):
        await update(dialect="nothing", settings={"host": "pbx"})
    with pytest.raises(Invalid, match="host is needed"):
        await update(dialect="other")
    assert "password" not in await update(dialect="other", settings={"host": "pbx"})
    # A row itself shows only a part.
    told = " ".join(str(tuple(row)) for row in await audited(world.storage))
    assert "hidden" not in told and "sealed:" not in told
    assert "A5000" in told and "***" in told


@pytest.mark.parametrize("capacity", [0, 100_001, -1])
async def test_a_capacity_that_cannot_be_right(world: World, place: Place, capacity: int) -> None:
    with pytest.raises(Invalid) as refused:
        await world.service.links.update_link(SYSTEM, place.link.id, 1, capacity=capacity)
    assert refused.value.details == {"field": "capacity"}


async def test_each_owner_of_a_link_has_a_higher_epoch(world: World, place: Place) -> None:
    assert [await world.service.links.own_link(place.link.id) for _ in range(3)] == [1, 2, 3]
    assert world.registry.links[place.link.id].epoch == 3
    # A change of the link leaves the fence as it is.
    changed = await world.service.links.update_link(SYSTEM, place.link.id, 1, name="B")
    assert (changed.epoch, changed.version) == (3, 2)
    both = await asyncio.gather(*(world.service.links.own_link(place.link.id) for _ in range(2)))
    assert sorted(both) == [4, 5]
    async with world.storage.reading() as reader:
        assert (await reader.execute(select(link_table.c.epoch))).scalar_one() == 5
    with pytest.raises(NotFound):
        await world.service.links.own_link("unknown")


async def test_an_application_is_granted_and_withdrawn(world: World, place: Place) -> None:
    service = world.service
    grant = await service.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, user=place.bob.id)
    )
    assert world.registry.applications(place.bob.id) == {Application.CALLER}
    await service.grants.delete_grant(SYSTEM, grant.id)
    assert world.registry.applications(place.bob.id) == frozenset()


async def test_the_last_super_user_stays_one(world: World) -> None:
    service = world.service
    first = await service.administrators.create_administrator(
        SYSTEM, username="first", super_user=True
    )
    for change in (
        service.administrators.delete_administrator(SYSTEM, first.id, 1),
        service.administrators.update_administrator(SYSTEM, first.id, 1, super_user=False),
    ):
        with pytest.raises(Conflict, match="last super user"):
            await change
    with pytest.raises(Conflict, match="already"):
        await service.administrators.create_administrator(SYSTEM, username="FIRST")
    second = await service.administrators.create_administrator(
        SYSTEM, username="second", super_user=True
    )
    both = await asyncio.gather(
        service.administrators.delete_administrator(SYSTEM, first.id, 1),
        service.administrators.update_administrator(SYSTEM, second.id, 1, super_user=False),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Conflict) for result in both) == 1


async def test_an_administrator_manages_the_companies_named(world: World, place: Place) -> None:
    service = world.service
    other = await service.companies.create_company(SYSTEM, name="Other")
    made = await service.administrators.create_administrator(
        SYSTEM, username="limited", companies=[place.company.id]
    )
    limited = Actor(label="limited", administrator=made.id, companies=made.companies)
    assert service.companies.list_companies(limited) == (place.company,)
    assert service.administrators.list_administrators(limited) == (made,)
    assert service.administrators.get_administrator(limited, made.id) == made
    with pytest.raises(NotFound):
        await service.domains.create_domain(
            limited, company=other.id, name="Lyon", time_zone="Europe/Paris"
        )
    for refused in (
        service.companies.create_company(limited, name="New"),
        service.companies.delete_company(limited, place.company.id, 1),
        service.administrators.create_administrator(limited, username="new"),
        service.administrators.update_administrator(limited, made.id, 1, super_user=True),
        service.administrators.delete_administrator(limited, AdministratorId("unknown"), 1),
    ):
        with pytest.raises(NotAllowed):
            await refused
    with pytest.raises(Conflict, match="1 administrator"):
        for domain in (place.paris, place.nice):
            await clear(world, domain.id)
        await service.companies.delete_company(SYSTEM, place.company.id, 1)


async def clear(world: World, domain: str) -> None:
    """Empty and delete a domain."""
    service = world.service
    for grant in service.grants.list_grants(SYSTEM, kind=GrantKind.APPLICATION):
        await service.grants.delete_grant(SYSTEM, grant.id)
    for user in service.users.list_users(SYSTEM):
        if user.domain == domain:
            await service.users.delete_user(SYSTEM, user.id, user.version)
    for group in service.groups.list_groups(SYSTEM):
        if group.domain == domain:
            await service.groups.delete_group(SYSTEM, group.id, group.version)
    for link in service.links.list_links(SYSTEM):
        if link.domain == domain:
            await service.links.delete_link(SYSTEM, link.id, link.version)
    for row in service.domains.list_domains(SYSTEM):
        if row.id == domain:
            await service.domains.delete_domain(SYSTEM, row.id, row.version)


async def test_users_look_but_do_not_touch(world: World, place: Place) -> None:
    service = world.service
    assert service.users.list_users(place.user) == (place.alice, place.bob)
    assert service.devices.get_device(place.user, place.device.id) == place.device
    assert service.links.list_links(place.user) == ()
    assert service.grants.list_grants(place.user) == ()
    for refused in (
        service.users.update_user(place.user, place.alice.id, 1, first_name="Eve"),
        service.devices.delete_device(place.user, place.device.id, 1),
        service.groups.create_group(place.user, domain=place.paris.id, name="Mine"),
    ):
        with pytest.raises(NotAllowed):
            await refused
    with pytest.raises(NotAllowed):
        service.links.get_link(place.user, place.link.id)


async def test_the_audit_log_tells_every_change(world: World, place: Place) -> None:
    before = len(await audited(world.storage))
    await world.service.users.update_user(
        place.administrator, place.alice.id, 1, first_name="Alice"
    )
    rows = await audited(world.storage)
    assert len(rows) == before + 1
    last = rows[-1]
    assert (last.actor, last.action) == ("administrator", "user changed")
    assert (last.target, last.company) == (place.alice.id, place.company.id)
    assert (last.before["first_name"], last.after["first_name"]) == ("", "Alice")
    assert (last.before["version"], last.after["version"]) == (1, 2)
