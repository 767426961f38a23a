"""Writing contacts: whose they are, what is refused, and what two writers at once do."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.directory.people import People
from tws.directory.events import ContactChanged
from tws.directory.model import Contact, ContactId, ContactNumber, NumberKind, Source
from tws.directory.service import DirectoryService
from tws.errors import Conflict, Invalid, NotAllowed, NotFound, ServiceError
from tws.organisation.actor import Actor
from tws.storage import new_id
from tws.storage.audit import audit


def numbers(*written: str) -> tuple[ContactNumber, ...]:
    return tuple(ContactNumber(NumberKind.WORK, number) for number in written)


async def test_a_contact_is_read_back_as_it_was_written(
    people: People, directory: DirectoryService
) -> None:
    actor = people.actor(await people.user("Marie", "Durand", "4092"))
    written = await directory.own.create(
        actor,
        True,
        first_name=" Paul ",
        last_name="Martin",
        organisation="SSDEI",
        email="paul@ssdei.fr",
        numbers=(
            ContactNumber(NumberKind.WORK, "01 55 17 18 89 poste 12"),
            ContactNumber(NumberKind.MOBILE, "06 01 02 03 04 ou 06 11 12 13 14"),
        ),
    )
    assert written.first_name == "Paul" and written.source is Source.PRIVATE
    assert [(n.kind, n.number) for n in written.numbers] == [
        (NumberKind.WORK, "01 55 17 18 89 poste 12"),
        (NumberKind.MOBILE, "06 01 02 03 04"),
        (NumberKind.MOBILE, "06 11 12 13 14"),
    ]
    assert (await directory.get(actor, written.id)).contact == written


async def test_each_change_is_published_and_audited(
    people: People, directory: DirectoryService
) -> None:
    heard: list[ContactChanged] = []
    people.bus.follow(ContactChanged, heard.append)
    actor = people.actor(await people.user("Marie", "Durand", "4092"))
    first = await directory.own.create(actor, False, last_name="Martin")
    second = await directory.own.update(
        actor, first.id, 1, last_name="Durand", numbers=numbers("12")
    )
    await directory.own.delete(actor, first.id, 2)
    assert second == replace(
        first, version=2, last_name="Durand", numbers=(ContactNumber(NumberKind.WORK, "12"),)
    )
    assert heard == [
        ContactChanged(None, first),
        ContactChanged(first, second),
        ContactChanged(second, None),
    ]
    async with people.storage.reading() as reader:
        rows = await reader.execute(select(audit).where(audit.c.target == first.id))
        actions = [(row.action, row.actor, row.company) for row in rows]
    assert actions == [
        (f"contact {what}", actor.label, people.company)
        for what in ("created", "changed", "deleted")
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "last_name"),
        ({"last_name": "  "}, "last_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"first_name": "a\nb"}, "first_name"),
        ({"last_name": "Martin", "email": "martin"}, "email"),
        ({"last_name": "Martin", "numbers": numbers("phone me")}, "numbers"),
        ({"last_name": "Martin", "numbers": numbers("")}, None),
        ({"last_name": "Martin", "numbers": numbers("1" * 200)}, "numbers"),
        ({"last_name": "Martin", "numbers": numbers("1" * 20_000)}, "numbers"),
        ({"last_name": "Martin", "numbers": numbers(*("12",) * 21)}, "numbers"),
    ],
)
async def test_what_is_refused(
    people: People, directory: DirectoryService, fields: dict[str, object], field: str | None
) -> None:
    actor = people.actor(await people.user("Marie", "Durand", "4092"))
    if field is None:
        contact = await directory.own.create(actor, False, **fields)  # type: ignore[arg-type]
        assert contact.numbers == ()
        return
    with pytest.raises(Invalid) as refused:
        await directory.own.create(actor, False, **fields)  # type: ignore[arg-type]
    assert refused.value.details["field"] == field
    assert await directory.search(actor, "martin") == []


async def test_strangers_get_the_same_answer_as_for_what_does_not_exist(
    people: People, directory: DirectoryService
) -> None:
    marie = people.actor(await people.user("Marie", "Durand", "4092"))
    paul = people.actor(await people.user("Paul", "Paris", "4093"))
    private = await directory.own.create(marie, True, last_name="Mine")
    public = await directory.own.create(marie, False, last_name="Ours")
    stranger = replace(paul, company=people.other_company)
    other_boss = people.administrator(people.other_company)
    boss = people.administrator(people.company)

    async def answers(actor: Actor, id: ContactId) -> list[tuple[str, str]]:
        said = []
        for operation in (
            directory.get(actor, id),
            directory.own.update(actor, id, 1, last_name="Stolen"),
            directory.own.delete(actor, id, 1),
        ):
            with pytest.raises(ServiceError) as error:
                await operation
            said.append((error.value.code, error.value.message))
        return said

    nothing = await answers(paul, ContactId(new_id()))
    assert {code for code, _ in nothing} == {NotFound.code}
    for actor in (paul, stranger, boss, other_boss):
        assert await answers(actor, private.id) == nothing
    for actor in (stranger, other_boss):
        assert await answers(actor, public.id) == nothing
    assert (await directory.get(paul, public.id)).contact == public
    assert (await directory.get(boss, public.id)).contact == public


async def test_a_public_contact_is_changed_by_its_author_or_an_administrator(
    people: People, directory: DirectoryService
) -> None:
    marie = people.actor(await people.user("Marie", "Durand", "4092"))
    paul = people.actor(await people.user("Paul", "Paris", "4093"))
    boss = people.administrator(people.company)
    contact = await directory.own.create(marie, False, last_name="Ours")
    with pytest.raises(NotAllowed):
        await directory.own.update(paul, contact.id, 1, last_name="Mine")
    with pytest.raises(NotAllowed):
        await directory.own.delete(paul, contact.id, 1)
    contact = await directory.own.update(boss, contact.id, 1, last_name="Theirs")
    await directory.own.delete(marie, contact.id, 2)
    made = await directory.own.create(boss, False, company=people.company, last_name="Official")
    assert made.domain == people.paris.id
    with pytest.raises(NotAllowed):
        await directory.own.update(marie, made.id, 1, last_name="Mine")


async def test_users_are_contacts_that_only_the_administration_changes(
    people: People, directory: DirectoryService
) -> None:
    marie = await people.user("Marie", "Durand", "4092", mobile="0601020304")
    actor = people.actor(await people.user("Paul", "Paris", "4093"))
    card = (await directory.get(actor, ContactId(marie.id))).contact
    assert (card.display_name, card.organisation, card.user) == ("Marie Durand", "SSDEI", marie.id)
    assert [(n.kind, n.number) for n in card.numbers] == [
        (NumberKind.WORK, "4092"),
        (NumberKind.MOBILE, "0601020304"),
    ]
    with pytest.raises(NotAllowed):
        await directory.own.update(actor, card.id, card.version, last_name="X")


async def test_an_older_version_is_refused_with_the_present_one(
    people: People, directory: DirectoryService
) -> None:
    actor = people.actor(await people.user("Marie", "Durand", "4092"))
    contact = await directory.own.create(actor, False, last_name="Martin")
    await directory.own.update(actor, contact.id, 1, last_name="Durand")
    for operation in (
        directory.own.update(actor, contact.id, 1, last_name="Petit"),
        directory.own.delete(actor, contact.id, 1),
    ):
        with pytest.raises(Conflict) as refused:
            await operation
        assert refused.value.details == {"version": 2}


async def test_twenty_changes_at_once_lose_none(
    people: People, directory: DirectoryService
) -> None:
    actor = people.actor(await people.user("Marie", "Durand", "4092"))
    contact = await directory.own.create(actor, False, last_name="Martin")

    async def add(number: str) -> None:
        while True:
            now: Contact = (await directory.get(actor, contact.id)).contact
            try:
                await directory.own.update(
                    actor, now.id, now.version, numbers=(*now.numbers, *numbers(number))
                )
                return
            except Conflict:
                continue

    wanted = [f"55{n:02}" for n in range(20)]
    await asyncio.gather(*(add(number) for number in wanted))
    after = (await directory.get(actor, contact.id)).contact
    assert after.version == 21
    assert sorted(number.number for number in after.numbers) == wanted
