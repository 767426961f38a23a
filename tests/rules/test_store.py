"""What is stored of rules, on each kind of database, and read again after a restart."""

from dataclasses import replace

import pytest

from tests.directory.people import People, founded
from tws.bus import Bus
from tws.errors import Conflict
from tws.organisation import store as organisation
from tws.organisation.events import UserChanged
from tws.organisation.model import User
from tws.rules.book import RuleBook
from tws.rules.memory import Memory
from tws.rules.model import ForwardingRule, Kept, Mark, Place, Presence, Slot, Target
from tws.rules.service import MOST, RuleService
from tws.storage import Storage
from tws.telephony.model import CallOrigin, ForwardingType

NO_ANSWER = Slot(ForwardingType.NO_ANSWER, CallOrigin.EXTERNAL)
BUSY = Slot(ForwardingType.BUSY, CallOrigin.ALL)


@pytest.fixture
async def people(storage: Storage, bus: Bus) -> People:
    return await founded(storage, bus)


async def service(people: People) -> RuleService:
    """As after a start."""
    book = RuleBook(people.bus)
    await book.load(people.storage)
    return RuleService(people.storage, people.registry, book)


async def made(people: People, alice: User, rules: RuleService, to: str) -> ForwardingRule:
    return await rules.create(
        people.actor(alice),
        presences=[Presence.CALENDAR, Presence.BUSY],
        type=ForwardingType.NO_ANSWER,
        origin=CallOrigin.EXTERNAL,
        destination=to,
    )


async def test_rules_are_the_same_after_a_restart(people: People) -> None:
    alice = await people.user("Alice", "Martin", "4001")
    rules = await service(people)
    first, second = [await made(people, alice, rules, to) for to in ("4002", "4003")]
    assert first.presences == (Presence.BUSY, Presence.CALENDAR)
    actor = people.actor(alice)
    await rules.order(actor, [second.id])
    off = await rules.update(actor, first.id, first.version + 1, active=False)
    again = await service(people)
    assert (
        again.own(actor)
        == rules.own(actor)
        == [
            replace(second, position=1, version=2),
            replace(off, position=2),
        ]
    )
    with pytest.raises(Conflict):
        await again.delete(actor, first.id, first.version)
    await again.delete(actor, off.id, off.version)
    assert [one.id for one in (await service(people)).own(actor)] == [second.id]


async def test_nobody_has_rules_without_end(people: People) -> None:
    alice = await people.user("Alice", "Martin", "4001")
    rules = await service(people)
    for _ in range(MOST):
        await made(people, alice, rules, "4002")
    with pytest.raises(Conflict, match="the most"):
        await made(people, alice, rules, "4002")


async def test_with_a_user_go_the_rules(people: People) -> None:
    alice = await people.user("Alice", "Martin", "4001")
    rules = await service(people)
    await made(people, alice, rules, "4002")
    people.bus.publish(UserChanged(alice, None))
    assert rules.book.of(alice.id) == []


async def test_what_was_set_is_known_after_a_restart(people: People) -> None:
    """And when the telephone is nobody's any more, until its link goes."""
    alice = await people.user("Alice", "Martin", "4001")
    (device,) = people.registry.devices_of(alice.id)
    place = Place(device.link, device.number)
    memory = Memory(people.storage, Bus())
    asked = Kept(Target("4002", 20), Mark.ASKED, before="4003")
    left = Kept(Target("4004"), Mark.LEFT)
    await memory.write(place, {NO_ANSWER: asked, BUSY: left})
    await memory.write(place, {NO_ANSWER: Kept(Target("4002", 20), Mark.SET)})
    async with people.storage.transaction() as tx:
        await organisation.devices.delete(tx, device)
    after = Memory(people.storage, Bus())
    await after.load()
    assert after.of(place) == {NO_ANSWER: Kept(Target("4002", 20), Mark.SET), BUSY: left}
    await after.write(place, {NO_ANSWER: None})
    async with people.storage.transaction() as tx:
        await organisation.links.delete(tx, people.registry.links[device.link])
    after.forget_link(device.link)
    await memory.load()
    assert (after.places(), memory.places()) == ([], [])
