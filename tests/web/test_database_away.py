"""The database is away when links are started: each waits for it, and says so."""

import asyncio
from dataclasses import replace
from pathlib import Path

from tests.telephony.paper import later
from tests.telephony.words import conn, party
from tests.web.house import DEADLINE, House, open_rooms
from tws.organisation.events import LinkChanged
from tws.telephony.event_reports import Delivered, Established
from tws.telephony.model import ConnectionState, LinkId, LinkState, SnapshotConnection
from tws.telephony.network import AGAIN, WAITS_FOR_DATABASE, Network

A = conn("1", "4001").device


async def owned(network: Network, links: int) -> None:
    """Until so many links have a supervisor, whose retries come at once."""
    async with asyncio.timeout(DEADLINE):
        while len(network.counted()) < links:
            await later(AGAIN.longest)
            await network.schedule.settle()


async def test_links_wait_for_the_database_and_start_when_it_is_back(database: Path) -> None:
    async with open_rooms(database) as (rooms, network, storage):
        await storage.close()
        await network.start()
        states = rooms.state.links()
        assert len(states) == len(rooms.registry.links) == 3
        assert {(s.state, str(s.why)) for s in states} == {
            (LinkState.CONNECTING, str(WAITS_FOR_DATABASE))
        }
        for _ in range(3):
            await later(AGAIN.longest)
            await network.schedule.settle()
        assert {str(s.why) for s in rooms.state.links()} == {str(WAITS_FOR_DATABASE)}
        await storage.open()
        await owned(network, 3)
        assert len(network.statuses()) == 3
        assert {str(s.why) for s in rooms.state.links()} == {"None"}


async def test_a_link_changed_while_the_database_is_away_takes_its_calls_up_again(
    house: House,
) -> None:
    """Its legs are not closed: another owner, or we, will ask the PBX about them."""
    called = {"calling": party("0612345678")}
    house.report(
        Delivered(connection=conn("1", A), calling=called["calling"]),
        Established(connection=conn("1", A), calling=called["calling"]),
    )
    before = house.legs("4001")
    await house.rooms.journal.flush()
    await house.storage.close()
    row = house.links["Paris"]
    house.network.bus.publish(LinkChanged(row, replace(row, capacity=row.capacity + 1)))
    await house.network.bus.settle()
    state = house.rooms.state.link(LinkId(row.id))
    assert state is not None and state.why == WAITS_FOR_DATABASE
    assert house.rooms.journal.counters["open"] == 1
    await house.storage.open()
    await owned(house.network, 3)
    house.pbx().calls[A] = (SnapshotConnection(conn("1", A), ConnectionState.CONNECTED),)
    house.connect()
    assert house.legs("4001") == before


async def test_a_link_that_waits_can_be_switched_off(database: Path) -> None:
    async with open_rooms(database) as (rooms, network, storage):
        await storage.close()
        await network.start()
        row = next(iter(rooms.registry.links.values()))
        off = replace(row, version=row.version + 1, enabled=False)
        network.bus.publish(LinkChanged(row, off))
        await network.bus.settle()
        await storage.open()
        await owned(network, 2)
        state = rooms.state.link(LinkId(row.id))
        assert state is not None and (state.state, str(state.why)) == (LinkState.DOWN, "disabled")


async def test_a_link_started_by_a_change_is_not_started_again(database: Path) -> None:
    async with open_rooms(database) as (rooms, network, storage):
        await storage.close()
        await network.start()
        await storage.open()
        row = next(iter(rooms.registry.links.values()))
        changed = replace(row, version=row.version + 1, capacity=row.capacity + 1)
        network.bus.publish(LinkChanged(row, changed))
        await network.bus.settle()
        started = network.status(LinkId(row.id))
        assert started is not None
        await owned(network, 3)
        again = network.status(LinkId(row.id))
        assert again is not None and again.epoch == started.epoch
        assert rooms.registry.links[row.id].epoch == started.epoch
