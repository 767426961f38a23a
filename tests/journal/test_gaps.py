"""Times in which the PBX was not heard: marked, counted, and told to administrators alone."""

import pytest

from tests.journal.calls import answers, calls, hangs_up, rings, shown
from tests.journal.desk import MARIE, PAUL, Desk
from tws.errors import Invalid, NotAllowed, NotFound
from tws.journal.model import Gap
from tws.telephony.model import LinkId, LinkState, Party


async def gaps(desk: Desk) -> tuple[Gap, ...]:
    await desk.settled()
    boss = desk.people.administrator(desk.people.company)
    return (await desk.journal.list_call_gaps(boss, desk.people.company)).entries


async def lose(desk: Desk, seconds: int) -> None:
    """The link for so long; all calls are over when it is back."""
    desk.status(LinkState.DOWN)
    lost = desk.now
    desk.tick(seconds)
    desk.status(LinkState.UP)
    desk.resync({}, lost)
    await desk.settled()


async def test_from_one_process_to_the_next(desk: Desk) -> None:
    desk.resync({})
    assert await gaps(desk) == ()
    first = desk.now
    desk.take(rings("1", MARIE))
    await desk.settled()
    desk.tick(60)
    desk.resync(await desk.own())
    (gap,) = await gaps(desk)
    assert (gap.link, gap.since, gap.until, gap.ended) == (desk.link, first, desk.now, 1)


async def test_calls_that_this_process_saw_begin_are_counted(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE), rings("2", PAUL), answers("2", PAUL))
    desk.take(rings("3", MARIE), hangs_up("3", MARIE))
    await lose(desk, 30)
    (gap,) = await gaps(desk)
    assert (gap.until - gap.since).seconds == 31
    assert gap.ended == 2
    await lose(desk, 5)
    assert [gap.ended for gap in await gaps(desk)] == [0, 2]


async def test_a_call_of_two_users_is_one(desk: Desk) -> None:
    desk.take(*calls("1", PAUL, MARIE), rings("1", MARIE, Party(number=PAUL)), answers("1", MARIE))
    assert len(await desk.open_legs()) == 2
    await lose(desk, 30)
    (gap,) = await gaps(desk)
    assert gap.ended == 1


async def test_one_that_goes_on_is_not_counted(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.status(LinkState.DOWN)
    lost = desk.now
    desk.status(LinkState.UP)
    desk.resync({}, lost, marie=(shown("1", MARIE),))
    (gap,) = await gaps(desk)
    assert gap.ended == 0


async def test_pages_follow_each_other_whatever_is_added_meanwhile(desk: Desk) -> None:
    for seconds in (10, 20, 30, 40, 50):
        await lose(desk, seconds)
    boss = desk.people.administrator(desk.people.company)
    page = await desk.journal.list_call_gaps(boss, limit=2)
    seen = list(page.entries)
    while page.before:
        await lose(desk, 999)
        page = await desk.journal.list_call_gaps(boss, limit=2, before=page.before)
        seen += page.entries
    assert [(gap.until - gap.since).seconds for gap in seen] == [51, 41, 31, 21, 11]


async def test_whose_they_are(desk: Desk) -> None:
    await lose(desk, 10)
    journal, people = desk.journal, desk.people
    boss, stranger = (
        people.administrator(people.company),
        people.administrator(people.other_company),
    )
    domain = people.registry.links[desk.link].domain
    for wanted in (
        {},
        {"company": people.company},
        {"domain": domain},
        {"link": desk.link},
        {"company": people.company, "domain": domain, "link": desk.link},
    ):
        assert len((await journal.list_call_gaps(boss, **wanted)).entries) == 1
    assert (await journal.list_call_gaps(stranger)).entries == ()
    for actor, refused in (
        (stranger, {"company": people.company}),
        (stranger, {"domain": domain}),
        (stranger, {"link": desk.link}),
        (boss, {"company": people.other_company}),
        (boss, {"company": people.other_company, "link": desk.link}),
        (boss, {"link": LinkId("unknown")}),
    ):
        with pytest.raises(NotFound):
            await journal.list_call_gaps(actor, **refused)
    with pytest.raises(NotAllowed):
        await journal.list_call_gaps(people.actor(desk.marie), people.company)
    with pytest.raises(Invalid):
        await journal.list_call_gaps(boss, before="yesterday")
