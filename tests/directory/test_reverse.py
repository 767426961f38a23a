"""From a number to a name."""

from dataclasses import replace

import pytest

from tests.directory.people import People
from tests.telephony.paper import later
from tws.directory.model import ContactNumber, How, NumberKind, Source
from tws.directory.reindexing import AGAIN
from tws.directory.service import DirectoryService
from tws.errors import Invalid, NotAllowed, NotFound
from tws.organisation import store
from tws.organisation.events import DomainChanged
from tws.schedule import Schedule


def work(number: str) -> tuple[ContactNumber, ...]:
    return (ContactNumber(NumberKind.WORK, number),)


@pytest.mark.parametrize(
    "written", ["+33155171889", "0155171889", "01 55 17 18 89", "+33 (0)1 55 17 18 89"]
)
async def test_the_guides_caller_is_found_however_it_is_written(
    people: People, directory: DirectoryService, written: str
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    contact = await directory.own.create(
        people.actor(marie), False, last_name="Martin", numbers=work(written)
    )
    match = await directory.reverse_for_user(marie.id, "00155171889")
    assert match is not None
    assert (match.contact, match.kind, match.how) == (contact, NumberKind.WORK, How.E164)
    assert match.source is Source.PUBLIC
    assert match.others == ()


async def test_unknown_numbers_and_names_belong_to_nobody(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    await directory.own.create(
        people.actor(marie), False, last_name="X", numbers=work("0155171889")
    )
    for number in ("00155171880", "anonymous", "", "1889", "SIP/trunk-1", "*77"):
        assert await directory.reverse_for_user(marie.id, number) is None


async def test_the_last_digits_join_what_has_no_known_form_but_never_two_countries(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    actor = people.actor(marie)
    await directory.own.create(actor, False, last_name="Odd", numbers=work("+42(0)141906666"))
    await directory.own.create(actor, False, last_name="Belgian", numbers=work("+32 2 555 12 34"))
    match = await directory.reverse_for_user(marie.id, "000042141906666")
    assert match is not None and match.name == "Odd" and match.how is How.LAST_DIGITS
    # +33 2 25 55 12 34 ends like +32 2 555 12 34, as far as the inverse length looks
    await people.change_domain(people.paris, replace(people.paris, inverse_length=8))
    assert await directory.reverse_for_user(marie.id, "00225551234") is None


async def test_colleagues_are_found_by_extension_and_by_mobile(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    alice = await people.user("Alice", "Petit", "4101", mobile="06 01 02 03 04")
    match = await directory.reverse_for_user(marie.id, "4101")
    assert match is not None
    assert (match.contact.user, match.how, match.company) == (alice.id, How.INTERNAL, "SSDEI")
    match = await directory.reverse_for_user(marie.id, "00601020304")
    assert match is not None
    assert (match.name, match.kind, match.how) == ("Alice Petit", NumberKind.MOBILE, How.E164)
    alice = await people.update(alice, replace(alice, mobile="0611121314", last_name="Grand"))
    assert await directory.reverse_for_user(marie.id, "00601020304") is None
    match = await directory.reverse_for_user(marie.id, "+33611121314")
    assert match is not None and match.name == "Alice Grand"


async def test_the_same_extension_in_another_domain_is_somebody_else(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    await people.user("Nina", "Nice", "4001", domain=people.nice)
    match = await directory.reverse_for_user(marie.id, "4001")
    assert match is not None and match.name == "Nina Nice"
    await people.user("Paul", "Paris", "4001")
    match = await directory.reverse_for_user(marie.id, "4001")
    assert match is not None and match.name == "Paul Paris"
    assert match.others == ()


async def test_directories_by_priority_and_the_users_own_first(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    paul = await people.user("Paul", "Paris", "4093", mobile="0601020304")
    number = work("+33601020304")
    await directory.own.create(people.actor(paul), False, last_name="Zoe", numbers=number)
    await directory.own.create(people.actor(paul), False, last_name="Abel", numbers=number)
    await directory.own.create(people.actor(marie), True, last_name="Mine", numbers=number)
    await directory.own.create(people.actor(paul), True, last_name="His", numbers=number)
    match = await directory.reverse_for_user(marie.id, "00601020304")
    assert match is not None
    names = [match.name, *(other.name for other in match.others)]
    assert names == ["Mine", "Abel", "Zoe", "Paul Paris"]
    assert [m.source for m in (match, *match.others)] == [
        Source.PRIVATE,
        Source.PUBLIC,
        Source.PUBLIC,
        Source.USERS,
    ]


async def test_a_persons_own_number_tells_more_than_a_shared_one(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    actor = people.actor(marie)
    standard = (ContactNumber(NumberKind.STANDARD, "0155170000"),)
    await directory.own.create(
        actor, False, last_name="Abel", organisation="Transports Rapides", numbers=standard
    )
    match = await directory.reverse_for_user(marie.id, "00155170000")
    assert match is not None
    assert (match.name, match.kind) == ("Transports Rapides", NumberKind.STANDARD)
    await directory.own.create(actor, False, last_name="Zoe", numbers=work("0155170000"))
    match = await directory.reverse_for_user(marie.id, "00155170000")
    assert match is not None and match.name == "Zoe"
    assert [other.name for other in match.others] == ["Transports Rapides"]


async def test_a_number_is_asked_as_people_write_it_too(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    actor = people.actor(marie)
    await directory.own.create(actor, True, last_name="Mine", numbers=work("01 55 17 18 89"))
    for number in ("+33 (0)1.55.17.18.89", "0155171889", "00155171889", "tel:+33155171889"):
        match = await directory.reverse(actor, number)
        assert match is not None and match.name == "Mine"
    assert await directory.reverse(actor, "nobody") is None


async def test_nobody_finds_what_is_not_theirs(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    paul = await people.user("Paul", "Paris", "4093")
    await directory.own.create(
        people.actor(marie), True, last_name="Mine", numbers=work("0155171889")
    )
    assert await directory.reverse_for_user(paul.id, "00155171889") is None
    assert await directory.reverse(people.actor(paul), "0155171889") is None
    boss = people.administrator(people.company)
    assert await directory.reverse(boss, "0155171889", company=people.company) is None
    with pytest.raises(NotFound):
        await directory.reverse(boss, "0155171889", company=people.other_company)
    with pytest.raises(Invalid):
        await directory.reverse(boss, "0155171889")
    idle = replace(people.actor(paul), applications=frozenset())
    with pytest.raises(NotAllowed):
        await directory.reverse(idle, "0155171889")


async def test_a_change_of_the_dial_plan_reads_the_numbers_again(
    people: People, directory: DirectoryService, schedule: Schedule
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    await directory.own.create(
        people.actor(marie), False, last_name="Martin", numbers=work("0301234567")
    )
    match = await directory.reverse_for_user(marie.id, "+49301234567")
    assert match is None
    await people.change_domain(people.paris, replace(people.paris, country_prefix="49"))
    await schedule.settle()
    match = await directory.reverse_for_user(marie.id, "+49301234567")
    assert match is not None and match.name == "Martin" and match.how is How.E164


async def test_numbers_are_read_again_once_the_database_is_back(
    people: People, directory: DirectoryService, schedule: Schedule
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    await directory.own.create(
        people.actor(marie), False, last_name="Martin", numbers=work("0301234567")
    )
    await people.storage.close()
    german = replace(people.paris, version=2, country_prefix="49")
    people.bus.publish(DomainChanged(people.paris, german))
    await schedule.settle()
    await people.storage.open()
    assert await directory.reverse_for_user(marie.id, "+49301234567") is None
    await later(AGAIN.first)
    await schedule.settle()
    assert await directory.reverse_for_user(marie.id, "+49301234567") is not None


async def test_readings_left_over_by_an_interrupted_change_are_renewed_at_the_start(
    people: People, directory: DirectoryService, schedule: Schedule
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    await directory.own.create(
        people.actor(marie), False, last_name="Martin", numbers=work("0301234567")
    )
    german = replace(people.paris, version=2, country_prefix="49")
    async with people.storage.transaction() as tx:
        await store.domains.update(tx, german)
    await people.registry.load(people.storage)
    assert await directory.reverse_for_user(marie.id, "+49301234567") is None
    directory.load()
    await schedule.settle()
    assert await directory.reverse_for_user(marie.id, "+49301234567") is not None
