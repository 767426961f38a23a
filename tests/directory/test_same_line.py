"""A number of a person that is written otherwise in another directory is the same number: there
once, and kept from people by the red list of one."""

from dataclasses import replace

import pytest

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.criteria import Criteria
from tws.directory.service import DirectoryService
from tws.directory.showing import Card
from tws.organisation.actor import Actor
from tws.organisation.model import DirectoryKind

FIRST, SECOND = "0144990001", "+33 1 44 99 00 01"
TWO_KINDS = {**MAPPING, "mobile": "gsm"}


@pytest.fixture
async def anne(people: People) -> Actor:
    return people.actor(await people.user("Anne", "Petit"))


async def merged(
    library: Library, one: dict[str, str], other: dict[str, str], **fields: object
) -> None:
    """Two directories that are merged, with what each has of one person."""
    for place, row in enumerate((one, other), 1):
        source = await library.directory(f"{place}", merge=True, priority=place, **fields)
        await library.grant(source)
        await library.run(source, {"id": "1", "mail": "m@x.org", "sn": "Durand", **row})


def numbers(card: Card) -> list[tuple[str, str, bool]]:
    return [(one.kind.value, one.number, one.red) for one in card.contact.numbers]


async def test_once_on_the_card(
    library: Library, directory: DirectoryService, anne: Actor
) -> None:
    await merged(library, {"tel": FIRST}, {"tel": f"{SECOND} ; {SECOND} poste 12"})
    (card,) = await directory.search(anne, "durand")
    assert numbers(card) == [("work", FIRST, False), ("work", f"{SECOND} poste 12", False)]
    assert [one.ids for one in await directory.search(anne, FIRST)] == [card.ids]


async def test_red_in_one_is_red_in_all(
    people: People, library: Library, directory: DirectoryService, anne: Actor
) -> None:
    await merged(library, {"tel": FIRST, "red": "1"}, {"tel": SECOND})
    (card,) = await directory.search(anne, "durand")
    assert numbers(card) == [("work", "", True)]
    assert numbers(await directory.get(anne, card.contact.id)) == [("work", "", True)]
    for typed in (FIRST, SECOND, "4499", "990001"):
        assert await directory.search(anne, typed) == []
        assert await directory.search(anne, "", criteria=Criteria(number=typed)) == []
    for typed in (FIRST, SECOND):
        match = await directory.reverse(anne, typed)
        assert match is not None and match.red and match.number == ""
        assert [one.number for one in match.contact.numbers] == [""]
    administrator = people.administrator(people.company)
    (whole,) = await directory.search(administrator, "durand", company=people.company)
    assert numbers(whole) == [("work", FIRST, True)]


@pytest.mark.parametrize("red_first", [True, False])
async def test_red_under_another_kind(
    library: Library, directory: DirectoryService, anne: Actor, red_first: bool
) -> None:
    rows = [{"tel": FIRST, "red": "1"}, {"gsm": SECOND}]
    await merged(library, *(rows if red_first else rows[::-1]), mapping=TWO_KINDS)
    (card,) = await directory.search(anne, "durand")
    assert sorted(numbers(card)) == [("mobile", "", True), ("work", "", True)]
    assert await directory.search(anne, FIRST) == []
    match = await directory.reverse(anne, FIRST)
    assert match is not None and match.red and match.number == ""


async def test_red_under_another_kind_of_the_same_contact(
    library: Library, directory: DirectoryService, anne: Actor
) -> None:
    source = await library.directory(mapping=TWO_KINDS)
    await library.grant(source)
    await library.run(source, {"id": "1", "sn": "Durand", "tel": FIRST, "red": "1", "gsm": SECOND})
    (card,) = await directory.search(anne, "durand")
    assert sorted(numbers(card)) == [("mobile", "", True), ("work", "", True)]
    assert await directory.search(anne, FIRST) == []
    assert await directory.search(anne, "", criteria=Criteria(number="4499")) == []
    match = await directory.reverse(anne, FIRST)
    assert match is not None and match.red and match.number == ""


async def test_who_is_found_by_another_number_is_found(
    library: Library, directory: DirectoryService, anne: Actor
) -> None:
    await merged(library, {"tel": FIRST, "red": "1"}, {"tel": f"{SECOND} ; 01 44 99 00 02"})
    (card,) = await directory.search(anne, "0144990002")
    assert numbers(card) == [("work", "", True), ("work", "01 44 99 00 02", False)]
    assert await directory.search(anne, SECOND) == []


async def test_what_is_only_seen_elsewhere_is_no_secret(
    people: People, library: Library, directory: DirectoryService, anne: Actor
) -> None:
    """Somebody who may not look into the directory that has it on its list."""
    source = await library.directory("Listed", merge=True, priority=1)
    await library.run(
        source, {"id": "1", "mail": "m@x.org", "sn": "Durand", "tel": FIRST, "red": "1"}
    )
    other = await library.directory("Open", merge=True, priority=2)
    await library.grant(other)
    await library.run(other, {"id": "1", "mail": "m@x.org", "sn": "Durand", "tel": SECOND})
    (card,) = await directory.search(anne, FIRST)
    assert numbers(card) == [("work", SECOND, False)]


async def test_a_private_contact_with_the_address_does_not_tell_it(
    people: People, library: Library, directory: DirectoryService
) -> None:
    """What somebody's own contacts have they see; a colleague's red number they do not by one."""
    user = await people.user("Bruno", "Roux")
    user = await people.update(user, replace(user, email="b@x.org"))
    bruno = people.actor(user)
    own = await library.directory("Own", merge=True, priority=0, kind=DirectoryKind.PRIVATE)
    await library.grant(own)
    mine = {"id": "1", "of": "b@x.org", "mail": "m@x.org", "sn": "Durand", "red": "1"}
    await library.run(own, {**mine, "tel": "01 44 99 00 02"})
    public = await library.directory("Listed", merge=True, priority=1)
    await library.grant(public)
    await library.run(
        public, {"id": "1", "mail": "m@x.org", "sn": "Durand", "tel": FIRST, "red": "1"}
    )
    (card,) = await directory.search(bruno, "durand")
    assert len(card.ids) == 2
    assert [number for _, number, _ in numbers(card)] == ["01 44 99 00 02", ""]
    match = await directory.reverse(bruno, FIRST)
    assert match is not None and match.red and match.number == ""
    known = await directory.reverse(bruno, "0144990002")
    assert known is not None and not known.red and known.number == "01 44 99 00 02"
