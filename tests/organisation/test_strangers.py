"""Every operation, asked by somebody of another company: as if nothing were there."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import granting
from tests.organisation.world import Place, World, contents, new_place
from tws.errors import NotAllowed, NotFound, ServiceError
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.organisation.part import Part
from tws.organisation.service import OrganisationService
from tws.organisation.user_changes import UserChange
from tws.storage.audit import audit

UNKNOWN = "01a20000-0000-7000-8000-000000000000"

MAPS = "https://maps.example/?q={0}"

Given = Callable[[Place], Mapping[str, Any]]

WITH_IDS: Mapping[str, list[Given]] = {
    "create_domain": [
        lambda p: {"company": p.company.id, "name": "Lyon", "time_zone": "Europe/Paris"}
    ],
    "create_user": [lambda p: {"domain": p.paris.id, "username": "carol"}],
    "create_device": [
        lambda p: {"user": p.alice.id, "link": p.link.id, "number": "4002"},
    ],
    "create_group": [lambda p: {"domain": p.paris.id, "name": "Sales"}],
    "create_link": [
        lambda p: {
            "domain": p.paris.id,
            "name": "B",
            "dialect": "toy",
            "settings": {"host": "x"},
        }
    ],
    "create_queue": [
        lambda p: {"domain": p.paris.id, "name": "Reception"},
        lambda p: {"domain": p.paris.id, "name": "R", "link": p.link.id, "number": "7099"},
    ],
    "create_intercom_group": [
        lambda p: {"domain": p.paris.id, "name": "Hotline"},
        lambda p: {"domain": p.paris.id, "name": "H", "link": p.link.id, "number": "6674"},
    ],
    "create_directory": [
        lambda p: {
            "domain": p.paris.id,
            "name": "B",
            "connector": "toy",
            "settings": {"host": "x"},
        }
    ],
    "create_user_import": [
        lambda p: {
            "domain": p.paris.id,
            "name": "B",
            "connector": "toy",
            "settings": {"host": "x"},
            "fields": {"username": "uid", "identifier": "id"},
        }
    ],
    "update_user_import": [lambda p: {"id": "an import", "version": 1, "name": "X"}],
    "delete_user_import": [lambda p: {"id": "an import", "version": 1}],
    "get_user_import": [lambda p: {"id": "an import"}],
    "create_scim_connection": [lambda p: {"domain": p.paris.id, "name": "B"}],
    "update_scim_connection": [lambda p: {"id": "a connection", "version": 1, "name": "X"}],
    "set_secret": [lambda p: {"id": "a connection", "secret": "x", "made": None}],
    "delete_scim_connection": [lambda p: {"id": "a connection", "version": 1}],
    "get_scim_connection": [lambda p: {"id": "a connection"}],
    "write_group": [lambda p: {"before": p.group, "after": replace(p.group, name="Taken")}],
    "leave_groups": [lambda p: {"users": [p.alice]}],
    "change_users": [lambda p: {"changes": [UserChange(p.alice, None)]}],
    "create_collaboration_source": [
        lambda p: {
            "domain": p.paris.id,
            "name": "B",
            "connector": "toy",
            "settings": {"host": "x"},
        }
    ],
    "update_collaboration_source": [lambda p: {"id": "a source", "version": 1, "name": "X"}],
    "delete_collaboration_source": [lambda p: {"id": "a source", "version": 1}],
    "get_collaboration_source": [lambda p: {"id": "a source"}],
    "create_sms_provider": [
        lambda p: {
            "domain": p.paris.id,
            "name": "B",
            "connector": "toy",
            "settings": {"host": "x"},
        }
    ],
    "update_sms_provider": [lambda p: {"id": "a provider", "version": 1, "name": "X"}],
    "delete_sms_provider": [lambda p: {"id": "a provider", "version": 1}],
    "get_sms_provider": [lambda p: {"id": "a provider"}],
    "draft_sms_provider": [
        lambda p: {"domain": p.paris.id, "connector": "toy", "settings": {"host": "x"}},
        lambda p: {
            "domain": p.paris.id,
            "provider": "a provider",
            "connector": "toy",
            "settings": {"host": "x"},
        },
    ],
    "create_grant": [
        lambda p: granting.application(Application.TOOLKIT, user=p.alice.id),
        lambda p: granting.application(Application.TOOLKIT, group=p.group.id),
        lambda p: granting.directory("a directory", user=p.alice.id),
        lambda p: granting.directory("a directory", queue="a queue"),
        lambda p: granting.directory("a directory", intercom_group="an intercom group"),
        lambda p: granting.directory("a directory", domain=p.paris.id),
        lambda p: granting.calendars({"user": p.alice.id}, user=p.bob.id),
        lambda p: granting.calendars({"group": p.group.id}, group=p.group.id),
        lambda p: granting.of_people(GrantKind.CALL_LOG, {"user": p.bob.id}, user=p.bob.id),
        lambda p: granting.of_people(GrantKind.STATISTICS, {"group": p.group.id}, user=p.alice.id),
        lambda p: granting.of_people(GrantKind.RECORDINGS, {"user": p.bob.id}, user=p.bob.id),
        lambda p: granting.queue("a queue", group=p.group.id),
        lambda p: granting.intercom_group("an intercom group", user=p.bob.id),
    ],
    "delete_grant": [lambda p: {"id": "the only one", "version": 1}],
    "get_grant": [lambda p: {"id": "the only one"}, lambda p: {"id": "a directory grant"}],
    "effective_rights": [lambda p: {"user": p.alice.id}],
    "explain_right": [
        lambda p: {
            "user": p.alice.id,
            "kind": GrantKind.APPLICATION,
            "object": Application.CALLER,
        },
        lambda p: {"user": p.alice.id, "kind": GrantKind.CALENDAR, "object": p.bob.id},
        lambda p: {"user": p.alice.id, "kind": GrantKind.DIRECTORY, "object": "a directory"},
    ],
    "update_company": [lambda p: {"id": p.company.id, "version": 1, "name": "X"}],
    "update_domain": [lambda p: {"id": p.paris.id, "version": 1, "name": "X"}],
    "update_user": [lambda p: {"id": p.alice.id, "version": 1, "first_name": "X"}],
    "photographed": [lambda p: {"id": p.alice.id}],
    "set_user_photo": [lambda p: {"id": p.alice.id, "hash": "x", "jpeg": b"x"}],
    "update_device": [lambda p: {"id": p.device.id, "version": 1, "label": "X"}],
    "update_group": [lambda p: {"id": p.group.id, "version": 2, "name": "X"}],
    "update_link": [lambda p: {"id": p.link.id, "version": 1, "name": "X"}],
    "set_parameter": [
        lambda p: {"parameter": "MapServiceURL", "value": MAPS, "user": p.alice.id},
        lambda p: {"parameter": "MapServiceURL", "value": MAPS, "group": p.group.id},
        lambda p: {"parameter": "MapServiceURL", "value": MAPS, "domain": p.paris.id},
        lambda p: {"parameter": "MapServiceURL", "value": MAPS, "company": p.company.id},
    ],
    "delete_parameter_value": [lambda p: {"id": "a value", "version": 1}],
    "explain_parameters": [lambda p: {"user": p.alice.id, "parameter": "MapServiceURL"}],
    "update_queue": [lambda p: {"id": "a queue", "version": 1, "name": "X"}],
    "update_intercom_group": [lambda p: {"id": "an intercom group", "version": 1, "name": "X"}],
    "update_directory": [lambda p: {"id": "a directory", "version": 1, "name": "X"}],
    "delete_queue": [lambda p: {"id": "a queue", "version": 1}],
    "delete_intercom_group": [lambda p: {"id": "an intercom group", "version": 1}],
    "delete_directory": [lambda p: {"id": "a directory", "version": 1}],
    "get_queue": [lambda p: {"id": "a queue"}],
    "get_intercom_group": [lambda p: {"id": "an intercom group"}],
    "draft_directory": [
        lambda p: {"domain": p.paris.id, "connector": "toy", "settings": {"host": "x"}},
        lambda p: {
            "domain": p.paris.id,
            "directory": "a directory",
            "connector": "toy",
            "settings": {"host": "x"},
        },
    ],
    "draft_link": [
        lambda p: {"domain": p.paris.id, "dialect": "csta_xml", "settings": {"host": "x"}},
        lambda p: {
            "domain": p.paris.id,
            "link": p.link.id,
            "dialect": "csta_xml",
            "settings": {"host": "x"},
        },
    ],
    "draft_collaboration_source": [
        lambda p: {"domain": p.paris.id, "connector": "toy", "settings": {"host": "x"}},
        lambda p: {
            "domain": p.paris.id,
            "source": "a source",
            "connector": "toy",
            "settings": {"host": "x"},
        },
    ],
    "get_directory": [lambda p: {"id": "a directory"}],
    "delete_company": [lambda p: {"id": p.company.id, "version": 1}],
    "delete_domain": [lambda p: {"id": p.paris.id, "version": 1}],
    "delete_user": [lambda p: {"id": p.alice.id, "version": 1}],
    "delete_device": [lambda p: {"id": p.device.id, "version": 1}],
    "delete_group": [lambda p: {"id": p.group.id, "version": 2}],
    "delete_link": [lambda p: {"id": p.link.id, "version": 1}],
    "set_members": [lambda p: {"group": p.group.id, "version": 2, "members": []}],
    "add_members": [lambda p: {"id": p.group.id, "users": [p.bob.id]}],
    "get_company": [lambda p: {"id": p.company.id}],
    "get_domain": [lambda p: {"id": p.paris.id}],
    "get_user": [lambda p: {"id": p.alice.id}],
    "get_device": [lambda p: {"id": p.device.id}],
    "get_group": [lambda p: {"id": p.group.id}],
    "get_link": [lambda p: {"id": p.link.id}],
    "get_administrator": [lambda p: {"id": "an administrator"}],
}
"What names something of a company."

OWN_AND_FOREIGN: Mapping[str, Callable[[Place, Place], Mapping[str, Any]]] = {
    "create_device": lambda own, p: {
        "user": own.alice.id,
        "link": p.link.id,
        "number": "4002",
    },
    "create_grant": lambda own, p: granting.directory("own directory", user=p.alice.id),
    "explain_right": lambda own, p: {
        "user": own.alice.id,
        "kind": GrantKind.CALENDAR,
        "object": p.alice.id,
    },
    "update_user": lambda own, p: {"id": own.alice.id, "version": 1, "domain": p.paris.id},
    "update_device": lambda own, p: {"id": own.device.id, "version": 1, "link": p.link.id},
    "create_user_import": lambda own, p: {
        "domain": own.paris.id,
        "name": "B",
        "connector": "toy",
        "settings": {"host": "x"},
        "fields": {"username": "uid", "identifier": "id", "number": "tel"},
        "link": p.link.id,
    },
    "create_scim_connection": lambda own, p: {
        "domain": own.paris.id,
        "name": "B",
        "link": p.link.id,
    },
    "write_group": lambda own, p: {
        "before": own.group,
        "after": replace(own.group, members=frozenset({p.alice.id})),
    },
    "add_members": lambda own, p: {"id": own.group.id, "users": [p.alice.id]},
    "set_members": lambda own, p: {
        "group": own.group.id,
        "version": 2,
        "members": [own.alice.id, p.alice.id],
    },
}
"One's own things, joined to a foreign one."

FOR_SUPER_USERS: Mapping[str, Mapping[str, Any]] = {
    "create_company": {"name": "New"},
    "create_administrator": {"username": "new"},
    "update_administrator": {"id": "an administrator", "version": 1},
    "delete_administrator": {"id": "an administrator", "version": 1},
}

LISTS = [
    f"list_{of}"
    for of in (
        "companies",
        "domains",
        "users",
        "devices",
        "groups",
        "links",
        "administrators",
        "queues",
        "intercom_groups",
        "directories",
        "grants",
        "collaboration_sources",
        "sms_providers",
        "user_imports",
        "scim_connections",
        "parameter_values",
    )
]

WITHOUT_ACTOR = {
    *("own_link", "opened_link", "opened_settings", "opened_calendar", "opened_account"),
    "opened_sms_provider",
    *("directory_synchronised", "connection_used"),
    *("new_directory", "changed_directory", "directory_of"),
}
NAMES_NOTHING = {
    "own_parameters",
    "own_preferences",
    "choose_preferences",
    "choose_language",
    "own_collaboration_sources",
    "own_collaboration_account",
    "set_collaboration_account",
    "delete_collaboration_account",
    "draft_collaboration_account",
    # A count, as of a company that is not there: `tests.web.test_strangers`.
    "authorised",
}
"Operations that answer for whoever asks; `tests.organisation.test_collaboration`."


def parts(service: OrganisationService) -> list[Part]:
    """One for each kind of rows."""
    return [part for part in vars(service).values() if isinstance(part, Part)]


def operation_of(service: OrganisationService, name: str) -> Callable[..., Any]:
    [found] = [part for part in parts(service) if hasattr(part, name)]
    operation: Callable[..., Any] = getattr(found, name)
    return operation


def test_the_walk_leaves_no_operation_out(world: World) -> None:
    operations = {
        name
        for part in parts(world.service)
        for name, _ in inspect.getmembers(part, inspect.ismethod)
        if not name.startswith("_")
    }
    walked = {*WITH_IDS, *FOR_SUPER_USERS, *LISTS, *WITHOUT_ACTOR, *NAMES_NOTHING}
    assert operations == walked


async def asked(
    service: OrganisationService, operation: str, actor: Actor, given: Mapping[str, Any]
) -> tuple[object, ...]:
    """What is answered: never a success."""
    with pytest.raises(ServiceError) as refused:
        answer = operation_of(service, operation)(actor, **given)
        if isinstance(answer, Awaitable):
            await answer
    error = refused.value
    return type(error), error.code, error.message, tuple(error.details.items())


def unknown(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with ids that nothing has."""

    def other(name: str, value: Any) -> Any:
        return UNKNOWN if name in ID_FIELDS and value not in tuple(Application) else value

    return {name: other(name, value) for name, value in given.items()}


ID_FIELDS = {
    *("id", "company", "domain", "user", "link", "group"),
    *("object", "grantee"),
}


async def test_a_stranger_is_answered_as_if_nothing_were_there(world: World) -> None:
    service, registry = world.service, world.registry
    theirs = await new_place(service, "Theirs")
    own = await new_place(service, "Own")
    admin = await service.administrators.create_administrator(
        SYSTEM, username="ada", super_user=True
    )
    [grant] = service.grants.list_grants(SYSTEM, theirs.company.id, kind=GrantKind.APPLICATION)
    directory = service.directories.list_directories(SYSTEM, theirs.company.id)[0]
    value = await service.parameters.set_parameter(
        SYSTEM, parameter="MapServiceURL", value=MAPS, user=theirs.alice.id
    )
    names = {
        "a value": value.id,
        "the only one": grant.id,
        "an administrator": admin.id,
        "a directory": directory.id,
        "a directory grant": registry.granted.of(GrantKind.DIRECTORY, directory.id)[0].id,
        "a calendar grant": (
            await service.grants.create_grant(
                SYSTEM, **granting.calendars({"user": theirs.bob.id}, user=theirs.alice.id)
            )
        ).id,
        "a source": (
            await service.collaboration.create_collaboration_source(
                SYSTEM,
                domain=theirs.paris.id,
                name="C",
                connector="toy",
                settings={"host": "x"},
            )
        ).id,
        "a provider": (
            await service.sms_providers.create_sms_provider(
                SYSTEM,
                domain=theirs.paris.id,
                name="C",
                connector="toy",
                settings={"host": "x"},
            )
        ).id,
        "an import": (
            await service.user_imports.create_user_import(
                SYSTEM,
                domain=theirs.paris.id,
                name="I",
                connector="toy",
                settings={"host": "x"},
                fields={"username": "uid", "identifier": "id"},
            )
        ).id,
        "a connection": (
            await service.scim_connections.create_scim_connection(
                SYSTEM, domain=theirs.paris.id, name="I"
            )
        ).id,
        "a queue": (
            await service.queues.create_queue(SYSTEM, domain=theirs.paris.id, name="Q")
        ).id,
        "an intercom group": (
            await service.intercom_groups.create_intercom_group(
                SYSTEM, domain=theirs.paris.id, name="I"
            )
        ).id,
        "own directory": service.directories.list_directories(SYSTEM, own.company.id)[0].id,
    }

    def real(given: Mapping[str, Any]) -> Mapping[str, Any]:
        return {k: names.get(v, v) if isinstance(v, str) else v for k, v in given.items()}

    before, told = contents(registry), await number_of_audits(world)
    nobody = Actor(label="nobody")
    for actor in (own.administrator, own.user, nobody):
        for operation, cases in WITH_IDS.items():
            for case in cases:
                given = real(case(theirs))
                foreign = await asked(service, operation, actor, given)
                assert foreign == await asked(service, operation, actor, unknown(given))
                # Users are refused before what they name is looked for.
                refusals = (NotFound,) if actor.user is None else (NotFound, NotAllowed)
                assert foreign[0] in refusals, operation
        for operation, given in FOR_SUPER_USERS.items():
            foreign = await asked(service, operation, actor, real(given))
            assert foreign == await asked(service, operation, actor, unknown(given))
            assert foreign[0] is NotAllowed, operation
        for operation in LISTS:
            seen = operation_of(service, operation)(actor)
            hidden = ids_of(theirs) | set(names.values()) - {names["own directory"]}
            assert not {row.id for row in seen} & hidden, operation
            assert operation_of(service, operation)(actor, theirs.company.id) == ()
            assert operation_of(service, operation)(actor, UNKNOWN) == ()
    for operation, join in OWN_AND_FOREIGN.items():
        given = real(join(own, theirs))
        strange = real(join(own, replaced(theirs)))
        foreign = await asked(service, operation, own.administrator, given)
        assert foreign == await asked(service, operation, own.administrator, strange)
        assert foreign[0] is NotFound, operation
        # Nor may somebody who manages both companies join them.
        both = Actor(label="both", companies=frozenset({own.company.id, theirs.company.id}))
        assert await asked(service, operation, both, given) == foreign
    assert contents(registry) == before
    assert await number_of_audits(world) == told


def ids_of(place: Place) -> set[str]:
    return {
        place.company.id,
        place.paris.id,
        place.nice.id,
        place.link.id,
        place.alice.id,
        place.bob.id,
        place.device.id,
        place.group.id,
    }


def replaced(place: Place) -> Any:
    """A place of which nothing is there."""

    class Nothing:
        id = UNKNOWN

    class Nowhere:
        link = paris = alice = Nothing()

    return Nowhere()


async def number_of_audits(world: World) -> int:
    async with world.storage.reading() as reader:
        return int((await reader.execute(select(func.count()).select_from(audit))).scalar_one())
