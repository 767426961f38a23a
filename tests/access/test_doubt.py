"""The database goes away in the middle of a commit: what it wrote is heard of all the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.access.conftest import Door
from tests.organisation.world import Place, new_place, service_for
from tests.peers.postgresql import Server
from tests.peers.postgresql_proxy import Proxy
from tws.access.events import SessionEnded
from tws.access.login_method import Credentials
from tws.app.house import open_house
from tws.app.office import Office, open_office
from tws.config import Settings
from tws.mail.model import Letter
from tws.storage import CommitInDoubt, StorageUnavailable
from tws.storage.replica import refresh

PASSWORD = "open, sesame!"


@dataclass
class Desk:
    """A process whose connection to the database breaks when the test says so."""

    office: Office
    place: Place
    proxy: Proxy
    ended: list[str]

    async def login(self) -> tuple[str, str]:
        """The session and its token."""
        actor, token = await self.office.access.signing.login(
            Credentials("alice", PASSWORD, address="10.0.0.1"), agent="Firefox"
        )
        assert actor.session is not None
        return actor.session, token


@pytest.fixture
async def desk(postgresql: Server, tmp_path: Path) -> AsyncIterator[Desk]:
    url = await postgresql.new_database()
    async with Proxy(postgresql.folder, tmp_path) as proxy:
        settings = Settings(database=proxy.url(url), data_dir=tmp_path)
        async with open_office(settings) as office:
            await office.access.sessions.load()
            place = await new_place(service_for(office.storage, office.registry))
            await office.access.passwords.set_password(
                place.administrator, place.alice.id, PASSWORD
            )
            desk = Desk(office, place, proxy, [])
            office.bus.follow(SessionEnded, lambda event: desk.ended.append(event.session))
            yield desk


async def test_a_key_is_known_and_revoked_though_nobody_was_told(desk: Desk) -> None:
    access, administrator = desk.office.access, desk.place.administrator
    desk.proxy.lose_next_commit = True
    with pytest.raises(StorageUnavailable):
        await access.keys.create_api_key(administrator, desk.place.alice.id, "CRM", None)
    await desk.office.schedule.settle()
    [made] = await access.keys.list_api_keys(administrator)
    key, token = await access.keys.create_api_key(administrator, desk.place.alice.id, "ERP", None)
    assert access.sessions.actor_of(token) is not None
    desk.proxy.lose_next_commit = True
    with pytest.raises(StorageUnavailable):
        await access.keys.revoke_api_key(administrator, key.id)
    await desk.office.schedule.settle()
    assert access.sessions.actor_of(token) is None
    assert desk.ended == [key.id]
    assert await access.keys.list_api_keys(administrator) == (made,)


async def test_a_new_password_signs_out_though_nobody_was_told(desk: Desk) -> None:
    access = desk.office.access
    session, token = await desk.login()
    desk.proxy.lose_next_commit = True
    with pytest.raises(StorageUnavailable):
        await access.passwords.set_password(
            desk.place.administrator, desk.place.alice.id, "open, barley!"
        )
    await desk.office.schedule.settle()
    assert access.sessions.actor_of(token) is None
    assert desk.ended == [session]


async def test_a_mail_is_sent_though_nobody_was_told_that_it_waits(desk: Desk) -> None:
    mail, company = desk.office.mail, desk.place.company.id
    await mail.start()
    desk.proxy.lose_next_commit = True
    with pytest.raises(StorageUnavailable):
        async with desk.office.storage.transaction() as tx:
            await mail.put(tx, Letter(company=company, to="a@ssdei.example", subject="", text=""))
    await desk.office.schedule.settle()
    assert str(mail.failing[company]).startswith("No mail server is set")


async def test_a_stop_does_not_wait_for_a_database_that_is_away(
    postgresql: Server, tmp_path: Path
) -> None:
    """It went during a commit: what it wrote can't be asked, and is read at the next start."""
    url = await postgresql.new_database()
    async with AsyncExitStack() as stack:
        async with Proxy(postgresql.folder, tmp_path) as proxy:
            settings = Settings(database=proxy.url(url), data_dir=tmp_path, state_dir=tmp_path)
            house = await stack.enter_async_context(open_house(settings))
        house.bus.publish(CommitInDoubt())
        await house.schedule.settle()  # it has asked in vain, and will again
        assert not await house.storage.alive()
        house.bus.publish(CommitInDoubt())
        async with asyncio.timeout(60):
            await stack.aclose()
        assert house.schedule.failed == house.bus.failed == {}


async def test_who_signed_out_stays_so_though_still_stored(door: Door, place: Place) -> None:
    """The session ended in memory first, and could not be deleted yet."""
    storage = door.world.storage
    actor, token = await door.login()
    await storage.close()
    await door.access.signing.logout(actor)
    await storage.open()
    assert await refresh(storage, door.access.sessions.replicas, door.bus.publish) == 0
    assert door.access.sessions.actor_of(token) is None
    await door.access.sessions.tend()
    assert await refresh(storage, door.access.sessions.replicas, door.bus.publish) == 0
    assert door.ended == [actor.session]
