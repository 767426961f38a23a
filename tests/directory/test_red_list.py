"""The red list (specification 8.2.4): which values hide a number, and the guide's table."""

import pytest

from tests.directory.people import People
from tests.directory.sources import Library
from tws.directory.model import NumberKind
from tws.directory.service import DirectoryService

HIDE = ("1", "true", "yes", "y", "lr", "rf")
HIDING = (
    *HIDE,
    *(value.upper() for value in HIDE if value != "1"),
    "True",
    "Yes",
    "Lr",
    " 1 ",
    "\tlr",
)
SHOWING = ("", "0", "false", "no", "n", "2", "11", "lrf", "r", "l", "t", "yess", "oui", "vrai")
COLUMNS = (
    "id",
    "sn",
    "givenname",
    "hierarchy",
    "secretaire",
    "phoneNumber",
    "gsmPhone",
    "private",
)
TABLE = [
    ("1", "Francis", "Dupont", "Compta", "", "6660", "", "0"),
    ("2", "Noa", "Hollande", "Direction", "4694", "4594", "0601020304", "1"),
]
MAPPED = {
    "identifier": "id",
    "last_name": "sn",
    "first_name": "givenname",
    "organisation": "hierarchy",
    "assistant": "secretaire",
    "work": "phoneNumber",
    "work_red": "private",
    "mobile": "gsmPhone",
    "mobile_red": "private",
}


@pytest.mark.parametrize(("values", "hidden"), [(HIDING, True), (SHOWING, False)])
async def test_each_value(
    people: People,
    library: Library,
    directory: DirectoryService,
    values: tuple[str, ...],
    hidden: bool,
) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    source = await library.directory()
    await library.grant(source)
    tel = {value: f"01449900{n:02}" for n, value in enumerate(values)}
    rows = [{"id": tel[v], "sn": f"Durand {v!r}", "tel": tel[v], "red": v} for v in values]
    await library.run(source, *rows)
    for value in values:
        match = await directory.reverse(anne, f"0{tel[value]}")
        assert match is not None
        shown = (match.name, match.number, match.red)
        assert shown == (f"Durand {value!r}", "" if hidden else tel[value], hidden)
    cards = await directory.search(anne, "durand", limit=len(values))
    shown_numbers = {one.number for card in cards for one in card.contact.numbers}
    assert shown_numbers == ({""} if hidden else set(tel.values()))
    assert len(cards) == len(values)


async def test_the_guides_table(
    people: People, library: Library, directory: DirectoryService
) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    source = await library.directory(mapping=MAPPED)
    await library.grant(source)
    await library.run(source, *(dict(zip(COLUMNS, row, strict=True)) for row in TABLE))
    (first,) = await directory.search(anne, "francis")
    (second,) = await directory.search(anne, "noa")
    assert [(one.kind.value, one.number) for one in first.contact.numbers] == [("work", "6660")]
    assert {one.kind.value: one.number for one in second.contact.numbers} == {
        "assistant": "4694",
        "work": "",
        "mobile": "",
    }
    assert await directory.search(anne, "4594") == []
    assert await directory.search(anne, "0601020304") == []
    assert [one.ids for one in await directory.search(anne, "4694")] == [second.ids]


@pytest.mark.parametrize("kind", NumberKind)
async def test_each_kind_of_number_has_a_red_list_of_its_own(
    people: People, library: Library, directory: DirectoryService, kind: NumberKind
) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    fields = {one.value: f"{one.value}-number" for one in NumberKind}
    fields |= {f"{one.value}_red": f"{one.value}-red" for one in NumberKind}
    source = await library.directory(mapping={"identifier": "id", "last_name": "sn", **fields})
    await library.grant(source)
    numbers = {f"{one.value}-number": f"014499000{n}" for n, one in enumerate(NumberKind)}
    await library.run(source, {"id": "1", "sn": "Durand", **numbers, f"{kind.value}-red": "rf"})
    (card,) = await directory.search(anne, "durand")
    assert len(card.contact.numbers) == len(NumberKind)
    assert [one.kind for one in card.contact.numbers if not one.number] == [kind]
