"""Directories, what may be changed of them, and who may look into them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import granting
from tests.organisation.world import Place, World, contents, service_for
from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotFound, ServiceError
from tws.organisation.actor import SYSTEM, Actor, DirectoryId
from tws.organisation.grant import GrantKind
from tws.organisation.model import BuiltIn, Directory, DirectoryKind, SyncSchedule
from tws.organisation.registry import Registry
from tws.organisation.store import directory as directory_table
from tws.storage.audit import audit
from tws.storage.secrets import KEY_FILE, Secrets

PIN = 986_543_217
"In no id and no time."
SETTINGS: Mapping[str, object] = {"host": "ldap.example", "password": "hidden"}
WHOLE: Mapping[str, Any] = {
    "name": "Exchange",
    "connector": "toy",
    "settings": SETTINGS,
    "mapping": {"last_name": " Surname|u ", "work": "Phone", "private0": "Vip", "photo": " "},
    "labels": {"private0": "[VIP]", "private9": "Id", "private3": ""},
    "priority": 1,
    "schedule": SyncSchedule.INTERVAL,
    "minutes": 10_080,
    "merge": True,
}


async def new_directory(world: World, place: Place, **other: Any) -> Directory:
    fields: dict[str, Any] = {**WHOLE, "domain": place.paris.id, **other}
    return await world.service.directories.create_directory(SYSTEM, **fields)


async def stored(world: World) -> str:
    """All that the database says of directories, the audit log included."""
    async with world.storage.reading() as reader:
        rows = [
            *await reader.execute(select(directory_table)),
            *await reader.execute(select(audit)),
        ]
    return " ".join(str(tuple(row)) for row in rows)  # a row itself shows only a part


async def test_a_directory_from_making_to_deleting(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    made = await new_directory(world, place)
    assert made.mapping == {"last_name": "Surname|u", "work": "Phone", "private0": "Vip"}
    assert made.labels == {"private0": "[VIP]", "private9": "Id"}
    assert (made.company, made.domain, made.synchronised) == (*ids(place), None)
    assert registry.directories[made.id] == made
    assert made in registry.directories_of(place.paris.id)
    assert made not in registry.directories_for(place.alice.id)
    await service.grants.create_grant(SYSTEM, **granting.directory(made.id, user=place.alice.id))
    assert made in registry.directories_for(place.alice.id)
    changed = await service.directories.update_directory(
        SYSTEM, made.id, 1, name="Other", priority=9, labels={}, kind=DirectoryKind.PRIVATE
    )
    assert (changed.version, changed.labels, changed.mapping) == (2, {}, made.mapping)
    assert registry.directories_for(place.alice.id)[-1] == changed
    assert await service.directories.update_directory(SYSTEM, made.id, 2, name="Other") == changed
    fresh = Registry(Bus())
    await fresh.load(world.storage)
    assert contents(fresh) == contents(registry)
    await service.directories.delete_directory(SYSTEM, made.id, 2)
    assert made.id not in registry.directories
    assert registry.granted.of(GrantKind.DIRECTORY, made.id) == ()


def ids(place: Place) -> tuple[str, str]:
    return place.company.id, place.paris.id


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("name", "", "name"),
        ("name", "x" * 101, "name"),
        ("priority", -1, "priority"),
        ("priority", True, "priority"),
        ("minutes", 0, "minutes"),
        ("minutes", 10_081, "minutes"),
        ("connector", "nothing", "connector"),
        ("connector", "tws_contacts", "connector"),
        ("connector", "tws_users", "connector"),
        ("settings", {}, "settings"),
        ("mapping", {"surname": "sn"}, "mapping.surname"),
        ("mapping", {"last_name": "sn|z"}, "mapping.last_name"),
        ("mapping", {"last_name": "|u"}, "mapping.last_name"),
        ("mapping", {"work": "tel|p:9{0}::("}, "mapping.work"),
        ("labels", {"private10": "x"}, "labels.private10"),
        ("labels", {"last_name": "x"}, "labels.last_name"),
        ("labels", {"private1": "Id", "private2": " id "}, "labels.private2"),
        ("labels", {"private1": "x" * 101}, "labels.private1"),
    ],
)
async def test_a_directory_that_cannot_be_right(
    world: World, place: Place, field: str, value: object, named: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await new_directory(world, place, **{field: value})
    assert refused.value.details == {"field": named}
    made = await new_directory(world, place)
    change: dict[str, Any] = {field: value}
    with pytest.raises(Invalid):
        await world.service.directories.update_directory(SYSTEM, made.id, 1, **change)


async def test_a_connector_offers_kinds_of_directories(world: World, place: Place) -> None:
    with pytest.raises(Invalid, match="is public") as refused:
        await new_directory(world, place, connector="other", kind=DirectoryKind.PRIVATE)
    assert refused.value.details == {"field": "kind"}
    private = await new_directory(world, place, kind=DirectoryKind.PRIVATE)
    with pytest.raises(Invalid, match="is public"):
        await world.service.directories.update_directory(
            SYSTEM, private.id, 1, connector="other", settings=SETTINGS
        )
    disabled = await new_directory(
        world, place, name="B", connector="other", kind=DirectoryKind.DISABLED
    )
    await world.service.grants.create_grant(
        SYSTEM, **granting.directory(disabled.id, domain=place.paris.id)
    )
    assert disabled not in world.registry.directories_for(place.alice.id)
    enabled = await world.service.directories.update_directory(
        SYSTEM, disabled.id, 1, kind=DirectoryKind.PUBLIC
    )
    assert enabled in world.registry.directories_for(place.alice.id)


async def test_names_are_taken_case_blind_in_a_domain(world: World, place: Place) -> None:
    service = world.service
    made = await new_directory(world, place)
    await new_directory(world, place, domain=place.nice.id)
    for name in ("EXCHANGE", " users "):
        with pytest.raises(Conflict, match="already"):
            await new_directory(world, place, name=name)
    with pytest.raises(Conflict, match="already"):
        await service.directories.update_directory(SYSTEM, made.id, 1, name="public contacts")
    await service.directories.update_directory(SYSTEM, made.id, 1, name="exchange")


async def test_of_a_built_in_directory_few_things_can_be_changed(
    world: World, place: Place
) -> None:
    service, registry = world.service, world.registry
    built_in = registry.built_in(place.paris.id, BuiltIn.PUBLIC)
    assert built_in is not None
    changed = await service.directories.update_directory(
        SYSTEM, built_in.id, 1, name="Contacts", priority=7, merge=True
    )
    assert (changed.name, changed.priority, changed.merge) == ("Contacts", 7, True)
    assert registry.built_in(place.paris.id, BuiltIn.PUBLIC) == changed
    for field, value in (
        ("kind", DirectoryKind.DISABLED),
        ("connector", "toy"),
        ("connector", "tws_users"),
        ("settings", {"host": "x"}),
        ("mapping.work", {"work": "x"}),
        ("mapping.private1", {"private1": "TITLE|h"}),
        ("labels.work", {"work": "x"}),
        ("schedule", SyncSchedule.DAILY),
        ("minutes", 5),
    ):
        change: dict[str, Any] = {field.partition(".")[0]: value}
        with pytest.raises(Invalid) as refused:
            await service.directories.update_directory(SYSTEM, built_in.id, 2, **change)
        assert refused.value.details == {"field": field}
    users = registry.built_in(place.paris.id, BuiltIn.USERS)
    assert users is not None and not users.labels
    for own in ({"labels": {"private0": "x"}}, {"mapping": {"private0": "x"}}):
        with pytest.raises(Invalid):
            await service.directories.update_directory(SYSTEM, users.id, 1, **own)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="part of TWS"):
        await service.directories.delete_directory(SYSTEM, built_in.id, 2)
    made = await new_directory(world, place)
    with pytest.raises(Invalid):
        await service.directories.update_directory(SYSTEM, made.id, 1, connector="tws_contacts")


async def test_a_domain_with_a_directory_of_its_own_stays(world: World, place: Place) -> None:
    service, company = world.service, place.company.id
    lyon = await service.domains.create_domain(
        SYSTEM, company=company, name="Lyon", time_zone="Europe/Paris"
    )
    made = await new_directory(world, place, domain=lyon.id)
    queue = await service.queues.create_queue(SYSTEM, domain=lyon.id, name="Reception")
    group = await service.intercom_groups.create_intercom_group(
        SYSTEM, domain=lyon.id, name="Hotline"
    )
    with pytest.raises(Conflict, match="1 queue, 1 intercom group"):
        await service.domains.delete_domain(SYSTEM, lyon.id, 1)
    await service.queues.delete_queue(SYSTEM, queue.id, 1)
    await service.intercom_groups.delete_intercom_group(SYSTEM, group.id, 1)
    with pytest.raises(Conflict, match="the directory Exchange"):
        await service.domains.delete_domain(SYSTEM, lyon.id, 1)
    assert len(world.registry.directories_of(lyon.id)) == 4
    await service.directories.delete_directory(SYSTEM, made.id, 1)
    await service.domains.delete_domain(SYSTEM, lyon.id, 1)


# ---------------------------------------------------------------- secrets


async def test_secrets_are_sealed_everywhere_and_opened_for_the_connector(
    world: World, place: Place
) -> None:
    service = world.service
    made = await new_directory(world, place)
    assert service.directories.opened_settings(made) == {"port": 3211, **SETTINGS}

    async def update(**changes: Any) -> Mapping[str, object]:
        version = service.directories.get_directory(SYSTEM, made.id).version
        row = await service.directories.update_directory(SYSTEM, made.id, version, **changes)
        return service.directories.opened_settings(row)

    with pytest.raises(Invalid, match="type it again"):
        await update(settings={"host": "b"})
    assert (await update(settings={"host": "b", "password": "hidden"}))["password"] == "hidden"
    assert (await update(settings={"host": "b"}))["password"] == "hidden"
    assert (await update(settings={"host": "b", "password": None}))["password"] == "hidden"
    before = service.directories.get_directory(SYSTEM, made.id)
    # The same secret again is no change.
    assert await update(settings={"host": "b", "password": "hidden"})
    assert service.directories.get_directory(SYSTEM, made.id) == before
    assert (await update(settings={"host": "b", "password": "hidden 2"}))["password"] == "hidden 2"
    assert (await update(settings={"host": "b", "password": ""}))["password"] == ""
    assert (await update(settings={"host": "b", "pin": PIN}))["pin"] == PIN
    assert "password" not in await update(connector="other", settings={"host": "b"})
    await service.directories.delete_directory(
        SYSTEM, made.id, service.directories.get_directory(SYSTEM, made.id).version
    )
    told = await stored(world) + str(world.registry.directories)
    assert "hidden" not in told and str(PIN) not in told
    assert "sealed:" not in told and "***" in told


async def test_a_lost_key_is_told_and_the_secret_can_be_entered_again(
    world: World, place: Place, tmp_path: Path
) -> None:
    kept = service_for(world.storage, world.registry, Secrets(tmp_path))
    fields: dict[str, Any] = {**WHOLE, "domain": place.paris.id}
    made = await kept.directories.create_directory(SYSTEM, **fields)
    (tmp_path / KEY_FILE).unlink()
    service = service_for(world.storage, world.registry, Secrets(tmp_path))
    with pytest.raises(Invalid, match="is gone") as lost:
        service.directories.opened_settings(made)
    assert lost.value.details == {"field": "settings.password"}
    # What needs no secret goes on.
    made = await service.directories.update_directory(SYSTEM, made.id, 1, name="Renamed")
    with pytest.raises(Invalid, match="enter the secret again"):
        await service.directories.update_directory(SYSTEM, made.id, 2, settings={"host": "b"})
    made = await service.directories.update_directory(SYSTEM, made.id, 2, settings=SETTINGS)
    assert service.directories.opened_settings(made)["password"] == "hidden"
    (tmp_path / KEY_FILE).write_text("no key")
    service = service_for(world.storage, world.registry, Secrets(tmp_path))
    with pytest.raises(Invalid, match="holds no key"):
        await service.directories.update_directory(
            SYSTEM, made.id, 3, settings={"host": "b", "password": "another"}
        )


# ---------------------------------------------------------------- grants


async def test_a_directory_is_granted_to_exactly_one_grantee_once(
    world: World, place: Place
) -> None:
    service, registry = world.service, world.registry
    made = await new_directory(world, place)
    queue = await service.queues.create_queue(SYSTEM, domain=place.nice.id, name="Reception")
    intercom = await service.intercom_groups.create_intercom_group(
        SYSTEM, domain=place.nice.id, name="Hotline"
    )
    grantees: dict[str, Any] = {
        "user": place.bob.id,
        "group": place.group.id,
        "queue": queue.id,
        "intercom_group": intercom.id,
        "domain": place.nice.id,
    }
    for kind, id in grantees.items():
        grant = await service.grants.create_grant(
            SYSTEM, **granting.directory(made.id, **{kind: id})
        )
        assert (grant.grantee, grant.company) == (id, place.company.id)
        assert service.grants.list_grants(SYSTEM, object=made.id, grantee=id) == (grant,)
        with pytest.raises(Conflict, match="already") as refused:
            await service.grants.create_grant(SYSTEM, **granting.directory(made.id, **{kind: id}))
        assert refused.value.details == {"field": "grantee"}
    assert len(registry.granted.of(GrantKind.DIRECTORY, made.id)) == 5
    for delete in (
        service.queues.delete_queue(SYSTEM, queue.id, 1),
        service.intercom_groups.delete_intercom_group(SYSTEM, intercom.id, 1),
        service.groups.delete_group(SYSTEM, place.group.id, place.group.version),
    ):
        with pytest.raises(Conflict, match="1 directory grant") as used:
            await delete
        assert used.value.details["directory_grants"] == 1
    await service.users.delete_user(SYSTEM, place.bob.id, 1)
    assert service.grants.list_grants(SYSTEM, kind=GrantKind.DIRECTORY, grantee=place.bob.id) == ()


async def test_it_is_seen_at_once_after_every_change(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    made = await new_directory(world, place)
    bob, group = place.bob, place.group

    def sees() -> bool:
        return made.id in {d.id for d in registry.directories_for(bob.id)}

    assert not sees()
    grant = await service.grants.create_grant(
        SYSTEM, **granting.directory(made.id, group=group.id)
    )
    assert not sees()
    group = await service.groups.set_members(SYSTEM, group.id, group.version, [bob.id])
    assert sees()
    group = await service.groups.set_members(SYSTEM, group.id, group.version, [])
    assert not sees()
    await service.grants.delete_grant(SYSTEM, grant.id)
    grant = await service.grants.create_grant(
        SYSTEM, **granting.directory(made.id, domain=place.paris.id)
    )
    assert not sees()
    bob = await service.users.update_user(SYSTEM, bob.id, bob.version, domain=place.paris.id)
    assert sees()
    await service.grants.delete_grant(SYSTEM, grant.id)
    assert not sees()


async def test_two_companies_share_nothing(world: World, place: Place) -> None:
    service = world.service
    other = await service.companies.create_company(SYSTEM, name="Other")
    berlin = await service.domains.create_domain(
        SYSTEM, company=other.id, name="Berlin", time_zone="Europe/Berlin"
    )
    erin = await service.users.create_user(SYSTEM, domain=berlin.id, username="erin")
    group = await service.groups.create_group(SYSTEM, domain=berlin.id, name="All")
    queue = await service.queues.create_queue(SYSTEM, domain=berlin.id, name="Reception")
    intercom = await service.intercom_groups.create_intercom_group(
        SYSTEM, domain=berlin.id, name="Hotline"
    )
    made = await new_directory(world, place)
    foreign: dict[str, Any] = {
        "user": erin.id,
        "group": group.id,
        "queue": queue.id,
        "intercom_group": intercom.id,
        "domain": berlin.id,
    }
    both = Actor(label="both", companies=frozenset({other.id, place.company.id}))
    for actor in (both, place.administrator, SYSTEM):
        for kind, id in foreign.items():
            answers = []
            for wanted in (id, "unknown"):
                given: dict[str, Any] = {kind: wanted}
                with pytest.raises(NotFound) as refused:
                    await service.grants.create_grant(
                        actor, **granting.directory(made.id, **given)
                    )
                answers.append((refused.value.message, refused.value.details))
            assert answers[0] == answers[1], kind


async def test_the_end_of_a_synchronisation_is_no_change_of_settings(
    world: World, place: Place
) -> None:
    service, registry = world.service, world.registry
    made = await new_directory(world, place)
    await service.grants.create_grant(SYSTEM, **granting.directory(made.id, domain=place.paris.id))
    assert registry.directories_for(place.alice.id)
    at = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    await service.directories.directory_synchronised(made.id, at)
    held = registry.directories[made.id]
    assert (held.synchronised, held.version) == (at, 1)
    assert held in registry.directories_for(place.alice.id)
    changed = await service.directories.update_directory(SYSTEM, made.id, 1, priority=3)
    assert changed.synchronised == at
    fresh = Registry(Bus())
    await fresh.load(world.storage)
    assert contents(fresh) == contents(registry)
    with pytest.raises(ServiceError):
        await service.directories.directory_synchronised(DirectoryId("unknown"), at)


async def test_of_equals_private_ones_come_first_then_by_name(world: World, place: Place) -> None:
    private, public = DirectoryKind.PRIVATE, DirectoryKind.PUBLIC
    for name, kind, priority in (
        ("beta", public, 1),
        ("Alpha", public, 1),
        ("zeta", private, 1),
        ("omega", public, 0),
    ):
        made = await new_directory(world, place, name=name, kind=kind, priority=priority)
        await world.service.grants.create_grant(
            SYSTEM, **granting.directory(made.id, group=place.group.id)
        )
    seen = world.registry.directories_for(place.alice.id)
    names = [d.name for d in seen if d.built_in is None]
    assert names == ["omega", "zeta", "Alpha", "beta"]
    assert seen.index(next(d for d in seen if d.name == "omega")) == 1


async def test_queues_and_intercom_groups_have_names(world: World, place: Place) -> None:
    service = world.service
    for create, update, listed in (
        (
            service.queues.create_queue,
            service.queues.update_queue,
            service.queues.list_queues,
        ),
        (
            service.intercom_groups.create_intercom_group,
            service.intercom_groups.update_intercom_group,
            service.intercom_groups.list_intercom_groups,
        ),
    ):
        made: Any = await create(SYSTEM, domain=place.paris.id, name=" Reception ")
        assert made.name == "Reception"
        for name in ("RECEPTION", ""):
            with pytest.raises(ServiceError) as refused:
                await create(SYSTEM, domain=place.paris.id, name=name)
            assert refused.value.details["field"] == "name"
        await create(SYSTEM, domain=place.nice.id, name="Reception")
        renamed: Any = await update(SYSTEM, made.id, 1, name="Desk")
        assert (renamed.name, renamed.version) == ("Desk", 2)
        assert listed(place.user, domain=place.paris.id) == (renamed,)
