"""Grants of all types: stored, carried over from older versions, and who has what by them, and
why."""

from collections.abc import Mapping
from itertools import product

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from tests.organisation.test_built_in import add, old_companies
from tests.organisation.world import Place, World, new_place
from tws.bus import Bus
from tws.organisation import store
from tws.organisation.actor import SYSTEM, CompanyId, DomainId, GroupId, UserId
from tws.organisation.events import GrantChanged, GroupChanged, UserChanged
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.granted import Reason
from tws.organisation.model import Group, User
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.database import backend_for
from tws.storage.migrations.upgrade import config

COMPANY, DOMAINS = CompanyId("ssdei"), (DomainId("paris"), DomainId("nice"))

# ---------------------------------------------------------------- carried over

BEFORE = "0016"
AUTHORISATIONS: Mapping[str, Mapping[str, str]] = {
    "1": {"application": "TWS Caller", '"user"': "alice"},
    "2": {"application": "TWS Toolkit", '"group"': "all"},
}
DIRECTORY_GRANTS: Mapping[str, Mapping[str, str]] = {
    "3": {"directory": "crm", '"user"': "alice"},
    "4": {"directory": "crm", '"group"': "all"},
    "5": {"directory": "crm", "queue": "reception"},
    "6": {"directory": "crm", "intercom_group": "hotline"},
    "7": {"directory": "crm", "domain": "nice"},
}
CALENDAR_GRANTS: Mapping[str, Mapping[str, str]] = {
    "8": {"of_user": "alice", '"user"': "bob"},
    "9": {"of_user": "bob", '"group"': "all"},
    "10": {"of_group": "all", '"user"': "bob"},
    "11": {"of_group": "all", '"group"': "all"},
}
CARRIED_OVER = {
    "1": "application: application TWS Caller -> user alice",
    "2": "application: application TWS Toolkit -> group all",
    "3": "directory: directory crm -> user alice",
    "4": "directory: directory crm -> group all",
    "5": "directory: directory crm -> queue reception",
    "6": "directory: directory crm -> intercomGroup hotline",
    "7": "directory: directory crm -> domain nice",
    "8": "calendar: user alice -> user bob",
    "9": "calendar: user bob -> group all",
    "10": "calendar: group all -> user bob",
    "11": "calendar: group all -> group all",
}


def old_grants(connection: Connection) -> None:
    old_companies(connection)
    command.upgrade(config(connection, compare=False), BEFORE)
    connection.execute(text("DELETE FROM directory_grant"))
    place: dict[str, object] = {"company": "ssdei", "domain": "paris"}
    for table, id in (
        ("user_group", "all"),
        ("call_queue", "reception"),
        ("intercom_group", "hotline"),
        ("directory", "crm"),
    ):
        row = {**place, "id": id, "name": id, "name_key": id}
        if table == "user_group":
            row["rank"] = 1
        if table == "directory":
            row |= {"kind": "public", "connector": "csv", "schedule": "manual"}
            row |= {"priority": 5, "minutes": 10, "merge": False}
            row |= dict.fromkeys(("settings", "mapping", "labels"), "{}")
        add(connection, table, row)
    for table, rows in (
        ("authorisation", AUTHORISATIONS),
        ("directory_grant", DIRECTORY_GRANTS),
        ("calendar_grant", CALENDAR_GRANTS),
    ):
        for id, columns in rows.items():
            insert = ", ".join(("id", "version", "company", *columns))
            values = ", ".join(f"'{value}'" for value in columns.values())
            connection.execute(
                text(f"INSERT INTO {table} ({insert}) VALUES ('{id}', 1, 'ssdei', {values})")  # noqa: S608
            )


async def test_what_was_granted_before_still_is(database_url: str) -> None:
    backend = backend_for(database_url)
    backend.prepare()
    async with backend.migrating() as connection:
        await connection.run_sync(old_grants)
    await backend.dispose()
    storage, registry = Storage(database_url, print), Registry(Bus())
    await storage.open()
    await registry.load(storage)
    said = {
        id: f"{g.kind}: {g.object_kind} {g.object} -> {g.grantee_kind} {g.grantee}"
        for id, g in registry.grants.items()
    }
    assert said == CARRIED_OVER
    assert {(g.version, g.company) for g in registry.grants.values()} == {(1, COMPANY)}
    # Written as those made now are: what is named stays, and nothing is there twice.
    for grant in registry.grants.values():
        async with storage.transaction() as tx:
            await store.granted.update(tx, grant)
    for broken in (
        "DELETE FROM user_account WHERE id = 'bob'",
        "DELETE FROM user_group WHERE id = 'all'",
        "DELETE FROM call_queue WHERE id = 'reception'",
        "DELETE FROM intercom_group WHERE id = 'hotline'",
        "DELETE FROM directory WHERE id = 'crm'",
        """UPDATE grants SET "user" = 'bob' WHERE id = '2'""",
        "UPDATE grants SET of_user = 'bob' WHERE id = '1'",
        "UPDATE grants SET object = 'TWS Caller', kind = 'application', grantee = 'alice' "
        "WHERE id = '2'",
    ):
        with pytest.raises(IntegrityError):
            async with storage.transaction() as tx:
                await tx.execute(text(broken))
    await storage.close()


# ---------------------------------------------------------------- stored

SIDES: Mapping[GrantKind, tuple[tuple[ObjectKind, ...], tuple[GranteeKind, ...]]] = {
    GrantKind.APPLICATION: (
        (ObjectKind.APPLICATION,),
        (GranteeKind.USER, GranteeKind.GROUP),
    ),
    GrantKind.DIRECTORY: ((ObjectKind.DIRECTORY,), tuple(GranteeKind)),
    GrantKind.CALENDAR: (
        (ObjectKind.USER, ObjectKind.GROUP),
        (GranteeKind.USER, GranteeKind.GROUP),
    ),
    GrantKind.INTERCOM_GROUP: (
        (ObjectKind.INTERCOM_GROUP,),
        (GranteeKind.USER, GranteeKind.GROUP),
    ),
    GrantKind.QUEUE: ((ObjectKind.QUEUE,), (GranteeKind.USER, GranteeKind.GROUP)),
    GrantKind.CALL_LOG: (
        (ObjectKind.USER, ObjectKind.GROUP),
        (GranteeKind.USER, GranteeKind.GROUP),
    ),
    GrantKind.STATISTICS: ((ObjectKind.USER, ObjectKind.GROUP), (GranteeKind.USER,)),
    GrantKind.RECORDINGS: ((ObjectKind.USER, ObjectKind.GROUP), (GranteeKind.USER,)),
}
"The table of 7.4: what may be granted to whom."


async def test_all_types_of_objects_are_carried(world: World) -> None:
    place: Place = await new_place(world.service)
    queue = await world.service.queues.create_queue(SYSTEM, domain=place.paris.id, name="Q")
    intercom = await world.service.intercom_groups.create_intercom_group(
        SYSTEM, domain=place.paris.id, name="I"
    )
    directory = next(iter(world.registry.directories))
    rows = {
        **{"application": "TWS Stats Admin", "directory": directory, "queue": queue.id},
        **{"intercomGroup": intercom.id, "domain": place.nice.id},
        **{"user": place.bob.id, "group": place.group.id},
    }
    made = [
        Grant(
            id=f"{kind} {of} {to}"[:36],
            company=place.company.id,
            kind=kind,
            object_kind=of,
            object=rows[of],
            grantee_kind=to,
            grantee=rows[to],
        )
        for kind, sides in SIDES.items()
        for of, to in product(*sides)
        if (kind, to) != (GrantKind.DIRECTORY, GranteeKind.DOMAIN)  # there from the beginning
    ]
    assert {grant.kind for grant in made} == set(GrantKind)
    async with world.storage.transaction() as tx:
        for grant in made:
            await store.granted.insert(tx, grant)
            tx.publish(GrantChanged(None, grant))
    again = Registry(Bus())
    await again.load(world.storage)
    for registry in (world.registry, again):
        for grant in made:
            assert registry.grants[grant.id] == grant
            assert registry.granted.exactly(grant.kind, grant.object, grant.grantee) == grant
    await world.service.users.delete_user(SYSTEM, place.bob.id, 1)
    assert all(
        place.bob.id not in (grant.object, grant.grantee)
        for grant in world.registry.grants.values()
    )


# ---------------------------------------------------------------- who has what, and why

USERS = tuple(UserId(f"user {n}") for n in range(3))
GROUPS = tuple(GroupId(f"group {n}") for n in range(3))
GRANTEES: Mapping[str, GranteeKind] = {
    **dict.fromkeys(USERS, GranteeKind.USER),
    **dict.fromkeys(GROUPS, GranteeKind.GROUP),
    **dict.fromkeys(DOMAINS, GranteeKind.DOMAIN),
}
KINDS = (GrantKind.CALENDAR, GrantKind.CALL_LOG)
GRANTED = st.tuples(
    st.sampled_from(KINDS), st.sampled_from([*USERS, *GROUPS]), st.sampled_from([*GRANTEES])
)


@given(
    domains=st.tuples(*[st.sampled_from(DOMAINS)] * len(USERS)),
    members=st.tuples(*[st.frozensets(st.sampled_from(USERS))] * len(GROUPS)),
    granted=st.frozensets(GRANTED, max_size=8),
    withdrawn=st.frozensets(GRANTED, max_size=4),
)
def test_who_has_what_and_why_is_what_stands_in_all_grants(
    domains: tuple[DomainId, ...],
    members: tuple[frozenset[UserId], ...],
    granted: frozenset[tuple[GrantKind, str, str]],
    withdrawn: frozenset[tuple[GrantKind, str, str]],
) -> None:
    bus = Bus()
    known = Registry(bus)
    for id, domain in zip(USERS, domains, strict=True):
        user = User(id=id, version=1, company=COMPANY, domain=domain, username=id)
        bus.publish(UserChanged(None, user))
    for name, inside in zip(GROUPS, members, strict=True):
        group = Group(
            id=name, version=1, company=COMPANY, domain=DOMAINS[0], name=name, members=inside
        )
        bus.publish(GroupChanged(None, group))
    grants = {about: grant_of(*about) for about in granted | withdrawn}
    for grant in grants.values():
        bus.publish(GrantChanged(None, grant))
    for about in withdrawn:
        bus.publish(GrantChanged(grants.pop(about), None))

    groups = {
        u: [g for g, inside in zip(GROUPS, members, strict=True) if u in inside] for u in USERS
    }
    for (at, viewer), owner, kind in product(enumerate(USERS), USERS, KINDS):
        holders = [viewer, *groups[viewer], domains[at]]
        parts = [owner, *groups[owner]]
        expected = {
            Reason(grant, grant.grantee, grant.object)
            for grant in grants.values()
            if grant.kind is kind and grant.grantee in holders and grant.object in parts
        }
        why = known.granted.why(viewer, kind, owner)
        assert set(why) == expected and len(why) == len(expected)
        assert known.granted.has(viewer, kind, owner) == bool(expected)
        in_person = [reason.by == viewer for reason in why]
        assert in_person == sorted(in_person, reverse=True)
        assert bool(known.granted.objects(viewer, kind) & set(parts)) == bool(expected)
    for at, viewer in enumerate(USERS):
        holders = [viewer, *groups[viewer], domains[at]]
        all_ = [
            (reason.grant, reason.by, reason.of) for reason in known.granted.all_reasons(viewer)
        ]
        assert len(all_) == len({grant.id for grant, _, _ in all_})
        assert {(grant.id, by, of) for grant, by, of in all_} == {
            (grant.id, grant.grantee, grant.object)
            for grant in grants.values()
            if grant.grantee in holders
        }
    for grant in grants.values():
        to = {u for at, u in enumerate(USERS) if grant.grantee in (u, *groups[u], domains[at])}
        assert set(known.granted.users(grant)) == to


def grant_of(kind: GrantKind, object: str, grantee: str) -> Grant:
    return Grant(
        id=f"{kind} {object} {grantee}",
        company=COMPANY,
        kind=kind,
        object_kind=ObjectKind.USER if object in USERS else ObjectKind.GROUP,
        object=object,
        grantee_kind=GRANTEES[grantee],
        grantee=grantee,
    )
