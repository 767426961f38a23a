"""A directory that is changed while it is synchronised: the run begins anew with what it is."""

import asyncio
from dataclasses import replace

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.service import DirectoryService
from tws.organisation.model import DirectoryKind
from tws.sources.run_states import RunProblem, RunState

ROW = {"id": "1", "sn": "Martin", "gn": "Paul", "o": "Quarry", "tel": "01 55 17 18 89"}
HIDDEN = {**MAPPING, "organisation": "o|i"}


async def test_what_its_mapping_hides_now_is_not_brought(
    people: People, directory: DirectoryService, library: Library
) -> None:
    actor = people.administrator(people.company)
    made = await library.directory()
    library.paper.rows, library.hold = [ROW], asyncio.Event()
    begun = await library.sync.synchronise(actor, made.id)
    await library.change(made, mapping=HIDDEN)
    library.hold.set()
    run = await library.until(made, RunState.DONE)
    assert run.id != begun.id and run.by == begun.by
    _, cancelled = await library.sync.list_runs(actor, made.id)
    assert (cancelled.id, cancelled.state, cancelled.problem) == (
        begun.id,
        RunState.CANCELLED,
        RunProblem.CHANGED,
    )
    found = await directory.search(actor, "martin", company=people.company)
    assert [card.contact.organisation for card in found] == [""]
    assert await directory.search(actor, "quarry", company=people.company) == []


async def test_a_question_about_the_old_mapping_is_not_answered(
    people: People, library: Library
) -> None:
    made = await library.directory()
    await library.run(made, *({**ROW, "id": f"{n}"} for n in range(20)))
    assert (await library.run(made, ROW)).state is RunState.ASKING
    await library.change(made, mapping=HIDDEN)
    await library.schedule.settle()
    run = await library.until(made, RunState.ASKING)
    assert len(await library.sync.list_runs(people.administrator(people.company), made.id)) == 3
    assert run.counts.deleted == 19


async def test_a_changed_dial_plan_begins_it_anew(people: People, library: Library) -> None:
    actor = people.administrator(people.company)
    made = await library.directory()
    library.paper.rows, library.hold = [ROW], asyncio.Event()
    begun = await library.sync.synchronise(actor, made.id)
    await people.change_domain(people.paris, replace(people.paris, country_prefix="49"))
    library.hold.set()
    assert (await library.until(made, RunState.DONE)).id != begun.id


async def test_one_that_is_disabled_ends(people: People, library: Library) -> None:
    actor = people.administrator(people.company)
    made = await library.directory()
    library.hold = asyncio.Event()
    await library.sync.synchronise(actor, made.id)
    await library.change(made, kind=DirectoryKind.DISABLED)
    await library.until(made, RunState.CANCELLED)
    await library.schedule.settle()
    assert len(await library.sync.list_runs(actor, made.id)) == 1


async def test_another_name_disturbs_nothing(people: People, library: Library) -> None:
    actor = people.administrator(people.company)
    made = await library.directory()
    library.paper.rows, library.hold = [ROW], asyncio.Event()
    begun = await library.sync.synchronise(actor, made.id)
    await library.change(made, name="Suppliers", priority=7)
    library.hold.set()
    assert (await library.until(made, RunState.DONE)).id == begun.id
