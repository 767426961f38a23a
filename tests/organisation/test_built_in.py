"""The directories that every domain has, and who may look into them."""

from dataclasses import replace

from alembic import command
from sqlalchemy import Connection, text

from tests.access.conftest import SECRETS
from tests.access.hashing import quick
from tests.organisation.world import Place, World
from tws.access.service import AccessService
from tws.app.office import utc_now
from tws.bus import Bus
from tws.organisation.actor import SYSTEM, DirectoryId, DomainId, UserId
from tws.organisation.built_in import new_directories
from tws.organisation.model import BuiltIn, User
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.database import backend_for
from tws.storage.migrations.upgrade import config

BEFORE = "0004"
"The last schema that knew no directories."


def seen(registry: Registry, user: User) -> list[tuple[DomainId, BuiltIn | None]]:
    return [(d.domain, d.built_in) for d in registry.directories_for(user.id)]


def test_each_domain_sees_its_private_and_everybodys_public_ones(
    world: World, place: Place
) -> None:
    paris, nice = place.paris.id, place.nice.id
    for user, own in ((place.alice, paris), (place.bob, nice)):
        found = seen(world.registry, user)
        assert found[0] == (own, BuiltIn.PRIVATE)
        assert set(found[1:3]) == {(paris, BuiltIn.PUBLIC), (nice, BuiltIn.PUBLIC)}
        assert set(found[3:]) == {(paris, BuiltIn.USERS), (nice, BuiltIn.USERS)}
    which = world.registry.built_in(paris, BuiltIn.USERS)
    assert which is not None and which.priority == 2
    assert world.registry.directories_for(UserId("unknown")) == ()


async def test_a_new_domain_gives_and_gets_in_its_company_only(world: World, place: Place) -> None:
    service, registry = world.service, world.registry
    zone = "Europe/Paris"
    lyon = await service.domains.create_domain(
        SYSTEM, company=place.company.id, name="Lyon", time_zone=zone
    )
    assert len(seen(registry, place.alice)) == 7
    carol = await service.users.create_user(SYSTEM, domain=lyon.id, username="carol")
    assert len(seen(registry, carol)) == 7
    other = await service.companies.create_company(SYSTEM, name="Other")
    berlin = await service.domains.create_domain(
        SYSTEM, company=other.id, name="Berlin", time_zone=zone
    )
    erin = await service.users.create_user(SYSTEM, domain=berlin.id, username="erin")
    assert len(seen(registry, erin)) == 3
    assert len(seen(registry, carol)) == 7
    await service.users.delete_user(SYSTEM, carol.id, 1)
    await service.domains.delete_domain(SYSTEM, lyon.id, 1)
    assert len(seen(registry, place.alice)) == 5
    assert all(d.domain != lyon.id for d in registry.directories.values())
    assert all(g.grantee != lyon.id for g in registry.grants.values())


async def test_the_first_domain_of_all_has_them(storage: Storage, bus: Bus) -> None:
    registry = Registry(bus)
    await registry.load(storage)
    access = AccessService(storage, registry, bus, utc_now, SECRETS, hashing=quick())
    await access.first_start.initialise(
        username="ada",
        password="correct horse battery staple",
        company="SSDEI",
        domain={"name": "Paris", "time_zone": "Europe/Paris"},
    )
    [domain] = registry.domains
    assert {d.built_in for d in registry.directories_of(domain)} == set(BuiltIn)
    assert len(registry.grants) == 3


async def test_domains_that_were_there_before_get_the_same(database_url: str) -> None:
    """By the migration as by making them: nobody sees anything else than before."""
    backend = backend_for(database_url)
    backend.prepare()
    async with backend.migrating() as connection:
        await connection.run_sync(old_companies)
    await backend.dispose()
    storage, bus = Storage(database_url, print), Bus()
    await storage.open()
    registry = Registry(bus)
    await registry.load(storage)
    await storage.close()
    paris, nice = DomainId("paris"), DomainId("nice")
    for user in (registry.users[UserId("alice")], registry.users[UserId("bob")]):
        found = seen(registry, user)
        assert found[0] == (user.domain, BuiltIn.PRIVATE)
        assert set(found[1:3]) == {(paris, BuiltIn.PUBLIC), (nice, BuiltIn.PUBLIC)}
        assert set(found[3:]) == {(paris, BuiltIn.USERS), (nice, BuiltIn.USERS)}
    assert {d for d, _ in seen(registry, registry.users[UserId("erin")])} == {"berlin"}
    made = [
        replace(row, id=DirectoryId("x"))
        for domain in registry.domains.values()
        for row in new_directories(domain)
    ]
    assert all(replace(d, id=DirectoryId("x")) in made for d in registry.directories.values())
    assert len(made) == len(registry.directories)


def old_companies(connection: Connection) -> None:
    """As an older TWS stored them."""
    command.upgrade(config(connection, compare=False), BEFORE)
    for company, domains in (("ssdei", {"paris": "alice", "nice": "bob"}), ("o", BERLIN)):
        add(connection, "company", {"id": company, "name": company, "name_key": company})
        for domain, user in domains.items():
            row: dict[str, object] = {"id": domain, "company": company}
            row |= {"name": domain, "name_key": domain, "time_zone": "Europe/Paris"}
            row |= {"internal_length": 4, "inverse_length": 9}
            row |= dict.fromkeys(("incoming_remove", "incoming_add"), "")
            for prefix in ("country", "external", "international", "national"):
                row[f"{prefix}_prefix"] = "0"
            add(connection, "domain", row)
            row = {"id": user, "company": company, "domain": domain, "enabled": True}
            row |= {"username": user, "username_key": user, "culture": "Auto"}
            row |= dict.fromkeys(("first_name", "last_name", "email", "mobile"), "")
            add(connection, "user_account", row)


BERLIN = {"berlin": "erin"}


def add(connection: Connection, table: str, row: dict[str, object]) -> None:
    row = {"version": 1} | row
    values = ", ".join(f":{name}" for name in row)
    insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"  # noqa: S608
    connection.execute(text(insert), row)
