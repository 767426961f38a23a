"""What a user has, and why he sees something, or does not."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests import granting
from tests.organisation.world import Place, World, new_place
from tws.errors import NotAllowed, NotFound
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.grant import Grant, GrantKind, ObjectKind
from tws.organisation.granted import Reason
from tws.organisation.model import Directory, DirectoryKind


@pytest.fixture
async def place(world: World) -> Place:
    return await new_place(world.service)


async def granted(world: World, given: dict[str, Any]) -> Grant:
    return await world.service.grants.create_grant(SYSTEM, **given)


async def new_directory(world: World, place: Place, **more: Any) -> Directory:
    return await world.service.directories.create_directory(
        SYSTEM,
        domain=place.paris.id,
        name="Clients",
        connector="toy",
        settings={"host": "x"},
        **more,
    )


def denials(world: World, place: Place, kind: GrantKind, object: str) -> list[str]:
    verdict = world.service.rights.explain_right(SYSTEM, place.alice.id, kind, object)
    return [each.why for each in verdict.denials]


async def test_each_right_has_its_chain(world: World, place: Place) -> None:
    alice, bob, group = place.alice.id, place.bob.id, place.group.id
    await world.service.groups.set_members(SYSTEM, group, place.group.version, [alice, bob])
    mine = await granted(world, granting.calendars({"user": bob}, user=alice))
    ours = await granted(world, granting.calendars({"user": bob}, group=group))
    everybodys = await granted(world, granting.calendars({"group": group}, group=group))
    nobodys = await granted(world, granting.calendars({"user": alice}, user=bob))
    rights = world.service.rights.effective_rights(place.administrator, alice)

    found = {(right.kind, right.object): right.reasons for right in rights}
    assert len(found) == len(rights)
    assert [r.kind for r in rights] == sorted((r.kind for r in rights), key=[*GrantKind].index)
    [caller] = found[GrantKind.APPLICATION, Application.CALLER]
    assert (caller.by, caller.of) == (group, "TWS Caller")
    assert found[GrantKind.CALENDAR, bob] == (Reason(mine, alice, bob), Reason(ours, group, bob))
    assert found[GrantKind.CALENDAR, group] == (Reason(everybodys, group, group),)
    directories = {id for kind, id in found if kind is GrantKind.DIRECTORY}
    assert directories == {d.id for d in world.registry.directories_for(alice)}
    assert {found[GrantKind.DIRECTORY, id][0].by for id in directories} == {place.paris.id}
    assert nobodys.id not in grants_of(reason for reasons in found.values() for reason in reasons)

    verdict = world.service.rights.explain_right(
        place.administrator, alice, GrantKind.CALENDAR, bob
    )
    assert verdict.denials == () and not verdict.own
    assert verdict.object_kind is ObjectKind.USER
    assert {(r.grant.id, r.by, r.of) for r in verdict.reasons} == {
        (mine.id, alice, bob),
        (ours.id, group, bob),
        (everybodys.id, group, group),
    }


def grants_of(reasons: Iterable[Reason]) -> set[str]:
    return {reason.grant.id for reason in reasons}


async def test_whatever_denies_something_is_said(world: World, place: Place) -> None:
    service, alice = world.service, place.alice
    calendar, stats = GrantKind.CALENDAR, GrantKind.STATISTICS
    assert denials(world, place, calendar, place.bob.id) == ["noGrant"]
    await granted(world, granting.calendars({"user": place.bob.id}, user=alice.id))
    assert denials(world, place, calendar, place.bob.id) == []
    forbidding = await service.parameters.set_parameter(
        SYSTEM, parameter="AuthorizedCalendarPresences", value=False, user=alice.id
    )
    assert denials(world, place, calendar, place.bob.id) == ["parameterForbids"]
    await service.parameters.delete_parameter_value(SYSTEM, forbidding.id, 1)

    assert denials(world, place, stats, place.group.id) == ["noGrant", "applicationNotGranted"]
    await granted(world, granting.of_people(stats, {"group": place.group.id}, user=alice.id))
    assert denials(world, place, stats, alice.id) == ["applicationNotGranted"]
    await granted(world, granting.application(Application.STATS_ADMIN, user=alice.id))
    assert denials(world, place, stats, alice.id) == []

    await service.users.update_user(SYSTEM, alice.id, 1, enabled=False)
    assert denials(world, place, stats, alice.id) == ["accountDisabled"]
    await service.users.update_user(SYSTEM, alice.id, 2, enabled=True)
    for grant in service.grants.list_grants(SYSTEM, object=Application.CALLER):
        await service.grants.delete_grant(SYSTEM, grant.id)
    assert denials(world, place, calendar, place.bob.id) == ["applicationNotGranted"]


async def test_a_directory_that_nobody_can_look_into_says_so(world: World, place: Place) -> None:
    service, kind = world.service, GrantKind.DIRECTORY
    made = await new_directory(world, place, kind=DirectoryKind.DISABLED)
    await granted(world, granting.directory(made.id, user=place.alice.id))
    assert denials(world, place, kind, made.id) == ["directoryDisabled"]
    await service.directories.update_directory(SYSTEM, made.id, 1, kind=DirectoryKind.PUBLIC)
    assert denials(world, place, kind, made.id) == ["notSynchronised"]
    own = world.registry.directories_of(place.paris.id)[0]
    assert denials(world, place, kind, own.id) == []


async def test_ones_own_calendar_and_call_log_need_no_grant(world: World, place: Place) -> None:
    alice = place.alice.id
    for kind in GrantKind.CALENDAR, GrantKind.CALL_LOG:
        verdict = world.service.rights.explain_right(SYSTEM, alice, kind, alice)
        assert (verdict.own, verdict.reasons, verdict.denials) == (True, (), ())
    assert denials(world, place, GrantKind.RECORDINGS, alice) == ["noGrant"]


async def test_only_what_is_there_is_explained(world: World, place: Place) -> None:
    other = await new_place(world.service, "Other")
    for kind, object in (
        (GrantKind.CALENDAR, "unknown"),
        (GrantKind.CALENDAR, other.bob.id),
        (GrantKind.APPLICATION, "TWS Everything"),
        (GrantKind.QUEUE, place.bob.id),
    ):
        with pytest.raises(NotFound):
            world.service.rights.explain_right(SYSTEM, place.alice.id, kind, object)
    with pytest.raises(NotAllowed):
        world.service.rights.effective_rights(place.user, place.alice.id)
