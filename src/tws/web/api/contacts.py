"""Contacts: searching, looking a number up, and keeping one's own."""

import re
from typing import Annotated, Literal

import msgspec
from fastapi import Depends, Query, Response
from pydantic import Field

from tws import numbering
from tws.directory.criteria import Criteria, labelled
from tws.directory.fields import Fields
from tws.directory.model import ContactId, ContactNumber, Match, NumberKind
from tws.directory.own_fields import form_of, holds_own
from tws.directory.showing import Card
from tws.errors import Invalid, NotFound
from tws.organisation.actor import Actor, CompanyId, DirectoryId
from tws.organisation.model import BuiltIn, Domain
from tws.web.answers import answer, answers
from tws.web.identity import Anyone, InKnown, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Lines, Number, Text, Version
from tws.web.shown.contacts import (
    ContactNumberValue,
    ContactValue,
    MatchValue,
    OriginValue,
    PrivateFieldValue,
)
from tws.web.shown.known import Known
from tws.web.shown.photos import photo_address
from tws.web.shown.values import Value

router = Operations("/contacts", tags=["contacts"])
EDITABLE = (BuiltIn.PRIVATE, BuiltIn.PUBLIC)
NAMES = {"first_name": "firstName", "last_name": "lastName", "organisation": "company"}
"Parts of a card by the API's names."
ID = re.compile(r"[0-9A-Za-z-]{1,64}")
Company = Annotated[
    str | None, Query(description="For administrators, who have no company of their own: its id.")
]


class FoundValue(Value):
    """Whose number it is; null = nobody's."""

    match: MatchValue | None
    dials: Annotated[
        str | None,
        msgspec.Meta(description="What the PBX would be sent to call it; null = no such number."),
    ]
    too_long: Annotated[
        bool, msgspec.Meta(description="It has more digits than any number in the world.")
    ]
    several: Annotated[
        list[str],
        msgspec.Meta(
            description="The numbers where it is more than one, each as it was written: look one "
            "of them up. Else empty."
        ),
    ]


def _company(id: str | None) -> CompanyId | None:
    return None if id is None else CompanyId(id)


def _id(given: str) -> ContactId:
    """What cannot be an id is no contact's; a database need not be asked."""
    if not ID.fullmatch(given):
        raise NotFound("No such contact.")
    return ContactId(given)


def card_value(known: Known, card: Card) -> ContactValue:
    contact = card.contact
    directory = known.registry.directories.get(contact.directory or DirectoryId(""))
    domain = None if contact.domain is None else known.registry.domains.get(contact.domain)
    return ContactValue(
        id=contact.id,
        version=contact.version,
        source=contact.source,
        user=contact.user,
        display_name=contact.display_name,
        first_name=contact.first_name,
        last_name=contact.last_name,
        company=contact.organisation,
        company_address=card.place,
        email=contact.email,
        emails=list(contact.emails),
        website=contact.website,
        fields=[
            PrivateFieldValue(label=x.label, text=x.text, address=x.address, own=x.own)
            for x in card.fields
        ],
        vip=card.vip,
        photo=photo_address(contact.id, contact.photo),
        directory=contact.directory,
        editable=len(card.ids) == 1 and directory is not None and directory.built_in in EDITABLE,
        near=card.near,
        parts=len(card.ids),
        origins={
            NAMES.get(part, part): OriginValue(
                directory=origin.directory, synchronised=origin.synchronised
            )
            for part, origin in card.origins.items()
        },
        numbers=[
            ContactNumberValue(
                kind=x.kind, number=x.number, red=x.red, display=display, extension=extension
            )
            for x in contact.numbers
            for display, extension in (_displayed(x.number, domain),)
        ],
    )


def _displayed(number: str, domain: Domain | None) -> tuple[str, str]:
    return (number, "") if domain is None else numbering.display_written(number, domain)


def _match_value(rooms: Rooms, known: Known, actor: Actor, match: Match) -> MatchValue:
    return MatchValue(
        name=match.name,
        company=match.company or None,
        kind=match.kind,
        number=match.number,
        how=match.how,
        contact=card_value(known, rooms.directory.card_of(actor, *match.parts)),
        others=[_match_value(rooms, known, actor, other) for other in match.others],
    )


async def _criteria(
    last_name: Annotated[Text, Query(alias="lastName")] = "",
    first_name: Annotated[Text, Query(alias="firstName")] = "",
    organisation: Annotated[
        Text, Query(alias="companyName", description="Where the person works.")
    ] = "",
    email: Text = "",
    number: Annotated[Text, Query(description="A part of a number.")] = "",
    field: Annotated[
        list[Text] | None,
        Query(max_length=10, description="Of a private field: `label=text`."),
    ] = None,
    directory: Annotated[str | None, Query(description="Id of the only one to look into.")] = None,
) -> Criteria:
    """Words, or parts or beginnings of words, of single fields."""
    return Criteria(
        last_name=last_name,
        first_name=first_name,
        organisation=organisation,
        email=email,
        number=number,
        fields=labelled(field or []),
        directory=DirectoryId(directory) if directory else None,
    )


@router.get(
    "",
    operation_id="searchContacts",
    responses=answers(
        list[ContactValue], "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"
    ),
)
async def search_contacts(
    rooms: InRooms,
    known: InKnown,
    actor: Anyone,
    criteria: Annotated[Criteria, Depends(_criteria)],
    q: Annotated[
        Text, Query(description="Words, or part of a number; empty finds everybody.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    company: Company = None,
) -> Response:
    """Contacts with all words of `q`: colleagues, the company's contacts, and your own. All
    that is asked of single fields must hold too."""
    found = await rooms.directory.search(
        actor, q, limit, company=_company(company), criteria=criteria
    )
    return answer([card_value(known, card) for card in found])


class FormFieldValue(Value):
    """A private field of contacts that TWS keeps itself."""

    label: str
    address: Annotated[bool, msgspec.Meta(description="A postal address.")]


class SearchedDirectoryValue(Value):
    """A directory that searches look into."""

    id: str
    name: str
    domain: Annotated[
        str,
        msgspec.Meta(description="The name of its domain: several have directories of one name."),
    ]
    built_in: BuiltIn | None
    fields: Annotated[
        list[str],
        msgspec.Meta(description="Labels of its private fields, by which contacts are found."),
    ]
    form: Annotated[
        list[FormFieldValue],
        msgspec.Meta(description="Fields that people fill in: none where they write nothing."),
    ]
    yours: Annotated[
        bool, msgspec.Meta(description="Contacts that you write down are kept in it.")
    ]


@router.get(
    "/directories",
    operation_id="listSearchedDirectories",
    responses=answers(
        list[SearchedDirectoryValue],
        "notSignedIn",
        "notAllowed",
        "notFound",
        "invalid",
    ),
)
async def list_searched_directories(
    rooms: InRooms, actor: Anyone, company: Company = None
) -> Response:
    """The directories that you may look into, in the order in which they count."""
    found = rooms.directory.directories(actor, company=_company(company))
    return answer(
        [
            SearchedDirectoryValue(
                id=directory.id,
                name=directory.name,
                domain=rooms.registry.domains[directory.domain].name,
                built_in=directory.built_in,
                fields=fields,
                form=[
                    FormFieldValue(label=one.label, address=one.address)
                    for one in form_of(directory)
                ],
                yours=holds_own(directory) and directory.domain == actor.domain,
            )
            for directory, fields in found
        ]
    )


@router.get(
    "/reverse",
    operation_id="reverseLookup",
    responses=answers(
        FoundValue, "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"
    ),
)
async def reverse_lookup(
    rooms: InRooms,
    known: InKnown,
    actor: Anyone,
    number: Annotated[Number, Query(examples=["+33 1 55 17 18 89"])],
    company: Company = None,
) -> Response:
    """Whose number this is, however it is written."""
    match = await rooms.directory.reverse(actor, number, company=_company(company))
    several = numbering.split_numbers(number)
    dialled = _dialled(known, actor, number)
    return answer(
        FoundValue(
            match=None if match is None else _match_value(rooms, known, actor, match),
            dials=None if dialled is None else dialled.number,
            too_long=dialled is not None and dialled.too_long,
            several=several if len(several) > 1 else [],
        )
    )


def _dialled(known: Known, actor: Actor, number: str) -> numbering.Outgoing | None:
    domain = None if actor.domain is None else known.registry.domains.get(actor.domain)
    if domain is None:
        return None
    try:
        return numbering.sent(number, domain)
    except Invalid:
        return None


@router.get(
    "/{id}",
    operation_id="getContact",
    responses=answers(ContactValue, "notSignedIn", "notFound", "unavailable"),
)
async def get_contact(rooms: InRooms, known: InKnown, actor: Anyone, id: str) -> Response:
    """One contact."""
    return answer(card_value(known, await rooms.directory.get(actor, _id(id))))


class NumberBody(Body):
    kind: Literal["work", "mobile", "home", "assistant", "standard"] = "work"
    number: Number = Field(examples=["+33 1 55 17 18 89"])


class ContactBody(Body):
    """Members of a contact; those left out stay as they are, or are empty."""

    first_name: Text = Field("", examples=["Paul"])
    last_name: Text = Field("", examples=["Martin"])
    company: Text = Field("", description="Where the person works.", examples=["SSDEI"])
    email: Text = Field("", description="The first one. Where `emails` is sent that counts.")
    emails: list[Text] = Field(
        [],
        max_length=50,
        description="At most 10.",
        examples=[["paul.martin@ssdei.example"]],
    )
    website: Text = Field(
        "",
        description="Of http or https; https where nothing is said.",
        examples=["https://www.ssdei.example"],
    )
    fields_: dict[str, Lines] = Field(
        {},
        alias="fields",
        max_length=10,
        description="Private fields of the directory by their labels, or by `private0` to "
        "`private9`; those left out stay as they are.",
        examples=[{"Address": "12 rue de la Paix\n75002 Paris"}],
    )
    numbers: list[NumberBody] = Field([], max_length=50)

    def fields(self) -> Fields:
        sent, fields = self.model_fields_set, Fields()
        if "first_name" in sent:
            fields["first_name"] = self.first_name
        if "last_name" in sent:
            fields["last_name"] = self.last_name
        if "company" in sent:
            fields["organisation"] = self.company
        if "email" in sent:
            fields["email"] = self.email
        if "emails" in sent:
            fields["emails"] = tuple(self.emails)
        if "website" in sent:
            fields["website"] = self.website
        if "fields_" in sent:
            fields["private_fields"] = self.fields_
        if "numbers" in sent:
            fields["numbers"] = tuple(
                ContactNumber(NumberKind(x.kind), x.number) for x in self.numbers
            )
        return fields


class CreateContactBody(ContactBody):
    private: bool = Field(True, description="Yours alone; false: the company's.")


@router.post(
    "",
    operation_id="createContact",
    status_code=201,
    responses=answers(
        ContactValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "invalid",
        "unavailable",
        status=201,
    ),
)
async def create_contact(
    rooms: InRooms,
    known: InKnown,
    actor: Anyone,
    body: CreateContactBody,
    company: Company = None,
) -> Response:
    """Write a contact down."""
    made = await rooms.directory.own.create(
        actor, body.private, company=_company(company), **body.fields()
    )
    return answer(card_value(known, rooms.directory.card_of(actor, made)), 201)


class UpdateContactBody(ContactBody):
    version: Version


@router.patch(
    "/{id}",
    operation_id="updateContact",
    responses=answers(
        ContactValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "conflict",
        "invalid",
        "unavailable",
    ),
)
async def update_contact(
    rooms: InRooms, known: InKnown, actor: Anyone, id: str, body: UpdateContactBody
) -> Response:
    """Change a contact."""
    changed = await rooms.directory.own.update(actor, _id(id), body.version, **body.fields())
    return answer(card_value(known, rooms.directory.card_of(actor, changed)))


@router.delete(
    "/{id}",
    operation_id="deleteContact",
    status_code=204,
    responses=answers(
        None,
        "notSignedIn",
        "notAllowed",
        "notFound",
        "conflict",
        "unavailable",
        status=204,
    ),
)
async def delete_contact(
    rooms: InRooms, actor: Anyone, id: str, version: Annotated[int, Query(ge=0)]
) -> Response:
    """Delete a contact."""
    await rooms.directory.own.delete(actor, _id(id), version)
    return Response(status_code=204)
