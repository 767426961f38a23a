"""Numbers with words beside them, and numbers that are written together, as companies
have them."""

import pytest

from tests.directory.people import People
from tests.directory.sources import Library
from tws.directory.criteria import Criteria
from tws.directory.model import ContactNumber, NumberKind
from tws.directory.service import DirectoryService
from tws.organisation.actor import Actor


@pytest.fixture
async def anne(people: People) -> Actor:
    return people.actor(await people.user("Anne", "Petit"))


@pytest.mark.parametrize(
    ("written", "calling"),
    [
        ("01 44 11 22 44 (sauf lundi)", ["00144112244"]),
        ("01 44 11 22 44 perso", ["00144112244"]),
        ("01 44 11 22 45 - standard", ["00144112245"]),
        ("01.44.11.70.05 (poste 3)", ["00144117005"]),
        ("01-44-11-22-41/42", ["00144112241", "00144112242"]),
        ("+33 (0) 01 44 11 70 05", ["00144117005"]),
    ],
)
async def test_are_looked_up_and_found(
    library: Library,
    directory: DirectoryService,
    anne: Actor,
    written: str,
    calling: list[str],
) -> None:
    source = await library.directory()
    await library.grant(source)
    run = await library.run(source, {"id": "1", "sn": "Durand", "tel": written})
    assert run.remarks.notes == {}
    assert anne.user is not None
    for number in calling:
        match = await directory.reverse_for_user(anne.user, number)
        assert match is not None and match.name == "Durand"
        (card,) = await directory.search(anne, number[1:])
        assert card.contact.last_name == "Durand"
        (card,) = await directory.search(anne, "", criteria=Criteria(number=number[1:]))
        assert len(card.contact.numbers) == len(calling)


@pytest.mark.parametrize(
    "typed", ["01.44.11.70.05 (poste 3)", "01 44 11 70 05 p 3", "0144117005#3"]
)
async def test_what_is_typed_with_an_extension_finds_the_number(
    library: Library, directory: DirectoryService, anne: Actor, typed: str
) -> None:
    source = await library.directory()
    await library.grant(source)
    await library.run(source, {"id": "1", "sn": "Durand", "tel": "01 44 11 70 05"})
    match = await directory.reverse(anne, typed)
    assert match is not None and match.name == "Durand"
    assert [one.contact.last_name for one in await directory.search(anne, typed)] == ["Durand"]


async def test_the_report_says_which_ones_are_not_understood(
    library: Library, directory: DirectoryService, anne: Actor
) -> None:
    source = await library.directory()
    await library.grant(source)
    rows = ("1-800-FLOWERS", "4092 perso", "01 44 11 22 44 bureau 12", "0144112244")
    run = await library.run(
        source, *({"id": f"{n}", "sn": f"Durand{n}", "tel": tel} for n, tel in enumerate(rows))
    )
    assert run.remarks.notes == {"work": 3}
    first = str(run.remarks.examples["work"][0])
    assert "1-800-FLOWERS is neither called nor recognised" in first
    assert "no letters: FLOWERS" in first
    (card,) = await directory.search(anne, "Durand0")
    assert [one.number for one in card.contact.numbers] == ["1-800-FLOWERS"]


async def test_a_contact_with_words_beside_its_number_is_saved(
    directory: DirectoryService, anne: Actor
) -> None:
    numbers = (ContactNumber(NumberKind.WORK, "01 44 11 22 44 (sauf lundi)"),)
    made = await directory.own.create(anne, True, last_name="Durand", numbers=numbers)
    assert made.numbers == numbers
    match = await directory.reverse(anne, "0144112244")
    assert match is not None and match.contact.id == made.id
