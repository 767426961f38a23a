"""Parts of a server that need each other: what starts and stops in which order."""

import asyncio
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.databases import sqlite_copy
from tws.bus import Bus
from tws.errors import Conflict, ServiceError
from tws.maintenance.part import Part, Work, in_order, needed_by, needs_of
from tws.maintenance.services import Services
from tws.organisation.actor import SYSTEM
from tws.schedule import Schedule
from tws.storage import Storage


@dataclass
class Floor:
    """What runs; nothing may run without what it needs."""

    needs: dict[str, tuple[str, ...]]
    running: set[str] = field(default_factory=set)
    failing: set[str] = field(default_factory=set)

    async def start(self, name: str) -> None:
        if name in self.failing:
            raise ZeroDivisionError
        assert self.running.issuperset(self.needs[name])
        assert name not in self.running
        self.running.add(name)

    async def stop(self, name: str) -> None:
        assert not any(name in self.needs[other] for other in self.running - {name})
        self.running.discard(name)

    def part(self, name: str, fixed: bool) -> Part:
        return Part(
            name=name,
            services=(f"{name}Services",),
            needs=self.needs[name],
            runs=lambda: name in self.running,
            start=partial(self.start, name),
            stop=None if fixed else partial(self.stop, name),
        )


@st.composite
def floors(draw: st.DrawFn) -> tuple[Floor, list[Part], set[str]]:
    names = [f"part{n}" for n in range(draw(st.integers(1, 7)))]
    needs = {
        name: tuple(draw(st.lists(st.sampled_from(names[:at]), unique=True)) if at else ())
        for at, name in enumerate(names)
    }
    fixed = draw(st.sets(st.sampled_from(names), max_size=1))
    floor = Floor(needs, running={*names})
    return floor, [floor.part(name, name in fixed) for name in names], fixed


ORDERS = st.lists(st.tuples(st.sampled_from(["start", "stop", "restart"]), st.integers(0, 6)))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("parts")
    return asyncio.run(sqlite_copy(folder, tmp_path_factory))


@settings(max_examples=60)
@given(made=floors(), orders=ORDERS)
def test_no_part_ever_runs_without_what_it_needs(
    database: str, made: tuple[Floor, list[Part], set[str]], orders: list[tuple[str, int]]
) -> None:
    floor, parts, fixed = made
    assert in_order(parts)

    async def walk() -> None:
        storage = Storage(database, Bus().publish)
        await storage.open()
        services = Services(storage, parts, dict)
        try:
            for what, at in orders:
                name = parts[at % len(parts)].name
                before = set(floor.running)
                held = fixed & {name, *needed_by(parts, name)}
                try:
                    await getattr(services, what)(SYSTEM, name)
                except Conflict:
                    assert held and what != "start" and floor.running == before
                    continue
                assert not held or what == "start"
                assert (name in floor.running) == (what != "stop")
                if what == "restart":
                    assert floor.running >= before
                if what == "stop":
                    assert before - floor.running <= {name, *needed_by(parts, name)}
                if what == "start":
                    assert floor.running - before <= {name, *needs_of(parts, name)}
        finally:
            await storage.close()

    asyncio.run(walk())


async def test_a_part_that_fails_says_so_until_it_starts(sqlite_storage: Storage) -> None:
    floor = Floor({"one": (), "two": ("one",)}, running={"one"}, failing={"two"})
    services = Services(sqlite_storage, [floor.part(x, False) for x in floor.needs], dict)
    with pytest.raises(Conflict, match="ZeroDivisionError"):
        await services.start(SYSTEM, "TWS4$TWS_twoServices")
    first, *_ = await services.list_services(SYSTEM)
    assert (first.name, first.state, str(first.why)) == (
        "two",
        "failed",
        "An error inside TWS (ZeroDivisionError): its log says more.",
    )
    assert dict(services.running()) == {"one": True, "two": False}
    floor.failing.clear()
    assert await services.restart(SYSTEM, "two") == (["two"], ["two"])
    assert dict((one.name, one.state.value) for one in await services.list_services(SYSTEM))[
        "two"
    ] == ("running")


async def test_a_job_that_crashed_is_its_parts_failure_until_it_works(
    sqlite_storage: Storage,
) -> None:
    schedule = Schedule()
    parts = [
        Part(name="schedule", rest=True),
        Part(name="reader", needs=("schedule",), jobs=("read",)),
    ]
    services = Services(sqlite_storage, parts, lambda: schedule.failing)

    async def works() -> None: ...

    async def crashes() -> None:
        raise ZeroDivisionError

    async def states(name: str, work: Work) -> list[str]:
        schedule.once(name, work)
        await schedule.settle()
        return [condition.state.value for condition in (await services.look()).values()]

    try:
        assert await states("read", crashes) == ["running", "failed"]
        why = (await services.look())["reader"].why
        assert "“read” failed by an error inside TWS (ZeroDivisionError)" in str(why)
        assert await states("read", works) == ["running", "running"]
        assert await states("clean", crashes) == ["failed", "running"]
        await schedule.end("clean")
        assert not schedule.failing
    finally:
        await schedule.stop()


async def test_a_service_of_the_guide_that_is_not_there_is_not_faked(
    sqlite_storage: Storage,
) -> None:
    services = Services(sqlite_storage, [], dict)
    states = {one.name: one.state.value for one in await services.list_services(SYSTEM)}
    assert states["MediaServices"] == "absent" and len(states) == 5
    with pytest.raises(Conflict, match="not in this version"):
        await services.start(SYSTEM, "TWS$TWS_MediaServices")
    with pytest.raises(ServiceError, match="no such service"):
        await services.start(SYSTEM, "TWS$TWS_Nothing")


def test_a_list_in_the_wrong_order_is_seen(sqlite_storage: Storage) -> None:
    floor = Floor({"one": ("two",), "two": ()})
    with pytest.raises(ValueError, match="before"):
        Services(sqlite_storage, [floor.part(x, False) for x in floor.needs], dict)
