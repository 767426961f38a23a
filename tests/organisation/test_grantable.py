"""What may be granted to whom, by the table of 7.4: every combination is tried."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from tests import granting
from tests.organisation.test_grants import SIDES
from tests.organisation.world import Place, World, new_place
from tws.errors import Conflict, Invalid, NotFound
from tws.organisation.actor import SYSTEM, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.grantable import GRANTABLE

GUIDE = """
TWS Toolkit Runtime, TWS OpenCall, TWS Caller, TWS Alerter, TWS Stats, TWS Stats Admin, TWS Rules,
TWS Mail, TWS Recorder, TWS Portal, TWS Audio channel, TWS Video channel, TWS Softphone,
TWS VideoShare, TWS RCC Gateway, TWS Toolkit, TWS Smart Attendant
"""
"3.3.2."
CHANNELS = {"TWS Audio channel", "TWS Video channel"}
ACROSS = {GrantKind.DIRECTORY, GrantKind.CALENDAR, GrantKind.INTERCOM_GROUP}
REVERSED = {GrantKind.STATISTICS, GrantKind.RECORDINGS}


@dataclass(frozen=True)
class Rows:
    """One of everything that can be named, in Paris; and its likes in Nice."""

    paris: dict[str, str]
    nice: dict[str, str]


async def rows_of(world: World, place: Place) -> Rows:
    service = world.service
    found = []
    for domain, name in ((place.paris, "One"), (place.nice, "Two")):
        queue = await service.queues.create_queue(SYSTEM, domain=domain.id, name=name)
        intercom = await service.intercom_groups.create_intercom_group(
            SYSTEM, domain=domain.id, name=name
        )
        group = await service.groups.create_group(SYSTEM, domain=domain.id, name=name)
        user = await service.users.create_user(SYSTEM, domain=domain.id, username=name)
        directory = await service.directories.create_directory(
            SYSTEM, domain=domain.id, name=name, connector="toy", settings={"host": "x"}
        )
        found.append(
            {
                "application": "TWS Rules",
                "user": user.id,
                "group": group.id,
                "queue": queue.id,
                "intercomGroup": intercom.id,
                "directory": directory.id,
                "domain": domain.id,
            }
        )
    return Rows(*found)


def asked(kind: GrantKind, of: ObjectKind, object: str, to: GranteeKind, id: str) -> Any:
    return {
        **{"kind": kind, "object_kind": of, "object": object},
        **{"grantee_kind": to, "grantee": id},
    }


def test_the_applications_are_those_of_the_guide() -> None:
    assert [*Application] == [name.strip() for name in GUIDE.split(",")]
    assert {each for each in Application if not each.grantable} == CHANNELS


def test_the_table_is_that_of_the_guide() -> None:
    assert {kind: (rule.objects, tuple(rule.grantees)) for kind, rule in GRANTABLE.items()} == {
        kind: (objects, tuple(to)) for kind, (objects, to) in SIDES.items()
    }
    assert {kind for kind, rule in GRANTABLE.items() if rule.reversed} == REVERSED


async def test_every_combination_is_granted_or_refused_as_the_table_says(world: World) -> None:
    create = world.service.grants.create_grant
    rows = await rows_of(world, await new_place(world.service))
    for kind, of, to in product(GrantKind, ObjectKind, GranteeKind):
        objects, grantees = SIDES[kind]
        here = asked(kind, of, rows.paris[of], to, rows.paris[to])
        across = asked(kind, of, rows.paris[of], to, rows.nice[to])
        if of not in objects or to not in grantees:
            for wrong in (here, across):
                with pytest.raises(Invalid) as refused:
                    await create(SYSTEM, **wrong)
                assert refused.value.details["field"] in ("object_kind", "grantee_kind")
                assert refused.value.why == "oneOf"
            continue
        await create(SYSTEM, **here)
        with pytest.raises(Conflict) as again:
            await create(SYSTEM, **here)
        assert (again.value.why, again.value.details) == ("granted", {"field": "grantee"})
        if kind in ACROSS or of is ObjectKind.APPLICATION:
            assert (await create(SYSTEM, **across)).grantee == rows.nice[to]
            continue
        with pytest.raises(Invalid) as far:
            await create(SYSTEM, **across)
        assert (far.value.why, far.value.details) == ("acrossDomains", {"field": "grantee"})


async def test_channels_and_what_is_no_application_are_granted_to_nobody(world: World) -> None:
    place = await new_place(world.service)
    for name in (*CHANNELS, "TWS Everything", "", place.alice.id):
        with pytest.raises(Invalid) as refused:
            await world.service.grants.create_grant(
                SYSTEM, **granting.application(name, user=place.bob.id)
            )
        assert refused.value.details["field"] == "object"


async def test_nothing_is_granted_to_another_company(world: World) -> None:
    ours = await rows_of(world, await new_place(world.service))
    other = await rows_of(world, await new_place(world.service, "Other"))
    for kind, (objects, grantees) in SIDES.items():
        for of, to in product(objects, grantees):
            if of is ObjectKind.APPLICATION:
                continue
            answers = []
            for id in (other.paris[to], "unknown"):
                with pytest.raises(NotFound) as refused:
                    await world.service.grants.create_grant(
                        SYSTEM, **asked(kind, of, ours.paris[of], to, id)
                    )
                answers.append((refused.value.message, refused.value.details))
            assert answers[0] == answers[1]


async def test_who_moves_to_another_domain_keeps_what_may_cross(world: World) -> None:
    service, registry = world.service, world.registry
    place = await new_place(service)
    rows = await rows_of(world, place)
    mover = UserId(rows.paris["user"])
    kept: set[str] = set()
    gone: set[str] = set()
    for kind, (objects, grantees) in SIDES.items():
        for of, to in product(objects, grantees):
            sides = asked(kind, of, rows.paris[of], to, rows.paris[to])
            if mover not in (sides["object"], sides["grantee"]):
                continue
            grant = await service.grants.create_grant(SYSTEM, **sides)
            alone = grant.object == grant.grantee
            stays = kind in ACROSS or of is ObjectKind.APPLICATION or alone
            (kept if stays else gone).add(grant.id)
    assert kept and gone
    moved = await service.users.update_user(SYSTEM, mover, 1, domain=place.nice.id)
    assert kept <= {*registry.grants} and not gone & {*registry.grants}
    assert moved.version == 2
    await service.users.update_user(SYSTEM, mover, 2, first_name="Still here")
    assert kept <= {*registry.grants}
