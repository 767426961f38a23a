"""Finding contacts by what stands in which field."""

import pytest

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.criteria import Criteria
from tws.directory.model import ContactNumber, NumberKind
from tws.directory.service import DirectoryService
from tws.directory.store import by_field
from tws.errors import NotAllowed
from tws.organisation import store
from tws.organisation.actor import Actor, DirectoryId
from tws.organisation.events import ParameterValueChanged
from tws.organisation.model import Directory, ParameterValue
from tws.storage import new_id

WORK = NumberKind.WORK
ROWS = (
    {
        "id": "1",
        "sn": "Martin",
        "gn": "Paul",
        "o": "Société Générale",
        "tel": "01 55 17 18 89",
        "mail": "paul@sg.example",
        "note": "Gold customer, 12 rue Haute",
        "code": "K-4711",
    },
    {
        "id": "2",
        "sn": "Paul",
        "gn": "Martine",
        "o": "Martin SA",
        "tel": "01 99 00 00 11",
        "red": "1",
        "note": "Silver",
        "code": "K-4712",
    },
    {"id": "3", "sn": "Œuvrard", "gn": "François", "o": "Straße & Søn", "note": "Gold"},
)


@pytest.fixture
async def customers(library: Library) -> Directory:
    made = await library.directory(
        mapping={**MAPPING, "private1": "code|i"},
        labels={"private0": "Class", "private1": "Code"},
    )
    await library.grant(made)
    await library.run(made, *ROWS)
    return made


@pytest.fixture
async def marie(people: People) -> Actor:
    return people.actor(await people.user("Marie", "Durand", "4092", mobile="06 01 02 03 04"))


async def names(service: DirectoryService, actor: Actor, **fields: object) -> str:
    text = str(fields.pop("text", ""))
    (company,) = actor.companies or {None}
    criteria = Criteria(**fields)  # type: ignore[arg-type]
    found = await service.search(actor, text, company=company, criteria=criteria)
    return ", ".join(card.contact.display_name for card in found)


@pytest.mark.usefixtures("customers")
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"last_name": "martin"}, "Paul Martin"),
        ({"last_name": "arti"}, "Paul Martin"),
        ({"last_name": "ma"}, "Paul Martin"),
        ({"last_name": "ar"}, ""),
        ({"first_name": "martin"}, "Martine Paul"),
        ({"last_name": "paul", "first_name": "MARTINE"}, "Martine Paul"),
        ({"last_name": "paul", "first_name": "paul"}, ""),
        ({"organisation": "martin"}, "Martine Paul"),
        ({"organisation": "generale societe"}, "Paul Martin"),
        ({"organisation": "strasse", "first_name": "francois"}, "François Œuvrard"),
        ({"organisation": "ssdei", "last_name": "durand"}, "Marie Durand"),
        ({"email": "sg.example"}, "Paul Martin"),
        ({"email": "martin"}, ""),
        ({"number": "1718"}, "Paul Martin"),
        ({"number": "01 55 17"}, "Paul Martin"),
        ({"number": "+33 1 55"}, "Paul Martin"),
        ({"number": "0601", "first_name": "marie"}, "Marie Durand"),
        ({"number": "4092"}, "Marie Durand"),
        ({"number": "paul"}, ""),
        ({"fields": (("Class", "gold"),)}, "Paul Martin, François Œuvrard"),
        ({"fields": (("class", "GÖLD"),), "last_name": "oeu"}, "François Œuvrard"),
        ({"fields": (("Class", "old"),)}, "Paul Martin, François Œuvrard"),
        ({"fields": (("Class", "12 haute"),)}, "Paul Martin"),
        ({"fields": (("Class", "12"),)}, "Paul Martin"),
        ({"fields": (("Class", "gold"), ("Class", "silver"))}, ""),
        ({"fields": (("Level", "gold"),)}, ""),
        ({"last_name": "%"}, ""),
        ({"fields": (("Class", "_"),)}, ""),
        ({"text": "martin", "fields": (("Class", "silver"),)}, "Martine Paul"),
        ({"text": "gold", "fields": (("Class", "gold"),)}, ""),
        ({"directory": DirectoryId("none"), "last_name": "martin"}, ""),
    ],
)
@pytest.mark.parametrize("first_look", [1, 500])
async def test_finds(
    directory: DirectoryService,
    marie: Actor,
    fields: dict[str, object],
    expected: str,
    first_look: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(by_field, "FIRST_LOOK", first_look)
    assert await names(directory, marie, **fields) == expected


async def test_looks_into_one_directory(
    people: People, directory: DirectoryService, marie: Actor, customers: Directory
) -> None:
    await directory.own.create(marie, True, last_name="Martin", first_name="Mine")
    own = next(d.id for d, _ in directory.directories(marie) if d.kind.value == "private")
    assert await names(directory, marie, last_name="martin") == "Mine Martin, Paul Martin"
    assert await names(directory, marie, last_name="martin", directory=own) == "Mine Martin"
    only = await names(directory, marie, last_name="martin", directory=customers.id)
    assert only == "Paul Martin"
    paul = people.actor(await people.user("Paul", "Paris"))
    assert await names(directory, paul, last_name="martin", directory=own) == ""


async def test_what_is_hidden_is_not_found_out(
    directory: DirectoryService, marie: Actor, customers: Directory
) -> None:
    assert await names(directory, marie, fields=(("Code", "4711"),)) == ""
    assert await names(directory, marie, fields=(("1", "4711"),)) == ""
    assert await names(directory, marie, fields=(("Class", "4711"),)) == ""
    assert await names(directory, marie, number="9900") == ""
    assert await names(directory, marie, text="01 99 00", last_name="paul") == ""
    assert dict((d.id, f) for d, f in directory.directories(marie))[customers.id] == ["Class"]


async def test_a_hidden_name_is_not_found_out(
    directory: DirectoryService, marie: Actor, library: Library, customers: Directory
) -> None:
    assert await names(directory, marie, organisation="generale") == "Paul Martin"
    await library.change(customers, mapping={**customers.mapping, "organisation": "o|i"})
    assert await names(directory, marie, organisation="generale") == ""
    assert await names(directory, marie, text="generale", last_name="martin") == ""


async def test_follows_the_source(
    directory: DirectoryService, marie: Actor, library: Library, customers: Directory
) -> None:
    await library.run(customers, {**ROWS[0], "note": "Bronze"}, {**ROWS[1], "note": ""}, ROWS[2])
    assert await names(directory, marie, fields=(("Class", "gold"),)) == "François Œuvrard"
    assert await names(directory, marie, fields=(("Class", "bronze"),)) == "Paul Martin"
    assert await names(directory, marie, fields=(("Class", "silver"),)) == ""


async def test_private_contacts_are_found_by_their_owner_alone(
    people: People, directory: DirectoryService, marie: Actor
) -> None:
    await directory.own.create(
        marie, True, last_name="Secret", numbers=(ContactNumber(WORK, "0493112233"),)
    )
    paul = people.actor(await people.user("Paul", "Paris"))
    for criteria in ({"last_name": "secret"}, {"number": "112233"}):
        assert await names(directory, paul, **criteria) == ""
        assert await names(directory, marie, **criteria) == "Secret"


@pytest.mark.usefixtures("customers")
async def test_a_user_may_be_refused(
    people: People, directory: DirectoryService, marie: Actor
) -> None:
    assert marie.user is not None
    value = ParameterValue(
        id=new_id(),
        version=1,
        company=people.company,
        parameter="AuthorizedAdvancedSearch",
        value=False,
        user=marie.user,
    )
    async with people.storage.transaction() as tx:
        await store.parameter_values.insert(tx, value)
        tx.publish(ParameterValueChanged(None, value))
    with pytest.raises(NotAllowed):
        await names(directory, marie, last_name="martin")
    assert await names(directory, marie, text="artin gen") == "Paul Martin"


@pytest.mark.usefixtures("customers")
async def test_says_that_a_typing_error_was_tolerated(
    directory: DirectoryService, marie: Actor
) -> None:
    assert [card.near for card in await directory.search(marie, "matrin")] == [True, True]
    assert [card.near for card in await directory.search(marie, "martin")] == [False, False]
