"""Rows of a room of our own: each change is written, audited and published, or nothing of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint, select
from sqlalchemy.schema import CreateTable

from tws.bus import Bus
from tws.errors import Conflict, NotFound
from tws.records.changing import ChangingRows, create, present, refuse_if_used, remove, remove_all
from tws.records.kind import Changed, Kind
from tws.records.sealing import told
from tws.storage import Json, Storage
from tws.storage.audit import audit
from tws.storage.rows import Rows

TABLE = Table(
    "bell",
    MetaData(),  # not that of the rooms
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False),
    Column("tower", String(36), nullable=False),
    Column("settings", Json, nullable=False),
    UniqueConstraint("tower"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    id: str
    version: int = 1
    company: str = "ssdei"
    tower: str = "north"
    settings: Mapping[str, object] = field(default_factory=dict)


class BellChanged(Changed[Bell]):
    __slots__ = ()


@dataclass(frozen=True)
class Sexton:
    label: str = "sexton"
    session: str | None = None


BELL = Kind[Bell](
    "bell",
    Rows(TABLE, Bell),
    BellChanged,
    said=lambda bell: replace(bell, settings=told(bell.settings)),
)
ACTOR = Sexton()
FIRST = Bell(id="one", settings={"tone": "c", "key": "sealed:1:abc"})


class Bells(ChangingRows):
    async def hang(self, bell: Bell) -> Bell:
        return await self._create(ACTOR, BELL, lambda: bell)

    async def move(self, id: str, version: int, tower: str) -> Bell:
        return await self._update(
            ACTOR, BELL, id, version, lambda bell: replace(bell, tower=tower)
        )


@dataclass
class Tower:
    storage: Storage
    bells: Bells
    heard: list[BellChanged]

    async def stored(self) -> list[Bell]:
        async with self.storage.reading() as reader:
            return await BELL.rows.all(reader)

    async def audited(self) -> list[tuple[str, object, object, str | None]]:
        async with self.storage.reading() as reader:
            rows = await reader.execute(select(audit).order_by(audit.c.number))
            return [(row.action, row.before, row.after, row.company) for row in rows]


@pytest.fixture
async def tower(storage: Storage, bus: Bus) -> Tower:
    heard: list[BellChanged] = []
    bus.follow(BellChanged, heard.append)
    async with storage.transaction() as tx:
        await tx.execute(CreateTable(TABLE))
    return Tower(storage, Bells(storage), heard)


async def test_a_change_is_written_audited_and_published(tower: Tower) -> None:
    made = await tower.bells.hang(FIRST)
    moved = await tower.bells.move("one", 1, "south")
    assert (made, moved) == (FIRST, replace(FIRST, tower="south", version=2))
    async with tower.storage.transaction() as tx:
        await remove(tx, ACTOR, BELL, moved)
    assert await tower.stored() == []
    assert [(e.before, e.after) for e in tower.heard] == [
        (None, made),
        (made, moved),
        (moved, None),
    ]
    told = await tower.audited()
    assert [action for action, *_ in told] == ["bell created", "bell changed", "bell deleted"]
    assert {company for *_, company in told} == {"ssdei"}
    assert [bool(before) for _, before, _, _ in told] == [False, True, True]
    assert "***" in str(told) and "sealed:" not in str(told)


async def test_what_changes_nothing_is_told_to_nobody(tower: Tower) -> None:
    made = await tower.bells.hang(FIRST)
    assert await tower.bells.move("one", 1, "north") == made
    assert (len(tower.heard), len(await tower.audited())) == (1, 1)


async def test_of_two_who_saw_the_same_version_one_changes_it(tower: Tower) -> None:
    await tower.bells.hang(FIRST)
    moves = (tower.bells.move("one", 1, where) for where in ("south", "east"))
    outcomes = await asyncio.gather(*moves, return_exceptions=True)
    [moved] = [one for one in outcomes if isinstance(one, Bell)]  # whichever came first
    [late] = [one for one in outcomes if isinstance(one, Conflict)]
    assert moved in [replace(FIRST, tower=where, version=2) for where in ("south", "east")]
    assert late.details == {"version": 2}
    assert await tower.stored() == [moved]
    assert (len(tower.heard), len(await tower.audited())) == (2, 2)
    with pytest.raises(NotFound, match="no such bell"):
        await tower.bells.move("two", 1, "south")


async def test_what_fails_half_way_leaves_nothing(tower: Tower) -> None:
    with pytest.raises(ZeroDivisionError):
        async with tower.storage.transaction() as tx:
            await create(tx, ACTOR, BELL, FIRST)
            raise ZeroDivisionError
    assert (await tower.stored(), tower.heard, await tower.audited()) == ([], [], [])
    await tower.bells.hang(FIRST)
    with pytest.raises(Conflict, match="clashes"):  # only the database knows that towers are full
        await tower.bells.hang(Bell(id="two"))
    assert await tower.stored() == [FIRST]
    assert (len(tower.heard), len(await tower.audited())) == (1, 1)


async def test_what_is_used_stays_and_what_hangs_on_it_goes_with_it(tower: Tower) -> None:
    await tower.bells.hang(FIRST)
    await tower.bells.hang(Bell(id="two", tower="south"))
    async with tower.storage.transaction() as tx:
        assert await present(tx, BELL, "one", 1) == FIRST
        with pytest.raises(Conflict, match="North is still in use: 1 big bell") as used:
            await refuse_if_used(tx, "North", "north", {"big_bells": TABLE.c.tower})
        assert used.value.details == {"big_bells": 1}
        await refuse_if_used(tx, "West", "west", {"big_bells": TABLE.c.tower})
        await remove_all(tx, ACTOR, BELL, TABLE.c.tower, "north")
    assert [bell.id for bell in await tower.stored()] == ["two"]
    assert tower.heard[-1] == BellChanged(FIRST, None)
