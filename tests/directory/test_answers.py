"""Answers of the reverse lookup that are remembered: never one that is not true any more."""

from dataclasses import replace

from tests.directory.people import People
from tests.directory.test_reverse import work
from tws.directory.answers import KEPT, Answers
from tws.directory.service import DirectoryService
from tws.organisation.actor import CompanyId, UserId
from tws.storage import CommitInDoubt

CALLER = "00155171889"


async def test_a_known_caller_is_not_looked_up_again(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    paul = await people.user("Paul", "Martin", "4093")
    assert directory.known_for(marie.id, CALLER) is None
    assert await directory.reverse_for_user(marie.id, CALLER) is None
    assert directory.known_for(marie.id, CALLER) == (None,)
    # what one user may see says nothing of another
    assert directory.known_for(paul.id, CALLER) is None


async def test_every_change_of_the_company_counts_at_once(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092")
    actor = people.actor(marie)

    async def name() -> str | None:
        match = await directory.reverse_for_user(marie.id, CALLER)
        assert directory.known_for(marie.id, CALLER) == (match,)
        return match.name if match else None

    assert await name() is None
    contact = await directory.own.create(actor, True, last_name="Odd", numbers=work("0155171889"))
    assert await name() == "Odd"
    contact = await directory.own.update(actor, contact.id, contact.version, last_name="Even")
    assert await name() == "Even"
    await directory.own.delete(actor, contact.id, contact.version)
    assert await name() is None
    alice = await people.user("Alice", "Petit", "4101", mobile="01 55 17 18 89")
    assert await name() == "Alice Petit"
    await people.update(alice, replace(alice, last_name="Grand"))
    assert await name() == "Alice Grand"
    await people.change_domain(people.paris, replace(people.paris, country_prefix="32"))
    assert directory.known_for(marie.id, CALLER) is None


async def test_an_answer_that_a_change_overtook_is_not_kept(people: People) -> None:
    answers = Answers(people.bus)
    key, company = (UserId("u"), CALLER), CompanyId("c")
    moment = answers.moment(company)
    answers.forget(company)
    answers.keep(key, company, moment, None)
    assert answers.known(key) is None
    answers.keep(key, company, answers.moment(company), None)
    answers.forget(CompanyId("another"))
    assert answers.known(key) == (None,)
    people.bus.publish(CommitInDoubt())
    assert answers.known(key) is None


async def test_the_least_recently_asked_are_forgotten_first(people: People) -> None:
    answers, company = Answers(people.bus), CompanyId("c")
    for number in range(KEPT):
        answers.keep((UserId("u"), str(number)), company, answers.moment(company), None)
    assert answers.known((UserId("u"), "0")) == (None,)
    answers.keep((UserId("u"), "one more"), company, answers.moment(company), None)
    assert len(answers) == KEPT
    assert answers.known((UserId("u"), "0")) == (None,)
    assert answers.known((UserId("u"), "1")) is None
