"""What was stopped stays so, whichever node does it next, whenever each hears of it."""

from functools import partial

import pytest

from tests.maintenance.test_services import Floor
from tests.wired import Wired
from tws.maintenance.part import Part
from tws.maintenance.services import Services
from tws.node_memory import MemoryWanted
from tws.organisation.actor import SYSTEM
from tws.storage import Storage

NEEDS: dict[str, tuple[str, ...]] = {"mail": (), "emails": ("mail",), "imports": ()}
NODES = ("a", "b", "c")


class Node:
    """Of one server: `floor` is what runs here."""

    def __init__(self, server: "Server", name: str) -> None:
        self.name, self.server = name, server
        self.floor = Floor(NEEDS)
        self.services = Services(server.storage, [self._part(x) for x in NEEDS], dict)
        self.services.shared(lambda: server.worker is self, lambda: None)
        self.services.tell(server.wired.buses[name])

    def _part(self, name: str) -> Part:
        return Part(
            name=name,
            needs=NEEDS[name],
            runs=lambda: name in self.floor.running,
            start=partial(self.floor.start, name),
            stop=partial(self.floor.stop, name),
            once=True,
        )

    async def states(self) -> dict[str, str]:
        return {name: one.state.value for name, one in (await self.services.look()).items()}


class Server:
    def __init__(self, storage: Storage) -> None:
        self.storage, self.wired = storage, Wired(NODES)
        self.worker: Node | None = None
        self.nodes = {name: Node(self, name) for name in NODES}

    async def works(self, name: str) -> Node:
        """From now on that node, and the one before no more."""
        before, self.worker = self.worker, self.nodes[name]
        if before is not None:
            await before.services.leave_work()
            assert not before.floor.running
        await self.worker.services.begin_work()
        return self.worker


@pytest.fixture
def server(sqlite_storage: Storage) -> Server:
    return Server(sqlite_storage)


async def test_it_stays_stopped_at_whichever_node_is_next_until_it_is_started(
    server: Server,
) -> None:
    a = await server.works("a")
    assert a.floor.running == {*NEEDS}
    await a.services.stop(SYSTEM, "mail")
    for node in server.nodes.values():
        states = await node.states()
        assert (states["mail"], states["emails"]) == ("stopped", "stopped")
        assert states["imports"] == ("running" if node is a else "elsewhere")
    b = await server.works("b")
    assert b.floor.running == {"imports"}
    await b.services.restart(SYSTEM, "imports")
    await b.services.start(SYSTEM, "emails")
    assert (await server.works("c")).floor.running == {*NEEDS}
    assert (await server.works("a")).floor.running == {*NEEDS}
    assert set((await b.states()).values()) == {"elsewhere"}


async def test_a_node_that_comes_later_is_told(server: Server) -> None:
    a, b = await server.works("a"), server.nodes["b"]
    server.wired.cut.add("b")
    await a.services.stop(SYSTEM, "imports")
    assert (await b.states())["imports"] == "elsewhere"
    await server.wired.heard_again()
    assert (await b.states())["imports"] == "stopped"


async def test_a_node_that_hears_it_too_late_does_it_then(server: Server) -> None:
    """It had the duty before it was told."""
    a = await server.works("a")
    server.wired.cut.add("b")
    await a.services.stop(SYSTEM, "mail")
    b = await server.works("b")
    assert b.floor.running == {*NEEDS}
    await server.wired.heard_again()
    assert b.floor.running == {"imports"}
    server.wired.cut.add("c")
    await b.services.start(SYSTEM, "emails")
    c = await server.works("c")
    assert c.floor.running == {"imports"}
    await server.wired.heard_again()
    assert c.floor.running == {*NEEDS}
    assert not a.floor.running and not b.floor.running


async def test_what_two_nodes_were_told_apart_from_each_other_both_holds(server: Server) -> None:
    a = await server.works("a")
    for name in ("imports", "mail"):  # more is known at this one
        await a.services.stop(SYSTEM, name)
        await a.services.start(SYSTEM, name)
    await a.services.stop(SYSTEM, "imports")
    server.wired.cut.update(("b", "c"))
    await a.services.stop(SYSTEM, "mail")
    b = await server.works("b")
    await b.services.restart(SYSTEM, "mail")
    await b.services.stop(SYSTEM, "emails")
    await server.wired.heard_again()
    assert b.floor.running == {"mail"}  # the later order about it
    c = await server.works("c")
    await c.services.start(SYSTEM, "imports")
    assert c.floor.running == {"mail", "imports"}
    await c.services.start(SYSTEM, "emails")
    assert (await server.works("a")).floor.running == {*NEEDS}


async def test_who_does_nothing_of_it_begins_nothing_when_it_is_told(server: Server) -> None:
    a = await server.works("a")
    await a.services.stop(SYSTEM, "imports")
    await a.services.leave_work()  # it still counts as the one that works
    server.wired.buses["b"].publish(MemoryWanted("b"))
    await server.wired.settle()
    assert not any(node.floor.running for node in server.nodes.values())


async def test_what_did_not_start_is_tried_again_by_the_next(server: Server) -> None:
    a, b = await server.works("a"), server.nodes["b"]
    await a.services.stop(SYSTEM, "imports")
    b.floor.failing.add("mail")
    await server.works("b")
    assert (await b.states())["mail"] == "failed"
    assert (await server.works("a")).floor.running == {"mail", "emails"}
    b.floor.failing.clear()
    assert (await server.works("b")).floor.running == {"mail", "emails"}
