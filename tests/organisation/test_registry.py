"""The registry is what the database holds, whatever happened."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import granting
from tests.databases import sqlite_copy
from tests.organisation.world import World, contents, new_place, new_world, service_for
from tests.peers.postgresql import Server
from tests.peers.postgresql_proxy import Proxy
from tws.bus import Bus
from tws.errors import ServiceError
from tws.organisation.actor import SYSTEM, DirectoryId
from tws.organisation.applications import Application
from tws.organisation.directories import DirectoryFields
from tws.organisation.events import UserChanged
from tws.organisation.grant import Grant, GrantKind
from tws.organisation.model import Directory, DirectoryKind, User
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.rereading import Rereading
from tws.schedule import Schedule
from tws.storage import Storage, StorageUnavailable

NAMES = ["a", "A", "b", "c", "Straße", "STRASSE"]
Work = Coroutine[Any, Any, object]


def pick(rows: Any, number: int) -> Any:
    """One of the rows; something unknown where there is none."""
    found = sorted(rows, key=lambda row: row.id)
    return found[number % len(found)] if found else NOTHING


class Nothing:
    id = "unknown"
    version = 1
    domain = "unknown"


NOTHING = Nothing()


def creating(w: World, number: int, name: str) -> list[Work]:
    service, r = w.service, w.registry
    company, domain = pick(r.companies.values(), number), pick(r.domains.values(), number)
    user, link = pick(r.users.values(), number), pick(r.links.values(), number)
    group = pick(r.groups.values(), number)
    directory = pick(r.directories.values(), number)
    host = {"host": name}
    fields: DirectoryFields = {"name": name, "priority": number % 3}
    grants = [
        {"user": user.id},
        {"group": group.id},
        {"domain": domain.id},
        {"queue": pick(r.queues.values(), number).id},
        {"intercom_group": pick(r.intercom_groups.values(), number).id},
    ]
    return [
        service.directories.create_directory(
            SYSTEM, domain=domain.id, connector="toy", settings=host, **fields
        ),
        *(
            service.grants.create_grant(SYSTEM, **granting.directory(directory.id, **grant))
            for grant in grants
        ),
        service.grants.create_grant(
            SYSTEM, **granting.calendars({"group": group.id}, user=user.id)
        ),
        service.grants.create_grant(
            SYSTEM, **granting.calendars({"user": user.id}, group=group.id)
        ),
        service.parameters.set_parameter(
            SYSTEM, parameter="MapServiceURL", value=f"https://{number}/{{0}}", user=user.id
        ),
        service.parameters.set_parameter(
            SYSTEM, parameter="timeSynchronizationDirectories", value="04:00", domain=domain.id
        ),
        service.queues.create_queue(SYSTEM, domain=domain.id, name=name),
        service.intercom_groups.create_intercom_group(SYSTEM, domain=domain.id, name=name),
        service.companies.create_company(SYSTEM, name=name),
        service.domains.create_domain(
            SYSTEM, company=company.id, name=name, time_zone="Europe/Paris"
        ),
        service.users.create_user(SYSTEM, domain=domain.id, username=name),
        service.links.create_link(
            SYSTEM, domain=domain.id, name=name, dialect="toy", settings=host
        ),
        service.groups.create_group(SYSTEM, domain=domain.id, name=name),
        service.devices.create_device(SYSTEM, user=user.id, link=link.id, number=str(number)),
        service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, user=user.id)
        ),
        service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, group=group.id)
        ),
        service.administrators.create_administrator(
            SYSTEM, username=name, super_user=number % 2 == 0
        ),
    ]


def changing(w: World, number: int, name: str) -> list[Work]:
    service, r = w.service, w.registry
    domain, user = pick(r.domains.values(), number // 2), pick(r.users.values(), number)
    link, group = pick(r.links.values(), number // 3), pick(r.groups.values(), number)
    device, admin = pick(r.devices.values(), number), pick(r.administrators.values(), number)
    company = pick(r.companies.values(), number)
    directory = pick(r.directories.values(), number)
    kind = list(DirectoryKind)[number % 3]
    queue, intercom = pick(r.queues.values(), number), pick(r.intercom_groups.values(), number)
    members = [u.id for u in list(r.users.values())[: number % 4]]
    return [
        service.directories.update_directory(
            SYSTEM, directory.id, directory.version, name=name, priority=number
        ),
        service.directories.update_directory(SYSTEM, directory.id, directory.version, kind=kind),
        service.parameters.set_parameter(
            SYSTEM,
            parameter="MapServiceURL",
            value=f"https://{number}/{{0}}",
            version=1,
            user=user.id,
        ),
        service.directories.directory_synchronised(
            directory.id, datetime(2026, 3, 1 + number, tzinfo=UTC)
        ),
        service.queues.update_queue(SYSTEM, queue.id, queue.version, name=name),
        service.intercom_groups.update_intercom_group(
            SYSTEM, intercom.id, intercom.version, name=name
        ),
        service.groups.update_group(SYSTEM, group.id, group.version, rank=number),
        service.companies.update_company(SYSTEM, company.id, company.version, name=name),
        service.domains.update_domain(SYSTEM, domain.id, domain.version, name=name),
        service.users.update_user(
            SYSTEM, user.id, user.version, username=name, enabled=number % 2 == 0
        ),
        service.users.update_user(SYSTEM, user.id, user.version, domain=domain.id),
        service.links.update_link(SYSTEM, link.id, link.version, settings={"host": name}),
        service.devices.update_device(
            SYSTEM, device.id, device.version, link=link.id, user=user.id
        ),
        service.groups.set_members(SYSTEM, group.id, group.version, members),
        service.administrators.update_administrator(
            SYSTEM, admin.id, admin.version, companies=[company.id], super_user=False
        ),
        service.links.own_link(link.id),
    ]


def of_kind(registry: Registry, kind: GrantKind) -> dict[str, Grant]:
    return {id: grant for id, grant in registry.grants.items() if grant.kind is kind}


def deleting(w: World, number: int, name: str) -> list[Work]:
    service, r = w.service, w.registry
    tables: list[tuple[Callable[..., Work], Any]] = [
        (service.companies.delete_company, r.companies),
        (service.domains.delete_domain, r.domains),
        (service.users.delete_user, r.users),
        (service.links.delete_link, r.links),
        (service.groups.delete_group, r.groups),
        (service.devices.delete_device, r.devices),
        (service.grants.delete_grant, of_kind(r, GrantKind.APPLICATION)),
        (service.directories.delete_directory, r.directories),
        (service.grants.delete_grant, of_kind(r, GrantKind.DIRECTORY)),
        (service.grants.delete_grant, of_kind(r, GrantKind.CALENDAR)),
        (service.parameters.delete_parameter_value, r.parameter_values),
        (service.queues.delete_queue, r.queues),
        (service.intercom_groups.delete_intercom_group, r.intercom_groups),
        (service.administrators.delete_administrator, r.administrators),
    ]
    rows = [(delete, pick(table.values(), number)) for delete, table in tables]
    return [delete(SYSTEM, row.id, row.version) for delete, row in rows]


STEPS = st.lists(
    st.tuples(
        st.sampled_from([creating, creating, changing, deleting]),
        st.integers(0, 21),
        st.integers(0, 11),
        st.sampled_from(NAMES),
        st.sampled_from(["whole", "whole", "together", "cancelled"]),
        st.integers(0, 40),
    ),
    max_size=25,
)


async def fresh(storage: Storage) -> Registry:
    registry = Registry(Bus())
    await registry.load(storage)
    return registry


def naively(registry: Registry, user: User) -> tuple[Directory, ...]:
    """The directories of a user, looked for in everything there is."""
    grantees = {user.id, user.domain}
    grantees |= {group.id for group in registry.groups.values() if user.id in group.members}
    found = [
        registry.directories[DirectoryId(grant.object)]
        for grant in of_kind(registry, GrantKind.DIRECTORY).values()
        if grant.grantee in grantees
    ]
    once = {d.id: d for d in found if d.kind is not DirectoryKind.DISABLED}.values()
    ordered = sorted(once, key=lambda d: d.id)
    ordered.sort(key=lambda d: fold(d.name))
    ordered.sort(key=lambda d: d.kind is DirectoryKind.PUBLIC)
    ordered.sort(key=lambda d: d.priority)
    return tuple(ordered)


async def whether_it_works_or_not(work: Work) -> None:
    try:
        await work
    except ServiceError:
        return


async def walk(url: str, steps: list[Any]) -> None:
    bus = Bus()
    storage = Storage(url, bus.publish)
    await storage.open()
    try:
        world = await new_world(storage, bus)
        await new_place(world.service)
        for choose, which, number, name, how, delay in steps:
            works = choose(world, number, name)
            chosen = works[which % len(works)]
            for other in works:
                if other is not chosen and how != "together":
                    other.close()
            if how == "together":
                await asyncio.gather(*map(whether_it_works_or_not, works))
            elif how == "cancelled":
                task = asyncio.ensure_future(whether_it_works_or_not(chosen))
                for _ in range(delay):
                    await asyncio.sleep(0)
                task.cancel()
                await asyncio.wait({task})
                chosen.close()  # it may never have begun
            else:
                await whether_it_works_or_not(chosen)
        assert contents(world.registry) == contents(await fresh(storage))
        for user in world.registry.users.values():
            assert world.registry.directories_for(user.id) == naively(world.registry, user)
        assert bus.failed == {}
    finally:
        await storage.close()


@settings(max_examples=25)
@given(steps=STEPS)
def test_after_any_changes_it_is_what_a_fresh_one_reads(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    async def once() -> None:
        with tempfile.TemporaryDirectory() as folder:
            await walk(await sqlite_copy(Path(folder), tmp_path_factory), steps)

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(once())


async def test_what_another_process_changed_is_heard_on_refresh(
    migrated_url: str, storage: Storage, bus: Bus
) -> None:
    """Each change is published, so that whoever follows the organisation hears it too."""
    world = await new_world(storage, bus)
    place = await new_place(world.service)
    elsewhere_bus = Bus()
    elsewhere = Storage(migrated_url, elsewhere_bus.publish)
    await elsewhere.open()
    other = await new_world(elsewhere, elsewhere_bus)
    await other.service.users.delete_user(SYSTEM, place.bob.id, 1)
    await other.service.users.update_user(SYSTEM, place.alice.id, 1, first_name="Alice")
    await other.service.users.create_user(SYSTEM, domain=place.nice.id, username="carol")
    await elsewhere.close()
    assert world.registry.users_named("carol") == ()
    published = bus.published["UserChanged"]
    assert await world.registry.refresh(storage) == 3
    assert bus.published["UserChanged"] == published + 3
    assert contents(world.registry) == contents(await fresh(storage))
    assert await world.registry.refresh(storage) == 0


async def test_an_older_event_is_ignored(sqlite_storage: Storage, bus: Bus) -> None:
    world = await new_world(sqlite_storage, bus)
    place = await new_place(world.service)
    changed = await world.service.users.update_user(SYSTEM, place.alice.id, 1, first_name="A")
    bus.publish(UserChanged(None, place.alice))
    assert world.registry.users[place.alice.id] == changed


async def test_a_commit_whose_answer_was_lost_is_heard_of(
    postgresql: Server, bus: Bus, tmp_path: Path
) -> None:
    """The database wrote it; the connection broke before it could say so."""
    url = await postgresql.new_database()
    async with Proxy(postgresql.folder, tmp_path) as proxy:
        storage = Storage(proxy.url(url), bus.publish)
        await storage.open()
        world = await new_world(storage, bus)
        schedule = Schedule()
        Rereading(storage, bus, schedule, world.registry.replicas)
        place = await new_place(world.service)
        proxy.lose_next_commit = True
        with pytest.raises(StorageUnavailable):
            await world.service.users.create_user(SYSTEM, domain=place.paris.id, username="carol")
        await schedule.settle()
        [carol] = world.registry.users_named("carol")
        assert contents(world.registry) == contents(await fresh(storage))
        # And nothing has to be restarted.
        service = service_for(storage, world.registry)
        await service.users.update_user(SYSTEM, carol.id, 1, first_name="Carol")
        await storage.close()
