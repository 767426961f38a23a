"""A directory becomes what its source says, in steps, and never by half."""

import asyncio
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import text

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory import store
from tws.directory.events import ContactsMerged
from tws.directory.model import Contact, Match
from tws.directory.runs import Counts
from tws.directory.service import DirectoryService
from tws.directory.sync import running
from tws.errors import Conflict, NotAllowed, NotFound
from tws.organisation.actor import SYSTEM
from tws.organisation.model import DirectoryKind
from tws.sources.errors import Misconfigured, Refused, Unreachable
from tws.sources.run_states import RunProblem, RunState

MARIE = {"id": "1", "sn": "Durand", "gn": "Marie", "tel": "01 55 17 18 89", "mail": "m@x.org"}
PAUL = {"id": "2", "sn": "Martin", "gn": "Paul", "mail": "p@x.org", "note": "gold"}


SUPPLIERS = {**MAPPING, "private0": ""}


def many(number: int, word: str = "Person") -> list[dict[str, str]]:
    return [{"id": f"{n:05}", "sn": f"{word}{n}", "tel": f"0155{n:06}"} for n in range(number)]


@pytest.fixture
def contacts(directory: DirectoryService, people: People) -> "Contacts":
    return Contacts(directory, people)


class Contacts:
    def __init__(self, directory: DirectoryService, people: People) -> None:
        self.service, self.people = directory, people
        self.actor = people.administrator(people.company)

    async def all(self, text: str = "") -> list[Contact]:
        found = await self.service.search(self.actor, text, 100, company=self.people.company)
        return [card.contact for card in found]

    async def whose(self, number: str) -> Match | None:
        return await self.service.reverse(self.actor, number, company=self.people.company)

    async def names(self, text: str = "") -> list[str]:
        return [contact.display_name for contact in await self.all(text)]


async def test_into_an_empty_directory(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    run = await library.run(directory, MARIE, PAUL)
    assert run.state is RunState.DONE
    assert run.counts == Counts(created=2)
    assert run.merged == 2 and run.remarks.read == 2 and run.ended is not None
    assert library.ended == [directory.id]
    marie, paul = await contacts.all()
    assert (marie.display_name, marie.emails, marie.directory) == (
        "Marie Durand",
        ("m@x.org",),
        directory.id,
    )
    assert [number.number for number in marie.numbers] == ["01 55 17 18 89"]
    assert paul.private[0] == "gold"
    match = await contacts.whose("0155171889")
    assert match is not None and match.contact.id == marie.id


async def test_a_contact_changed_at_the_source_is_the_same_contact(
    library: Library, contacts: Contacts
) -> None:
    directory = await library.directory()
    await library.run(directory, MARIE, PAUL)
    before, _ = await contacts.all()
    run = await library.run(directory, {**MARIE, "sn": "Petit", "tel": "0612345678"}, PAUL)
    assert run.counts == Counts(known=2, updated=1, unchanged=1)
    _, after = await contacts.all()
    assert (after.id, after.display_name, after.version) == (before.id, "Marie Petit", 2)
    assert [number.number for number in after.numbers] == ["0612345678"]
    assert await contacts.names("0155171889") == []


async def test_what_is_gone_at_the_source_goes(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, MARIE, PAUL)
    run = await library.run(directory, PAUL)
    assert run.counts == Counts(known=2, deleted=1, unchanged=1)
    assert await contacts.names() == ["Paul Martin"]


async def test_nothing_changed(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, *many(300))
    run = await library.run(directory, *many(300))
    assert run.counts == Counts(known=300, unchanged=300) and run.merged == 0
    assert {contact.version for contact in await contacts.all()} == {1}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Unreachable("It closed the connection."), RunProblem.UNREACHABLE),
        (Refused("Wrong password."), RunProblem.REFUSED),
        (Misconfigured("There is no column sn."), RunProblem.MISCONFIGURED),
    ],
)
async def test_a_source_that_fails_half_way_changes_nothing(
    library: Library, contacts: Contacts, error: Exception, problem: RunProblem
) -> None:
    directory = await library.directory()
    await library.run(directory, MARIE)
    library.paper.fails = error  # type: ignore[assignment]
    run = await library.run(directory, PAUL)
    assert (run.state, run.problem, str(run.said)) == (RunState.FAILED, problem, str(error))
    assert await contacts.names() == ["Marie Durand"]
    library.paper.fails = None
    assert (await library.run(directory, PAUL)).state is RunState.DONE


async def test_many_deletions_are_asked_about(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, *many(60))
    run = await library.run(directory, *many(40))
    assert run.state is RunState.ASKING
    assert run.counts == Counts(known=60, deleted=20, unchanged=40)
    assert len(await contacts.all()) == 60
    with pytest.raises(Conflict):
        await library.sync.synchronise(contacts.actor, directory.id)
    await library.sync.approve(contacts.actor, directory.id)
    await library.until(directory, RunState.DONE)
    assert len(await contacts.all()) == 40


async def test_no_is_an_answer_too(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, *many(60))
    await library.run(directory)
    run = await library.sync.cancel(contacts.actor, directory.id)
    assert run.state is RunState.CANCELLED
    assert len(await contacts.all()) == 60
    with pytest.raises(Conflict):
        await library.sync.approve(contacts.actor, directory.id)


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        (1, 0, False),
        (2, 1, False),
        (3, 2, False),
        (2, 0, True),
        (3, 1, True),
        (4, 3, False),
        (8, 6, False),
        (8, 5, True),
        (10, 0, True),
        (12, 9, False),
        (12, 8, True),
        (40, 30, False),
        (40, 29, True),
    ],
)
async def test_more_than_a_quarter_is_asked_about_also_where_it_is_little(
    library: Library, contacts: Contacts, before: int, after: int, asks: bool
) -> None:
    """One contact may always go."""
    directory = await library.directory()
    await library.run(directory, *many(before))
    run = await library.run(directory, *many(after))
    assert run.state is (RunState.ASKING if asks else RunState.DONE)
    assert len(await contacts.all()) == (before if asks else after)


async def test_one_at_a_time_for_each_directory(library: Library, contacts: Contacts) -> None:
    directory, other = await library.directory(), await library.directory("Others")
    library.hold = asyncio.Event()
    await library.sync.synchronise(contacts.actor, directory.id)
    with pytest.raises(Conflict, match="being synchronised"):
        await library.sync.synchronise(contacts.actor, directory.id)
    await library.sync.synchronise(contacts.actor, other.id)
    library.hold.set()
    for one in (directory, other):
        await library.until(one, RunState.DONE)


async def test_a_reading_is_cancelled(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    library.hold = asyncio.Event()
    await library.sync.synchronise(contacts.actor, directory.id)
    assert (await library.sync.cancel(contacts.actor, directory.id)).state is RunState.CANCELLED
    library.hold.set()
    assert (await library.run(directory, MARIE)).state is RunState.DONE


async def test_merging_goes_on_after_a_restart(
    library: Library, contacts: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is killed between two transactions: the next one goes on behind the last."""
    for name in ("LEAST", "FIRST", "MOST"):
        monkeypatch.setattr(running, name, 10)
    directory = await library.directory()
    await library.run(directory, *many(30, "Old"))
    library.paper.rows = many(50, "New")
    told = count(1)

    def merged(_: ContactsMerged) -> None:
        if next(told) == 2:
            library.schedule.cancel("synchronise", key=directory.id)

    library.people.bus.follow(ContactsMerged, merged)
    await library.sync.synchronise(contacts.actor, directory.id)
    await library.schedule.settle()
    half = await contacts.names("New")
    assert 0 < len(half) < 50
    library.sync = library.another()
    await library.sync.start()
    run = await library.until(directory, RunState.DONE)
    assert run.merged == run.counts.changes == 50
    assert len(await contacts.names("New")) == 50 and await contacts.names("Old") == []


async def test_a_reading_that_a_stop_interrupted_has_failed(
    library: Library, contacts: Contacts
) -> None:
    directory = await library.directory()
    library.hold = asyncio.Event()
    await library.sync.synchronise(contacts.actor, directory.id)
    library.schedule.cancel("synchronise", key=directory.id)
    await library.schedule.settle()
    library.sync = library.another()
    await library.sync.start()
    run = library.sync.last(directory.id)
    assert run is not None
    assert (run.state, run.problem) == (RunState.FAILED, RunProblem.INTERRUPTED)
    (only,) = await library.sync.list_runs(contacts.actor, directory.id)
    assert only == run


async def test_contacts_of_a_deleted_directory_go(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, *many(450))
    await library.delete(directory)
    await library.schedule.settle()
    assert await contacts.all() == []
    async with library.people.storage.reading() as reader:
        assert await store.directories(reader) == []


async def test_private_contacts_are_their_users_own(library: Library, contacts: Contacts) -> None:
    people = library.people
    alice = await people.user("Alice", "Blanc", "4001")
    bruno = await people.user("Bruno", "Noir", "4002")
    alice = await people.update(alice, replace(alice, email="alice@x.org"))
    bruno = await people.update(bruno, replace(bruno, email="bruno@x.org"))
    directory = await library.directory(kind=DirectoryKind.PRIVATE)
    await library.grant(directory)
    await library.run(
        directory, {**MARIE, "of": "alice@x.org"}, {**PAUL, "id": "1", "of": "bruno@x.org"}
    )
    for user, name in ((alice, "Marie Durand"), (bruno, "Paul Martin")):
        found = await contacts.service.search(people.actor(user), "x.org")
        own = [c.contact for c in found if c.contact.owner == user.id]
        assert [contact.display_name for contact in own] == [name]


async def test_only_administrators_of_the_company(library: Library) -> None:
    people = library.people
    directory = await library.directory()
    user = people.actor(await people.user("Alice", "Blanc", "4001"))
    stranger = people.administrator(people.other_company)
    for call in (library.sync.synchronise, library.sync.cancel, library.sync.approve):
        with pytest.raises(NotAllowed):
            await call(user, directory.id)
        with pytest.raises(NotFound):
            await call(stranger, directory.id)
    with pytest.raises(NotFound):
        await library.sync.list_runs(stranger, directory.id)


async def test_what_has_no_source_is_not_synchronised(library: Library) -> None:
    registry, actor = library.people.registry, SYSTEM
    own = next(d for d in registry.directories.values() if d.built_in is not None)
    disabled = await library.directory(kind=DirectoryKind.DISABLED)
    for directory in (own, disabled):
        with pytest.raises(Conflict):
            await library.sync.synchronise(actor, directory.id)


async def test_one_person_in_several_directories_is_one_card(
    library: Library, contacts: Contacts
) -> None:
    """By e-mail address, of the directories that are merged; the one that counts first wins."""
    first = await library.directory(merge=True, priority=1, labels={"private0": "Note"})
    second = await library.directory("Suppliers", merge=True, priority=2, mapping=SUPPLIERS)
    third = await library.directory("Apart", merge=False, priority=3)
    await library.run(first, {**MARIE, "note": "gold"})
    await library.run(
        second, {"id": "9", "sn": "DURAND", "o": "SSDEI", "tel": "0612345678", "mail": "M@x.org"}
    )
    await library.run(third, {"id": "7", "sn": "Durand", "mail": "m@x.org"})
    apart, one = await contacts.service.search(
        contacts.actor, "durand", company=library.people.company
    )
    assert (len(one.ids), one.contact.directory, apart.contact.directory) == (
        2,
        first.id,
        third.id,
    )
    assert one.contact.display_name == "Marie Durand" and one.contact.organisation == "SSDEI"
    assert [n.number for n in one.contact.numbers] == ["01 55 17 18 89", "0612345678"]
    assert [(f.label, f.text) for f in one.fields] == [("Note", "gold")]
    assert one.origins["last_name"].directory == "Customers"
    assert one.origins["organisation"].directory == "Suppliers"
    assert one.origins["number:1"].directory == "Suppliers"
    card = await contacts.service.get(contacts.actor, one.contact.id)
    assert card == one


async def test_a_caller_is_the_person_that_the_card_shows(
    people: People, library: Library, contacts: Contacts
) -> None:
    """The number stands in a directory that counts less, under the same address."""
    first = await library.directory(merge=True, priority=1)
    second = await library.directory("Suppliers", merge=True, priority=2, mapping=SUPPLIERS)
    marie = people.actor(await people.user("Anne", "Petit"))
    for directory in (first, second):
        await library.grant(directory)
    await library.run(first, {**MARIE, "o": "Quarry", "tel": ""})
    await library.run(
        second,
        {"id": "9", "sn": "Durand M.", "tel": "0199999999", "mail": "M@x.org", "red": "1"},
        {"id": "8", "sn": "Other", "tel": "0199999999"},
    )
    match = await contacts.whose("01 99 99 99 99")
    assert match is not None
    assert (match.name, match.company, match.number) == ("Marie Durand", "Quarry", "0199999999")
    assert [other.name for other in match.others] == ["Other"]
    (card,) = [one for one in await contacts.all("marie") if one.id == match.contact.id]
    assert match.contact.numbers == card.numbers
    seen = await contacts.service.reverse(marie, "0199999999")
    assert seen is not None and seen.red
    assert (seen.name, seen.number) == ("Marie Durand", "")


async def test_what_a_mapping_hides_is_not_on_the_card(
    library: Library, contacts: Contacts
) -> None:
    directory = await library.directory(
        mapping={**MAPPING, "organisation": "o|i", "work": "tel|i", "private0": "note|a"},
        labels={"private0": "Address", "private1": "[VIP]"},
    )
    await library.run(directory, {**MARIE, "o": "SSDEI", "note": "5 rue du Test, Paris"})
    (card,) = await contacts.service.search(
        contacts.actor, "durand", company=library.people.company
    )
    assert card.contact.organisation == "" and card.contact.numbers == ()
    (field,) = card.fields
    assert (field.label, field.address, card.vip) == ("Address", True, None)


@pytest.mark.parametrize(
    ("written", "vip"), [("Gold", "Gold"), ("1", "1"), ("0", None), ("False", None), ("non", None)]
)
async def test_who_is_important(
    library: Library, contacts: Contacts, written: str, vip: str | None
) -> None:
    directory = await library.directory(labels={"private0": "[VIP]"})
    await library.run(directory, {**MARIE, "note": written})
    (card,) = await contacts.service.search(
        contacts.actor, "durand", company=library.people.company
    )
    assert (card.vip, card.fields) == (vip, ())


async def test_the_indexes_of_words_stay_true(library: Library, contacts: Contacts) -> None:
    directory = await library.directory()
    await library.run(directory, *many(80))
    await library.run(directory, *many(40, "Changed"), *many(75)[40:])
    assert len(await contacts.names("changed")) == 40 and len(await contacts.names("person")) == 35
    await contacts.service.own.create(
        contacts.actor, False, company=contacts.people.company, last_name="By hand"
    )
    assert await contacts.names("hand") == ["By hand"]
    async with library.people.storage.transaction() as tx:
        for index in ("search_parts", "search_words") if tx.dialect == "sqlite" else ():
            # SQLite raises an error if the index says other than the contacts.
            check = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            await tx.execute(text(check))
