"""Callers whom nobody answered in a queue: called back while the database is away, told twice, and
as a file."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx

from tests import granting
from tests.telephony.paper import later
from tests.web.calls import at
from tests.web.house import DEADLINE, House
from tests.web.test_parameters import put
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.shared_device import Queue
from tws.queues import store
from tws.queues.events import CallerGaveUp
from tws.queues.model import GaveUp
from tws.telephony.commands import MakeCall
from tws.telephony.event_reports import CommandDone
from tws.telephony.model import LegId, LinkId, Party, ThreadId

GAVE_UP = datetime.now(UTC)


async def reception(house: House) -> Queue:
    """A queue that alice sees."""
    organisation, alice = house.rooms.organisation, house.users["alice"]
    queue = await organisation.queues.create_queue(
        SYSTEM, domain=alice.domain, name="Reception", link=house.links["Paris"].id, number="7000"
    )
    for grant in (
        granting.application(Application.ALERTER, user=alice.id),
        granting.queue(queue.id, user=alice.id),
    ):
        await organisation.grants.create_grant(SYSTEM, **grant)
    return queue


async def gives_up(
    house: House, queue: Queue, leg: str = "leg", ended: datetime = GAVE_UP
) -> None:
    one = GaveUp(
        queue=queue.id,
        link=LinkId(house.links["Paris"].id),
        thread=ThreadId("thread"),
        leg=LegId(leg),
        caller=Party(number="0155171889"),
        since=ended - timedelta(seconds=20),
        ended=ended,
    )
    house.rooms.bus.publish(CallerGaveUp(one, None))
    await house.rooms.bus.settle()


async def listed(client: httpx.AsyncClient, queue: Queue) -> list[dict[str, object]]:
    answer = await client.get(f"queues/{queue.id}/abandoned")
    found: list[dict[str, object]] = answer.json()
    return found


async def call_back(house: House, alice: httpx.AsyncClient, queue: Queue) -> None:
    """The database goes while the call is made."""
    (one,) = await listed(alice, queue)
    body = {"call": one["id"], "device": house.device("4001")}
    asking = asyncio.create_task(alice.post(f"queues/{queue.id}/callBack", json=body))
    command = await house.asked(MakeCall)
    await house.storage.close()
    house.report(CommandDone(command.id, at("9", "4001")))
    answer = await asking
    assert answer.status_code == 200, answer.text


async def test_who_is_called_back_while_the_database_goes_is_noted_once_it_is_back(
    house: House,
) -> None:
    alice, queue = await house.program("alice"), await reception(house)
    await gives_up(house, queue)
    await call_back(house, alice, queue)
    await house.storage.open()
    async with asyncio.timeout(DEADLINE):
        while (await listed(alice, queue))[0]["calledBack"] is None:
            await later(2.0)
            await house.network.schedule.settle()
    (one,) = await listed(alice, queue)
    assert one["calledBackBy"] == "Alice Martin"
    await gives_up(house, queue)  # told again
    assert await listed(alice, queue) == [one]
    await gives_up(house, queue, "another")
    assert len(await listed(alice, queue)) == 2


async def test_one_who_gives_up_while_the_database_is_away_is_kept(house: House) -> None:
    alice, queue = await house.program("alice"), await reception(house)
    await house.storage.close()
    await gives_up(house, queue)
    await house.storage.open()
    async with asyncio.timeout(DEADLINE):
        while not await listed(alice, queue):
            await later(2.0)
            await house.network.schedule.settle()


async def test_they_are_kept_for_as_many_days_as_the_domain_says(house: House) -> None:
    alice, queue = await house.program("alice"), await reception(house)
    await gives_up(house, queue, "old", GAVE_UP - timedelta(days=2))
    await gives_up(house, queue, "new")
    new, old = await listed(alice, queue)
    paris, abandoned = house.domains["Paris"], house.rooms.abandoned
    await abandoned.clean(paris)
    assert await listed(alice, queue) == [new, old]
    admin = await house.administrator("SSDEI")
    await put(admin, "Queues-NumberDaysOfStorage", 1, domain=paris.id)
    assert await listed(alice, queue) == [new]
    file = await alice.get(f"queues/{queue.id}/abandoned/export")
    assert len(file.content.decode().splitlines()) == 2
    await abandoned.clean(paris)
    async with house.storage.reading() as reader:
        (kept,) = await store.of_queue(reader, queue.id, GAVE_UP - timedelta(days=9), 9)
    assert kept.id == new["id"]


async def test_the_file_is_in_the_language_of_who_reads_it(house: House) -> None:
    alice, queue = await house.program("alice"), await reception(house)
    await gives_up(house, queue)
    heads = {
        "fr": "\ufeffArrivée,Raccroché,Attente (s),Numéro,Nom,Rappelé,Rappelé par",
        "en": "\ufeffCame in,Hung up,Waited (s),Caller’s number,Caller’s name,Called back,"
        "Called back by",
    }
    for culture, head in heads.items():
        file = await alice.get(f"queues/{queue.id}/abandoned/export", params={"culture": culture})
        assert file.content.decode().splitlines()[0] == head
