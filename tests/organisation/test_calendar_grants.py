"""Who sees whose calendars, as administrators say it."""

import pytest

from tests import granting
from tests.organisation.world import World, new_place
from tws.errors import Conflict, NotFound
from tws.organisation.actor import SYSTEM
from tws.organisation.grant import GrantKind


async def test_calendars_are_shown_across_domains_and_never_across_companies(
    world: World,
) -> None:
    service, registry = world.service, world.registry
    place, other = await new_place(service), await new_place(service, "Other")
    alice, bob, group = place.alice.id, place.bob.id, place.group.id

    with pytest.raises(NotFound):
        await service.grants.create_grant(
            SYSTEM, **granting.calendars({"group": group}, user=other.alice.id)
        )

    grant = await service.grants.create_grant(
        SYSTEM, **granting.calendars({"group": group}, user=bob)
    )
    assert (grant.object, grant.grantee, grant.company) == (group, bob, place.company.id)
    with pytest.raises(Conflict, match="already"):
        await service.grants.create_grant(SYSTEM, **granting.calendars({"group": group}, user=bob))
    both = await service.grants.create_grant(
        SYSTEM, **granting.calendars({"group": group}, group=group)
    )
    assert registry.granted.to(GrantKind.CALENDAR, bob) == (grant,)
    assert service.grants.list_grants(SYSTEM, kind=GrantKind.CALENDAR, object=group) == (
        grant,
        both,
    )
    assert service.grants.list_grants(SYSTEM, other.company.id, kind=GrantKind.CALENDAR) == ()

    with pytest.raises(Conflict) as used:
        await service.groups.delete_group(SYSTEM, group, place.group.version)
    details = used.value.details
    assert (details["calendar_grants"], details["shared_calendars"]) == (1, 2)
    await service.users.delete_user(SYSTEM, bob, 1)
    assert service.grants.list_grants(SYSTEM, kind=GrantKind.CALENDAR) == (both,)
    await service.grants.delete_grant(SYSTEM, both.id)
    assert service.grants.list_grants(SYSTEM, kind=GrantKind.CALENDAR) == ()
    mine = await service.grants.create_grant(
        SYSTEM, **granting.calendars({"user": alice}, group=group)
    )
    await service.users.delete_user(SYSTEM, alice, 1)
    assert mine.id not in registry.grants
