"""What may stand in a contact. Invalid says in words what is wrong, and with which field."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypedDict

from tws.directory.model import Contact, ContactNumber, NumberKind
from tws.directory.own_fields import private_texts
from tws.errors import Invalid, invalid
from tws.numbering import LONGEST, read_typed, split_numbers
from tws.organisation import words
from tws.organisation.model import Directory
from tws.sentences import sentence

MOST_NUMBERS = 20
MOST_EMAILS = 10


class Fields(TypedDict, total=False):
    """What people fill in; a field that is left out stays as it is."""

    first_name: str
    last_name: str
    organisation: str
    email: str
    "The first one; where `emails` are given too those count."
    emails: tuple[str, ...]
    website: str
    private_fields: Mapping[str, str]
    "Of the directory's own fields, those that change: by label, or `private0` to `private9`."
    numbers: tuple[ContactNumber, ...]


def checked(fields: Fields, known: Collection[ContactNumber] = ()) -> Fields:
    """The fields cleaned of blanks around them, and numbers written together taken apart. A number
    that is `known` stays, even one that a file had and nobody can call."""
    checked = Fields()
    if "first_name" in fields:
        checked["first_name"] = words.optional(fields["first_name"], "first_name")
    if "last_name" in fields:
        checked["last_name"] = words.optional(fields["last_name"], "last_name")
    if "organisation" in fields:
        checked["organisation"] = words.optional(fields["organisation"], "organisation")
    if "email" in fields:
        checked["email"] = words.email(fields["email"])
    if "emails" in fields:
        checked["emails"] = _emails(fields["emails"])
    if "website" in fields:
        checked["website"] = words.website(fields["website"])
    if "private_fields" in fields:
        checked["private_fields"] = fields["private_fields"]
    if "numbers" in fields:
        checked["numbers"] = _numbers(fields["numbers"], {one.number for one in known})
    return checked


def filled(contact: Contact, fields: Fields, directory: Directory) -> Contact:
    """The contact of `directory` with these fields."""
    emails = fields.get("emails", contact.emails)
    if "email" in fields and "emails" not in fields:
        emails = tuple(filter(None, (fields["email"], *contact.emails[1:])))
    return replace(
        contact,
        first_name=fields.get("first_name", contact.first_name),
        last_name=fields.get("last_name", contact.last_name),
        organisation=fields.get("organisation", contact.organisation),
        emails=emails,
        email_places=contact.email_places if emails == contact.emails else (),
        website=fields.get("website", contact.website),
        private=private_texts(directory, contact.private, fields.get("private_fields", {})),
        numbers=fields.get("numbers", contact.numbers),
    )


def named(contact: Contact) -> Contact:
    """A contact that can be found again by somebody."""
    if not contact.display_name:
        needed = sentence("A contact needs a name, a company or an e-mail address.")
        raise invalid(needed, field="last_name")
    return contact


def _emails(emails: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, however it is written."""
    apart: dict[str, str] = {}
    for given in emails:
        email = words.email(given, "emails")
        if email:
            apart.setdefault(email.casefold(), email)
    if len(apart) > MOST_EMAILS:
        raise Invalid(
            f"A contact has at most {MOST_EMAILS} e-mail addresses.",
            field="emails",
            why="mostEmails",
            parameters={"most": MOST_EMAILS},
        )
    return tuple(apart.values())


def _numbers(
    numbers: tuple[ContactNumber, ...], known: Collection[str]
) -> tuple[ContactNumber, ...]:
    apart = [
        ContactNumber(NumberKind(number.kind), part)
        for number in numbers
        for part in _parts(number.number)
    ]
    if len(apart) > MOST_NUMBERS:
        many = sentence("A contact has at most {most} numbers.", most=MOST_NUMBERS)
        raise invalid(many, field="numbers")
    for number in apart:
        if number.number in known:
            continue
        try:
            read_typed(number.number)
        except Invalid as error:
            raise Invalid(
                error.message,
                field="numbers",
                kind=number.kind.value,
                why=error.why,
                parameters=error.parameters,
            ) from error
    return tuple(apart)


def _parts(text: str) -> list[str]:
    if len(text) > MOST_NUMBERS * LONGEST:
        long = sentence(
            "This is too long for a phone number: {count} characters.", count=len(text)
        )
        raise invalid(long, field="numbers")
    return split_numbers(text)
