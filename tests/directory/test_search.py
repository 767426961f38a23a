"""Finding contacts while typing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.cards import CardNumber, SourceCard
from tws.directory.indexing import index, readings
from tws.directory.model import ContactId, ContactNumber, NumberKind
from tws.directory.service import DirectoryService
from tws.directory.store import nearly
from tws.directory.text import folded, rank, words
from tws.errors import Invalid, NotFound
from tws.numbering import plan_of

WORK = NumberKind.WORK


async def names(people: People, directory: DirectoryService, text: str, limit: int = 20) -> str:
    marie = next(u for u in people.registry.users.values() if u.first_name == "Marie")
    found = await directory.search(people.actor(marie), text, limit)
    return ", ".join(card.contact.display_name for card in found)


@pytest.fixture
async def address_book(people: People, directory: DirectoryService) -> None:
    marie = await people.user("Marie", "Durand", "4092", mobile="06 01 02 03 04")
    await people.user("Zoé", "Müller-Lefèvre", "4101", domain=people.nice)
    actor = people.actor(marie)
    for first, last, organisation, number in (
        ("Paul", "Martin", "Société Générale", "+33 1 55 17 18 89"),
        ("Martine", "Paul", "", "0493112233"),
        ("François", "Œuvrard", "Straße & Søn", "+49 30 123456"),
        ("", "", "Pompes 100% d'Azur", "4444"),
    ):
        await directory.own.create(
            actor,
            False,
            first_name=first,
            last_name=last,
            organisation=organisation,
            numbers=(ContactNumber(WORK, number),),
        )


@pytest.mark.usefixtures("address_book")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("martin", "Paul Martin, Martine Paul"),
        ("paul martin", "Paul Martin, Martine Paul"),
        ("MARTIN gen", "Paul Martin"),
        ("artin", "Paul Martin, Martine Paul"),
        ("francois oeuv", "François Œuvrard"),
        ("strasse", "François Œuvrard"),
        ("son", "François Œuvrard"),
        ("muller zoe", "Zoé Müller-Lefèvre"),
        ("lefevre", "Zoé Müller-Lefèvre"),
        ("100%", "Pompes 100% d'Azur"),
        ("azur", "Pompes 100% d'Azur"),
        ("%", ""),
        ("_", ""),
        ("nobody", ""),
        ("01 55 17", "Paul Martin"),
        ("+33 1 55", "Paul Martin"),
        ("0033155", "Paul Martin"),
        ("+33 (0)1 55 17", "Paul Martin"),
        ("1718", "Paul Martin"),
        ("01.55.17.18.89", "Paul Martin"),
        ("4101", "Zoé Müller-Lefèvre"),
        ("0601", "Marie Durand"),
        ("ssdei", "Marie Durand, Zoé Müller-Lefèvre"),
    ],
)
async def test_finds(
    people: People, directory: DirectoryService, text: str, expected: str
) -> None:
    assert await names(people, directory, text) == expected


@pytest.mark.usefixtures("address_book")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("matrin", "Paul Martin, Martine Paul"),
        ("pual", "Paul Martin, Martine Paul"),
        ("pxul", "Paul Martin, Martine Paul"),
        ("marttin generale", "Paul Martin"),
        ("matrin geenrale", "Paul Martin"),
        ("francis oeuvrad", "François Œuvrard"),
        ("strase", "François Œuvrard"),
        ("xarie", "Marie Durand"),
        ("lefvre", "Zoé Müller-Lefèvre"),
        ("mulelr zo", "Zoé Müller-Lefèvre"),
        ("mulelr 4101", "Zoé Müller-Lefèvre"),
        # Two errors in a word, an error in a short one, in a number.
        ("matirm", ""),
        ("zeo", ""),
        ("4110", ""),
        ("mulelr 4110", ""),
        ("mulelr oz", ""),
    ],
)
async def test_one_typing_error_is_tolerated(
    people: People, directory: DirectoryService, text: str, expected: str
) -> None:
    assert await names(people, directory, text) == expected


@pytest.mark.usefixtures("address_book")
async def test_what_is_found_as_typed_stands_alone(
    people: People, directory: DirectoryService
) -> None:
    assert await names(people, directory, "marti") == "Paul Martin, Martine Paul"
    marie = next(u for u in people.registry.users.values() if u.first_name == "Marie")
    await directory.own.create(people.actor(marie), True, last_name="Matrin")
    assert await names(people, directory, "matrin") == "Matrin"
    await people.user("Jean", "Pual", "4104")
    assert await names(people, directory, "pual") == "Jean Pual"


@pytest.mark.usefixtures("address_book")
async def test_a_typing_error_shows_nobody_elses_contact(
    people: People, directory: DirectoryService
) -> None:
    paul = await people.user("Paul", "Paris", "4093")
    await directory.own.create(people.actor(paul), True, last_name="Secret")
    assert await names(people, directory, "sercet") == ""
    found = await directory.search(people.actor(paul), "sercet")
    assert [card.contact.last_name for card in found] == ["Secret"]


async def test_few_are_looked_at_for_a_typing_error(
    people: People, directory: DirectoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The likeliest ones, of many that have something in common with what was typed."""
    marie = people.actor(await people.user("Marie", "Durand"))
    for number in range(30):
        await directory.own.create(marie, False, last_name=f"Constantin Matilde{number}")
    await directory.own.create(marie, False, last_name="Martin")
    monkeypatch.setattr(nearly, "CANDIDATES", 5)
    assert await names(people, directory, "matrin") == "Martin"
    # All of them are near; those looked at are what is found.
    found = await directory.search(marie, "constatnin")
    assert len(found) == 5
    monkeypatch.setattr(nearly, "CANDIDATES", 20)
    assert len(await directory.search(marie, "constatnin", 3)) == 3


@pytest.mark.usefixtures("address_book")
async def test_nothing_typed_finds_everybody(people: People, directory: DirectoryService) -> None:
    everybody = await names(people, directory, "")
    assert everybody.count(",") == 5
    assert await names(people, directory, "  ") == everybody
    assert everybody.startswith(await names(people, directory, "", 3))


@pytest.mark.usefixtures("address_book")
async def test_private_contacts_are_found_by_their_owner_alone(
    people: People, directory: DirectoryService
) -> None:
    paul = await people.user("Paul", "Paris", "4093")
    await directory.own.create(people.actor(paul), True, last_name="Secret")
    assert await names(people, directory, "secret") == ""
    found = await directory.search(people.actor(paul), "secret")
    assert [card.contact.last_name for card in found] == ["Secret"]


@pytest.mark.usefixtures("address_book")
async def test_companies_see_nothing_of_each_other(
    people: People, directory: DirectoryService
) -> None:
    boss = people.administrator(people.other_company)
    assert await directory.search(boss, "", company=people.other_company) == []
    with pytest.raises(NotFound):
        await directory.search(boss, "", company=people.company)
    with pytest.raises(Invalid):
        await directory.search(boss, "martin")
    boss = people.administrator(people.company)
    assert len(await directory.search(boss, "", company=people.company)) == 6


@given(st.text(max_size=60))
def test_folded_words_hold_no_wildcard_and_fold_to_themselves(text: str) -> None:
    for word in words(text):
        assert word.isalnum() and not word.isspace()
        assert words(word) == [word]
    assert rank(folded([text]), folded([text]), [[word] for word in words(text)]) == 0


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_texts_fold_as_any_other(text: str) -> None:
    """They take a shorter way: with a letter that folds to itself beside them they do not."""
    assert words(f"{text} ж") == [*words(text), "ж"]


# ---------------------------------------------------------------- what is not shown


ROW = {"id": "1", "sn": "Martin", "gn": "Paul", "o": "Quarry", "tel": "01 55 17 18 89"}


@pytest.mark.parametrize(
    ("mapping", "row", "words"),
    [
        ({"organisation": "o|i"}, ROW, "quarry"),
        ({"organisation": "o|i"}, ROW, "uarr"),
        ({"organisation": "o|i"}, ROW, "quarri"),
        ({"last_name": "sn|i"}, ROW, "martin"),
        ({"work": "tel|i"}, ROW, "1718"),
        ({"email1": "mail|i"}, ROW | {"mail": "p@quarry.example"}, "example"),
        ({"email2": "mail2|i"}, ROW | {"mail": "p@x.org", "mail2": "p@quarry.example"}, "example"),
        ({"email2": "mail2|i"}, ROW | {"mail2": "p@quarry.example"}, "example"),
        ({}, ROW | {"red": "1"}, "1718"),
        ({}, ROW | {"red": "1"}, "01 55 17 18 89"),
    ],
)
async def test_what_is_hidden_finds_nobody(
    people: People,
    directory: DirectoryService,
    library: Library,
    mapping: dict[str, str],
    row: dict[str, str],
    words: str,
) -> None:
    await people.user("Marie", "Durand")
    made = await library.directory(mapping={**MAPPING, **mapping})
    await library.grant(made)
    await library.run(made, row)
    assert await names(people, directory, words) == ""
    assert "Paul" in await names(people, directory, "paul")
    if mapping:
        await library.change(made, mapping=MAPPING)
        await library.schedule.settle()
        assert await names(people, directory, words) == "Paul Martin"


@pytest.mark.parametrize(("own", "found"), [(True, " mine 33493112233"), (False, " mine")])
def test_an_owner_finds_a_private_contact_by_a_number_on_the_red_list(
    people: People, own: bool, found: str
) -> None:
    plan = plan_of(people.paris)
    card = SourceCard(
        identifier="1", last_name="Mine", numbers=(CardNumber(WORK, "0493112233", True),)
    )
    read = readings(["0493112233"], plan)
    assert index(card, read, own=own).folded == found


async def test_what_is_hidden_later_finds_nobody(
    people: People, directory: DirectoryService, library: Library
) -> None:
    await people.user("Marie", "Durand")
    made = await library.directory()
    await library.grant(made)
    await library.run(made, ROW)
    assert await names(people, directory, "quarry") == "Paul Martin"
    await library.change(made, mapping={**MAPPING, "organisation": "o|i"})
    await library.schedule.settle()
    assert await names(people, directory, "quarry") == ""


async def test_a_caller_is_not_told_by_what_is_hidden(
    people: People, directory: DirectoryService, library: Library
) -> None:
    marie = people.actor(await people.user("Marie", "Durand"))
    made = await library.directory(mapping={**MAPPING, "organisation": "o|i", "work": "tel|i"})
    await library.grant(made)
    await library.run(made, ROW, {"id": "2", "o": "Hidden alone", "tel": "01 55 17 18 90"})
    match = await directory.reverse(marie, ROW["tel"])
    assert match is not None
    assert (match.name, match.company, match.number) == ("Paul Martin", "", "")
    assert await directory.reverse(marie, "01 55 17 18 90") is None


async def test_what_is_hidden_stays_so_after_a_restart(
    people: People, directory: DirectoryService, library: Library
) -> None:
    """The change was told, and the server stopped before it was carried out."""
    await people.user("Marie", "Durand")
    made = await library.directory()
    await library.grant(made)
    await library.run(made, ROW)
    assert await names(people, directory, "quarry") == "Paul Martin"
    await library.change(made, mapping={**MAPPING, "organisation": "o|i"})
    library.schedule.cancel("read numbers", key=people.paris.id)
    directory.load()
    await library.schedule.settle()
    assert await names(people, directory, "quarry") == ""


async def test_users_are_found_as_they_are_now(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    paul = await people.user("Paul", "Durand", "4093")
    assert await names(people, directory, "durand") == "Marie Durand, Paul Durand"
    paul = await people.update(paul, replace(paul, last_name="Petit"))
    assert await names(people, directory, "durand") == "Marie Durand"
    assert await names(people, directory, "petit") == "Paul Petit"
    paul = await people.update(paul, replace(paul, enabled=False))
    assert await names(people, directory, "petit") == ""
    await people.user("Zoé", "Durand", "4094")
    assert await names(people, directory, "durand") == "Marie Durand, Zoé Durand"
    ids = [ContactId(marie.id), ContactId(paul.id)]
    cards = await directory.with_ids(people.actor(marie), ids)
    assert [str(card.contact.id) for card in cards] == [marie.id]
