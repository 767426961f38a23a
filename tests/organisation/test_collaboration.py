"""Collaboration sources, and users' own accounts with them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.organisation.world import Place, World, new_place
from tws.errors import Conflict, Invalid, NotAllowed, NotFound
from tws.organisation.actor import SYSTEM, CollaborationId
from tws.organisation.model import CollaborationSource
from tws.storage.audit import audit

SETTINGS = {"host": "calendars.example", "password": "of the source"}
OWN = "of alice"


async def made(world: World, place: Place, connector: str = "toy") -> CollaborationSource:
    return await world.service.collaboration.create_collaboration_source(
        SYSTEM, domain=place.paris.id, name="Exchange", connector=connector, settings=SETTINGS
    )


async def test_secrets_are_sealed_and_opened_for_the_connector_alone(
    world: World, place: Place
) -> None:
    service = world.service
    source = await made(world, place)
    assert str(source.settings["password"]).startswith("sealed:")
    assert service.collaboration.opened_calendar(source)["password"] == "of the source"
    elsewhere = {"host": "other.example"}
    with pytest.raises(Invalid, match="stored address only"):
        await service.collaboration.update_collaboration_source(
            SYSTEM, source.id, 1, settings=elsewhere
        )
    moved = await service.collaboration.update_collaboration_source(
        SYSTEM, source.id, 1, settings={**elsewhere, "password": "of the source"}
    )
    assert service.collaboration.opened_calendar(moved)["password"] == "of the source"
    account = await service.collaboration.set_collaboration_account(
        place.user, source.id, username="alice", email="al@arda.example", password=OWN
    )
    opened = service.collaboration.opened_calendar(moved, account)
    assert (opened["host"], opened["user"], opened["password"]) == ("other.example", "alice", OWN)
    async with world.storage.reading() as reader:
        told = str((await reader.execute(select(audit))).all())
    assert "Exchange" in told
    assert not [s for s in (OWN, "of the source", "sealed:") if s in told]


async def test_accounts_are_the_users_own(world: World, place: Place) -> None:
    service = world.service
    source, plain = await made(world, place), None
    plain = await service.collaboration.create_collaboration_source(
        SYSTEM, domain=place.paris.id, name="Google", connector="other", settings=SETTINGS
    )
    assert service.collaboration.own_collaboration_sources(place.user) == (source,)
    with pytest.raises(Invalid, match="password is needed"):
        await service.collaboration.set_collaboration_account(
            place.user, source.id, username="alice"
        )
    for id in (plain.id, CollaborationId("unknown")):
        with pytest.raises(NotFound):
            await service.collaboration.set_collaboration_account(
                place.user, id, username="alice", password=OWN
            )
    with pytest.raises(NotAllowed):
        service.collaboration.own_collaboration_sources(place.administrator)
    theirs = await new_place(service, "Theirs")
    colleague = replace(place.user, user=place.bob.id, domain=place.nice.id)
    for stranger in (theirs.user, colleague):
        assert service.collaboration.own_collaboration_sources(stranger) == ()
        with pytest.raises(NotFound):
            service.collaboration.own_collaboration_account(stranger, source.id)
        with pytest.raises(NotFound):
            await service.collaboration.delete_collaboration_account(stranger, source.id)
    first = await service.collaboration.set_collaboration_account(
        place.user, source.id, username="alice", password=OWN
    )
    same = await service.collaboration.set_collaboration_account(
        place.user, source.id, username="alice", password=OWN
    )
    assert same == first
    other = await service.collaboration.set_collaboration_account(
        place.user, source.id, username="al"
    )
    assert other.settings["password"] == first.settings["password"]
    assert service.collaboration.own_collaboration_account(place.user, source.id) == other


async def test_a_password_is_told_to_no_other_server(world: World, place: Place) -> None:
    """Whoever administers the source could else collect the passwords of its users."""
    service = world.service.collaboration
    source = await made(world, place)
    await service.set_collaboration_account(place.user, source.id, username="a", password=OWN)
    source = await service.update_collaboration_source(
        SYSTEM, source.id, source.version, name="Renamed"
    )
    assert service.own_collaboration_account(place.user, source.id) is not None
    elsewhere = {**SETTINGS, "host": "elsewhere.example"}
    await service.update_collaboration_source(
        SYSTEM, source.id, source.version, settings=elsewhere
    )
    assert service.own_collaboration_account(place.user, source.id) is None
    assert not world.registry.collaboration_accounts


async def test_what_goes_with_whom(world: World, place: Place) -> None:
    service, known = world.service, world.registry
    source = await made(world, place)
    with pytest.raises(Conflict):
        await made(world, place)
    await service.collaboration.set_collaboration_account(
        place.user, source.id, username="a", password=OWN
    )
    (device,) = known.devices_of(place.alice.id)
    await service.devices.delete_device(SYSTEM, device.id, device.version)
    with pytest.raises(Conflict, match="1 link"):
        await service.domains.delete_domain(SYSTEM, place.paris.id, place.paris.version)
    await service.collaboration.delete_collaboration_source(SYSTEM, source.id, 1)
    assert not known.collaboration_accounts and not known.collaboration_sources
    source = await made(world, place)
    await service.collaboration.set_collaboration_account(
        place.user, source.id, username="a", password=OWN
    )
    await service.users.delete_user(SYSTEM, place.alice.id, place.alice.version)
    assert not known.collaboration_accounts and source.id in known.collaboration_sources


async def test_what_is_tried_has_stored_secrets_for_the_stored_address_only(
    world: World, place: Place
) -> None:
    service = world.service
    source = await made(world, place)

    def tried(host: str, connector: str = "toy") -> object:
        draft = service.collaboration.draft_collaboration_source(
            SYSTEM,
            domain=place.paris.id,
            connector=connector,
            settings={"host": host},
            source=source.id,
        )
        return draft.settings.get("password")

    assert tried(str(SETTINGS["host"])) == "of the source"
    with pytest.raises(Invalid, match="stored address only"):
        tried("other.example")
    assert not tried("other.example", "other")  # another kind of server knows nothing of it
    with pytest.raises(NotFound):
        service.collaboration.draft_collaboration_source(
            SYSTEM,
            domain=place.nice.id,
            connector="toy",
            settings=SETTINGS,
            source=source.id,
        )
    assert world.registry.collaboration_sources[source.id] == source


async def test_an_own_account_is_tried_as_it_would_be_stored(world: World, place: Place) -> None:
    service = world.service
    source = await made(world, place)
    asked = {"username": "alice", "email": "al@arda.example"}
    with pytest.raises(Invalid, match="password is needed"):
        service.collaboration.draft_collaboration_account(place.user, source.id, **asked)
    draft = service.collaboration.draft_collaboration_account(
        place.user, source.id, **asked, password=OWN
    )
    assert (draft.settings["user"], draft.settings["password"]) == ("alice", OWN)
    assert draft.account is not None and OWN not in str(draft)
    assert service.collaboration.own_collaboration_account(place.user, source.id) is None
    await service.collaboration.set_collaboration_account(
        place.user, source.id, **asked, password=OWN
    )
    again = service.collaboration.draft_collaboration_account(place.user, source.id, username="al")
    assert (again.settings["user"], again.settings["password"]) == ("al", OWN)
    theirs = await new_place(service, "Theirs")
    with pytest.raises(NotFound):
        service.collaboration.draft_collaboration_account(
            theirs.user, source.id, **asked, password=OWN
        )
