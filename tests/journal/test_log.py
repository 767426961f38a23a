"""Reading the call log: whose it is, what is found in it, and turning its pages."""

from dataclasses import replace

import pytest

from tests.journal.calls import OUTSIDE, answers, calls, hangs_up, rings
from tests.journal.desk import MARIE, PAUL, Desk
from tws.directory.model import ContactNumber, NumberKind
from tws.errors import Invalid, NotAllowed, NotFound
from tws.journal import service
from tws.journal.model import Outcome
from tws.organisation.actor import SYSTEM
from tws.telephony.model import Direction, Party


async def ended(desk: Desk, call: str, at: str, number: str, name: str | None = None) -> None:
    desk.take(rings(call, at, Party(number=number, name=name)), hangs_up(call, at))
    await desk.settled()


async def test_pages_follow_each_other_whatever_is_added_meanwhile(desk: Desk) -> None:
    for n in range(7):
        await ended(desk, str(n), MARIE, f"0061234567{n}")
    actor = desk.people.actor(desk.marie)
    page = await desk.journal.list_call_log(actor, limit=3)
    seen = list(page.entries)
    while page.before:
        await ended(desk, f"later{len(seen)}", MARIE, OUTSIDE)
        page = await desk.journal.list_call_log(actor, limit=3, before=page.before)
        seen += page.entries
    assert [entry.number[-1] for entry in seen] == list("6543210")


@pytest.mark.parametrize("before", ["", "x", "2026-11-23", "2026-11-23T09:00:00 x", "yesterday 1"])
async def test_a_place_that_is_none_is_refused(desk: Desk, before: str) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.journal.list_call_log(desk.people.actor(desk.marie), before=before)
    assert refused.value.details == {"field": "before"}


async def test_filters(desk: Desk) -> None:
    await ended(desk, "1", MARIE, OUTSIDE, "Société Générale")
    await ended(desk, "2", MARIE, PAUL)
    desk.take(rings("3", MARIE, Party(number="0033612345678")), answers("3", MARIE))
    desk.take(hangs_up("3", MARIE), *calls("4", MARIE, "7000"), hangs_up("4", MARIE))
    await desk.settled()
    actor = desk.people.actor(desk.marie)

    async def numbers(
        text: str = "", direction: Direction | None = None, *outcomes: Outcome
    ) -> list[str]:
        page = await desk.journal.list_call_log(
            actor, text=text, direction=direction, outcomes=outcomes
        )
        return [entry.number for entry in page.entries]

    assert await numbers() == ["7000", "+33612345678", PAUL, "+33155171889"]
    assert await numbers("", Direction.OUTGOING) == ["7000"]
    assert await numbers("", Direction.INCOMING, Outcome.MISSED) == [PAUL, "+33155171889"]
    assert await numbers("", None, Outcome.ANSWERED, Outcome.CANCELLED) == [
        "7000",
        "+33612345678",
    ]
    assert await numbers("generale soc") == ["+33155171889"]
    assert await numbers("martin") == [PAUL]
    assert await numbers("01 55 17") == ["+33155171889"]
    assert await numbers("+33 6 12") == ["+33612345678"]
    assert await numbers("%") == []
    assert await numbers("nobody") == []


async def test_everybody_reads_their_own(desk: Desk) -> None:
    await ended(desk, "1", MARIE, OUTSIDE)
    await ended(desk, "2", PAUL, "00612345678")
    journal, people = desk.journal, desk.people
    marie, boss = people.actor(desk.marie), people.administrator(people.company)
    stranger = people.administrator(people.other_company)

    async def numbers(**whose: object) -> list[str]:
        page = await journal.list_call_log(**whose)  # type: ignore[arg-type]
        return [entry.number for entry in page.entries]

    assert await numbers(actor=marie) == ["+33155171889"]
    assert await numbers(actor=marie, user=desk.marie.id) == ["+33155171889"]
    assert await numbers(actor=boss, company=people.company) == ["+33612345678", "+33155171889"]
    assert await numbers(actor=boss, user=desk.paul.id) == ["+33612345678"]
    for refused in (
        {"actor": marie, "user": desk.paul.id},
        {"actor": marie, "company": people.other_company},
        {"actor": stranger, "user": desk.paul.id},
        {"actor": stranger, "user": "nobody"},
        {"actor": stranger, "company": people.company},
        {"actor": boss, "company": people.other_company},
        {"actor": boss, "company": people.other_company, "user": desk.paul.id},
    ):
        with pytest.raises(NotFound):
            await numbers(**refused)
    assert await numbers(actor=stranger, company=people.other_company) == []
    with pytest.raises(Invalid):
        await numbers(actor=boss)
    with pytest.raises(NotAllowed):
        await numbers(actor=replace(marie, applications=frozenset()))


async def test_the_name_at_the_time_is_kept(desk: Desk) -> None:
    actor = desk.people.actor(desk.marie)
    contact = await desk.directory.own.create(
        actor,
        True,
        last_name="Martin",
        organisation="SSDEI",
        numbers=(ContactNumber(NumberKind.WORK, "01 55 17 18 89"),),
    )
    await ended(desk, "1", MARIE, OUTSIDE, "PBX NAME")
    await desk.directory.own.delete(actor, contact.id, 1)
    await ended(desk, "2", MARIE, OUTSIDE, "PBX NAME")
    second, first = await desk.log()
    assert (first.name, first.contact) == ("Martin", contact.id)
    assert (second.name, second.contact) == ("PBX NAME", None)


async def test_entries_are_published_after_they_are_written(desk: Desk) -> None:
    await ended(desk, "1", MARIE, OUTSIDE)
    assert [(change.user, change.entry) for change in desk.logged] == [
        (desk.marie.id, await desk.only())
    ]


async def test_whatever_a_pbx_calls_people_can_be_kept(desk: Desk) -> None:
    await ended(desk, "1", MARIE, "0" * 500, "N" * 1000)
    await ended(desk, "2", MARIE, "\ud800\x00", "evil\x00\r\nname\ud800")
    await ended(desk, "3", MARIE, "not a number", "")
    third, second, first = await desk.log()
    assert len(first.name) == 200 and len(first.number) <= 64
    assert second.name == "evilname"
    assert third.number == "not a number"


async def test_what_is_seldom_in_a_large_log_is_sought_some_at_a_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a company may have fewer lines than asked, and says where to look on."""
    for n in range(9):
        outgoing = (*calls(str(n), MARIE, "7000"), hangs_up(str(n), MARIE))
        desk.take(
            *(outgoing if n in (1, 2, 7) else (rings(str(n), MARIE), hangs_up(str(n), MARIE)))
        )
    await desk.settled()
    monkeypatch.setattr(service, "LOOK_AT", 3)
    pages: list[list[str]] = []
    before: str | None = None
    while before or not pages:
        page = await desk.journal.list_call_log(
            SYSTEM, company=desk.people.company, outcomes=[Outcome.CANCELLED], before=before
        )
        pages.append([entry.number for entry in page.entries])
        before = page.before
    assert pages == [["7000"], [], ["7000", "7000"], []]
    # Of one user all is looked at: there is no end before the end.
    page = await desk.journal.list_call_log(
        desk.people.actor(desk.marie), outcomes=[Outcome.CANCELLED]
    )
    assert len(page.entries) == 3 and page.before is None


async def test_a_long_line_is_found_by_its_beginning(desk: Desk) -> None:
    """An index takes no more of it; the call is written whole."""
    desk.take(rings("1", MARIE, Party(number=OUTSIDE, name="Ж" * 900)), hangs_up("1", MARIE))
    entry = await desk.only()
    page = await desk.journal.list_call_log(desk.people.actor(desk.marie), text="жжжж")
    assert [one.id for one in page.entries] == [entry.id]
