"""A configuration is taken from one company and made in another."""

import json
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from tests import granting
from tests.organisation.world import CALENDARS, CONNECTORS, DIALECTS, Place, World
from tws.errors import Invalid, NotFound
from tws.numbering.checking import check_plan
from tws.organisation.actor import SYSTEM, Actor, CompanyId
from tws.organisation.model import DialRule, DirectoryKind, SyncSchedule
from tws.storage.audit import audit
from tws.templates.model import Done, ImportOutcome, RowKind, Walls
from tws.templates.service import TemplateService

Where = dict[str, Any]


@pytest.fixture
def templates(world: World) -> TemplateService:
    walls = Walls(
        check_plan=check_plan,
        links=DIALECTS.validate,
        directories=CONNECTORS.validate,
        calendars=CALENDARS.validate,
    )
    return TemplateService(world.storage, world.registry, world.service, walls)


@pytest.fixture
async def furnished(world: World, place: Place) -> Place:
    service = world.service
    await service.domains.update_domain(
        SYSTEM,
        place.paris.id,
        1,
        internal_length=5,
        outgoing_rules=(DialRule(1, "Abroad", "+", "00"),),
    )
    directory = await service.directories.create_directory(
        SYSTEM,
        domain=place.paris.id,
        connector="toy",
        settings={"host": "ldap", "pin": "4711"},
        name="Customers",
        kind=DirectoryKind.PUBLIC,
        priority=3,
        mapping={"last_name": "sn"},
        schedule=SyncSchedule.DAILY,
    )
    await service.grants.create_grant(
        SYSTEM, **granting.directory(directory.id, group=place.group.id)
    )
    await service.grants.create_grant(
        SYSTEM, **granting.directory(directory.id, domain=place.nice.id)
    )
    await service.grants.create_grant(
        SYSTEM, **granting.directory(directory.id, user=place.alice.id)
    )
    await service.user_imports.create_user_import(
        SYSTEM,
        domain=place.paris.id,
        name="Staff",
        connector="toy",
        settings={"host": "ldap", "password": "hidden too"},
        fields={"username": "uid", "identifier": "id", "number": "tel"},
        group=place.group.id,
        link=place.link.id,
    )
    await service.collaboration.create_collaboration_source(
        SYSTEM, domain=place.nice.id, name="Mail", connector="toy", settings={"host": "mail"}
    )
    queue = await service.queues.create_queue(
        SYSTEM,
        domain=place.paris.id,
        name="Reception",
        link=place.link.id,
        number="7000",
        password="hidden as well",
    )
    await service.grants.create_grant(SYSTEM, **granting.queue(queue.id, group=place.group.id))
    await service.intercom_groups.create_intercom_group(
        SYSTEM,
        domain=place.paris.id,
        name="Hotline",
        link=place.link.id,
        number="6674",
        count=2,
        supervised=["6690"],
    )
    set_parameter = service.parameters.set_parameter
    await set_parameter(SYSTEM, parameter="AuthMethods", value="LDAP", group=place.group.id)
    await set_parameter(SYSTEM, parameter="AuthMethods", value="TWS", user=place.alice.id)
    await set_parameter(
        SYSTEM, parameter="AuthOidcClientSecret", value="client secret", company=place.company.id
    )
    return place


async def other(world: World) -> tuple[CompanyId, Actor]:
    company = await world.service.companies.create_company(SYSTEM, name="Other")
    return company.id, Actor(label="its administrator", companies=frozenset({company.id}))


def by(done: tuple[Done, ...], outcome: ImportOutcome) -> list[tuple[RowKind, str]]:
    return [(each.kind, each.name) for each in done if each.outcome is outcome]


async def given(templates: TemplateService, place: Place, domain: Any = None) -> bytes:
    return await templates.give(place.administrator, place.company.id, domain)


async def test_a_company_is_made_again_in_another(
    world: World, templates: TemplateService, furnished: Place
) -> None:
    content = await given(templates, furnished)
    company, actor = await other(world)
    dry = await templates.make(actor, company, None, content, overwrite=False, dry=True)
    assert not [d for d in world.registry.domains.values() if d.company == company]
    done = await templates.make(actor, company, None, content, overwrite=False, dry=False)
    assert done == dry
    secret = (RowKind.PARAMETER, "AuthOidcClientSecret")
    assert by(done, ImportOutcome.REFUSED) == [secret]
    assert {outcome.outcome for outcome in done} == {
        ImportOutcome.CREATED,
        ImportOutcome.REFUSED,
    }
    again = await templates.make(actor, company, None, content, overwrite=True, dry=True)
    assert {each.outcome for each in again if (each.kind, each.name) != secret} == {
        ImportOutcome.SAME
    }
    theirs = json.loads(await templates.give(actor, company, None))
    mine = json.loads(content)
    assert theirs["domains"] == mine["domains"]
    assert sorted(map(str, theirs["grants"])) == sorted(map(str, mine["grants"]))
    assert len(theirs["grants"]) > 2
    for kind in ("queues", "intercomGroups"):
        without = [{**each, "secrets": []} for each in mine[kind]]
        assert theirs[kind] == without and len(without) == 1


async def test_secrets_stay_at_home_and_are_asked_for(
    world: World, templates: TemplateService, furnished: Place
) -> None:
    content = await given(templates, furnished)
    for secret in (b"hidden", b"4711", b"client secret", b"sealed"):
        assert secret not in content
    company, actor = await other(world)
    done = await templates.make(actor, company, None, content, overwrite=False, dry=False)
    needs = {each.name: each.secrets for each in done if each.secrets}
    assert needs == {
        "A5000": ("password",),
        "Reception": ("password",),
        "Customers": ("pin",),
        "Staff": ("password",),
        "AuthOidcClientSecret": ("AuthOidcClientSecret",),
    }
    (link,) = [row for row in world.registry.links.values() if row.company == company]
    assert (link.enabled, link.settings["password"]) == (False, "")
    (directory,) = [
        row
        for row in world.registry.directories.values()
        if row.company == company and row.name == "Customers"
    ]
    assert directory.schedule is SyncSchedule.MANUAL


async def test_a_domain_goes_into_another_of_any_name(
    world: World, templates: TemplateService, furnished: Place
) -> None:
    content = await given(templates, furnished, furnished.paris.id)
    file = json.loads(content)
    assert [each["name"] for each in file["domains"]] == ["Paris"]
    assert not [each for each in file["grants"] if each["granteeKind"] == "domain"]
    company, actor = await other(world)
    lyon = await world.service.domains.create_domain(
        SYSTEM, company=company, name="Lyon", time_zone="Europe/Paris"
    )
    done = await templates.make(actor, company, lyon.id, content, overwrite=False, dry=False)
    assert by(done, ImportOutcome.KEPT) == [(RowKind.DOMAIN, "Lyon")]
    assert world.registry.domains[lyon.id].internal_length == 4
    done = await templates.make(actor, company, lyon.id, content, overwrite=True, dry=False)
    assert by(done, ImportOutcome.CHANGED) == [(RowKind.DOMAIN, "Lyon")]
    assert world.registry.domains[lyon.id].internal_length == 5
    (group,) = [row for row in world.registry.groups.values() if row.company == company]
    assert (group.domain, group.members) == (lyon.id, frozenset())
    with pytest.raises(Invalid, match="has 2 domains"):
        whole = await given(templates, furnished)
        await templates.make(actor, company, lyon.id, whole, overwrite=False, dry=True)


async def test_what_cannot_be_is_said_and_the_rest_is_made(
    world: World, templates: TemplateService, furnished: Place
) -> None:
    file = json.loads(await given(templates, furnished))
    file["links"][0]["dialect"] = "unheard of"
    file["domains"][1]["outgoingRules"] = [
        {"priority": 1, "name": "x", "pattern": "[(]", "value": "", "longerOnly": False}
    ]
    company, actor = await other(world)
    content = json.dumps(file).encode()
    for dry in (True, False):
        done = await templates.make(actor, company, None, content, overwrite=False, dry=dry)
        refused = {(each.kind, each.name): str(each.said) for each in done if each.said}
        assert "no dialect" in refused[RowKind.LINK, "A5000"] or "no domain" in str(refused)
        assert (RowKind.DOMAIN, "Paris") in refused
        assert refused[RowKind.GROUP, "All"] == "There is no domain Paris."
        assert by(done, ImportOutcome.CREATED)[0] == (RowKind.DOMAIN, "Nice")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\x00", "no JSON"),
        (b"[]", "no file of a configuration"),
        (b'{"format": "tws-configuration", "schema": 3}', "newer TWS"),
        (b'{"format": "tws-configuration", "schema": "1"}', "does not belong"),
        (b'{"format": "tws-configuration", "schema": 0}', "no schema"),
        (b'{"format": "tws-configuration", "schema": 1, "users": []}', "does not belong"),
        (b'{"format": "tws-configuration", "schema": 1, "links": [{}]}', "does not belong"),
    ],
)
async def test_other_files_are_refused_in_words(
    templates: TemplateService, place: Place, content: bytes, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        await templates.make(
            place.administrator, place.company.id, None, content, overwrite=True, dry=False
        )


async def test_only_for_who_manages_the_company_and_in_the_audit_log(
    world: World, templates: TemplateService, place: Place
) -> None:
    company, stranger = await other(world)
    content = await given(templates, place)
    with pytest.raises(NotFound):
        await templates.give(stranger, place.company.id, None)
    with pytest.raises(NotFound):
        await templates.give(stranger, company, place.paris.id)
    await templates.make(stranger, company, None, content, overwrite=False, dry=True)
    await templates.make(stranger, company, None, content, overwrite=False, dry=False)
    async with world.storage.reading() as connection:
        asked = select(audit).where(audit.c.action.startswith("configuration"))
        rows = (await connection.execute(asked)).all()
    assert [(row.action, row.company) for row in rows] == [
        ("configuration exported", place.company.id),
        ("configuration imported", company),
    ]
    assert msgspec.to_builtins(rows[1].after)["created"] > 3
