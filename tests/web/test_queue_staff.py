"""How many may answer a call queue, and how many are free: true at once, and told only when it is
another."""

from tests import granting
from tests.web.calls import answered, ends, rings
from tests.web.house import House
from tws.organisation.actor import SYSTEM, QueueId
from tws.organisation.applications import Application
from tws.presence.model import PresenceState
from tws.queues.events import QueueMoved
from tws.queues.model import Agents
from tws.telephony.event_reports import InService, OutOfService
from tws.telephony.model import DeviceId


async def reception(house: House, *usernames: str) -> QueueId:
    """A queue of these, who may use TWS Alerter."""
    organisation = house.rooms.organisation
    queue = await organisation.queues.create_queue(
        SYSTEM, domain=house.domains["Paris"].id, name="Reception"
    )
    for username in usernames:
        user = house.users[username].id
        for grant in (
            granting.application(Application.ALERTER, user=user),
            granting.queue(queue.id, user=user),
        ):
            await organisation.grants.create_grant(SYSTEM, **grant)
    return queue.id


async def test_an_agent_is_counted_by_what_his_telephone_does(house: House) -> None:
    queue = await reception(house, "alice", "bob")
    queues, told = house.rooms.queues, list[QueueMoved]()
    assert queues.agents(queue) == Agents(free=2, all=2)
    house.rooms.bus.follow(QueueMoved, told.append)
    house.report(rings("1", "4003"))
    assert queues.agents(queue) == Agents(free=1, all=2)
    house.report(answered("1", "4003"))
    house.report(rings("2", "4003"))
    assert [one.queue for one in told] == [queue]  # he was busy before
    house.report(ends("2", "4003"), ends("1", "4003"))
    assert queues.agents(queue) == Agents(free=2, all=2)
    house.report(rings("3", "5001"), domain="Berlin")
    assert len(told) == 2


async def test_an_agent_is_counted_by_what_he_says_and_his_link(house: House) -> None:
    queue = await reception(house, "alice", "bob")
    queues = house.rooms.queues
    assert queues.agents(queue).free == 2
    bob = await house.sign_in("bob")
    said = await bob.put("presence", json={"state": PresenceState.ABSENT})
    assert said.is_success, said.text
    assert queues.agents(queue).free == 1
    house.report(OutOfService(DeviceId("4001")), OutOfService(DeviceId("4002")))
    assert queues.agents(queue).free == 0
    house.report(InService(DeviceId("4001")))
    assert queues.agents(queue).free == 1
    house.cut()
    assert queues.agents(queue) == Agents(free=0, all=2)


async def test_who_may_answer_no_more_is_counted_no_more(house: House) -> None:
    queue = await reception(house, "alice", "bob")
    queues, organisation = house.rooms.queues, house.rooms.organisation
    registry, told = house.rooms.registry, list[QueueMoved]()
    alice, bob = house.users["alice"].id, house.users["bob"].id
    assert queues.agents(queue) == Agents(free=2, all=2)
    house.rooms.bus.follow(QueueMoved, told.append)
    for enabled, count in ((False, 1), (True, 2)):
        row = registry.users[alice]
        await organisation.users.update_user(SYSTEM, alice, row.version, enabled=enabled)
        assert queues.agents(queue) == Agents(free=count, all=count)
        assert told.pop().queue == queue
    for lost, left in (
        (granting.application(Application.ALERTER, user=bob), 1),
        (granting.queue(queue, user=alice), 0),
    ):
        grant = registry.granted.exactly(lost["kind"], lost["object"], lost["grantee"])
        assert grant is not None
        await organisation.grants.delete_grant(SYSTEM, grant.id)
        assert queues.agents(queue) == Agents(free=left, all=left)
