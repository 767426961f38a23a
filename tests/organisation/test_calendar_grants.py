"""Who sees whose calendars, as administrators say it."""

from typing import Any

import pytest

from tests.organisation.world import World, new_place
from tws.errors import Conflict, Invalid, NotFound
from tws.organisation.actor import SYSTEM
from tws.organisation.model import GrantKind


async def test_calendars_are_shown_across_domains_and_never_across_companies(
    world: World,
) -> None:
    service, registry = world.service, world.registry
    place, other = await new_place(service), await new_place(service, "Other")
    alice, bob, group = place.alice.id, place.bob.id, place.group.id
    wrong: list[dict[str, Any]] = [
        {},
        {"of_user": alice},
        {"user": bob},
        {"of_user": alice, "of_group": group, "user": bob},
        {"of_user": alice, "user": bob, "group": group},
    ]
    for given in wrong:
        with pytest.raises(Invalid):
            await service.calendar_grants.create_calendar_grant(SYSTEM, **given)
    with pytest.raises(NotFound):
        await service.calendar_grants.create_calendar_grant(
            SYSTEM, of_group=group, user=other.alice.id
        )

    grant = await service.calendar_grants.create_calendar_grant(SYSTEM, of_group=group, user=bob)
    assert (grant.object, grant.grantee, grant.company) == (group, bob, place.company.id)
    with pytest.raises(Conflict, match="already"):
        await service.calendar_grants.create_calendar_grant(SYSTEM, of_group=group, user=bob)
    both = await service.calendar_grants.create_calendar_grant(SYSTEM, of_group=group, group=group)
    assert registry.granted.to(GrantKind.CALENDAR, bob) == (grant,)
    assert service.calendar_grants.list_calendar_grants(SYSTEM, of_group=group) == (grant, both)
    assert service.calendar_grants.list_calendar_grants(SYSTEM, other.company.id) == ()

    with pytest.raises(Conflict) as used:
        await service.groups.delete_group(SYSTEM, group, place.group.version)
    details = used.value.details
    assert (details["calendar_grants"], details["shared_calendars"]) == (1, 2)
    await service.users.delete_user(SYSTEM, bob, 1)
    assert service.calendar_grants.list_calendar_grants(SYSTEM) == (both,)
    await service.calendar_grants.delete_calendar_grant(SYSTEM, both.id)
    assert service.calendar_grants.list_calendar_grants(SYSTEM) == ()
    mine = await service.calendar_grants.create_calendar_grant(SYSTEM, of_user=alice, group=group)
    await service.users.delete_user(SYSTEM, alice, 1)
    assert mine.id not in registry.grants
