"""Lists of contacts: one's own, and the public ones of one's domain."""

import re
from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.directory.lists import MOST_MEMBERS, ListFields
from tws.directory.model import ContactId, ContactList, ListId
from tws.errors import NotFound
from tws.organisation.actor import Actor
from tws.web.answers import answer, answers
from tws.web.api.contacts import card_value
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Version
from tws.web.shown.contacts import ContactValue
from tws.web.shown.values import Value

router = Operations("/contact-lists", tags=["contacts"])
ID = re.compile(r"[0-9A-Za-z-]{1,36}")
CHANGING = ("badRequest", "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable")


class ContactListValue(Value):
    """A list of contacts."""

    id: str
    version: Annotated[int, msgspec.Meta(description="Counts changes of what is in it too.")]
    name: str
    position: int
    public: Annotated[bool, msgspec.Meta(description="Seen in the owner's domain.")]
    mine: bool
    owner: Annotated[str, msgspec.Meta(description="Name of the user who made it.")]


class ListBody(Body):
    position: int = Field(
        0, ge=0, le=10_000, description="Among your lists; those with the same, by name."
    )
    public: bool = Field(False, description="Everybody of your domain sees it.")


class CreateListBody(ListBody):
    name: Name = Field(examples=["Suppliers"])


class UpdateListBody(ListBody):
    version: Version
    name: Name = Field("", examples=["Suppliers"])


class AddToListBody(Body):
    contacts: list[Id] = Field(max_length=MOST_MEMBERS)


class OrderListBody(Body):
    version: Version
    contacts: list[Id] = Field(max_length=MOST_MEMBERS)


def _id(given: str) -> ListId:
    """What cannot be an id is no list's; a database need not be asked."""
    if not ID.fullmatch(given):
        raise NotFound("No such list.")
    return ListId(given)


def _value(rooms: Rooms, actor: Actor, one: ContactList) -> ContactListValue:
    owner = rooms.registry.users.get(one.owner)
    name = "" if owner is None else f"{owner.first_name} {owner.last_name}".strip()
    return ContactListValue(
        id=one.id,
        version=one.version,
        name=one.name,
        position=one.position,
        public=one.public,
        mine=one.owner == actor.user,
        owner=name or ("" if owner is None else owner.username),
    )


def _fields(body: CreateListBody | UpdateListBody) -> ListFields:
    sent, fields = body.model_fields_set, ListFields()
    if "name" in sent:
        fields["name"] = body.name
    if "position" in sent:
        fields["position"] = body.position
    if "public" in sent:
        fields["public"] = body.public
    return fields


@router.get(
    "",
    operation_id="listContactLists",
    responses=answers(list[ContactListValue], "notSignedIn", "notAllowed", "unavailable"),
)
async def list_contact_lists(rooms: InRooms, actor: User) -> Response:
    """Your lists, then the public ones of your domain."""
    found = await rooms.lists.all(actor)
    return answer([_value(rooms, actor, one) for one in found])


@router.post(
    "",
    operation_id="createContactList",
    status_code=201,
    responses=answers(ContactListValue, *CHANGING, status=201),
)
async def create_contact_list(rooms: InRooms, actor: User, body: CreateListBody) -> Response:
    """Make a list, with nobody in it."""
    made = await rooms.lists.create(actor, **_fields(body))
    return answer(_value(rooms, actor, made), 201)


@router.patch(
    "/{id}",
    operation_id="updateContactList",
    responses=answers(ContactListValue, *CHANGING, "conflict"),
)
async def update_contact_list(
    rooms: InRooms, actor: User, id: str, body: UpdateListBody
) -> Response:
    """Rename a list, give it another place, make it public or private."""
    changed = await rooms.lists.update(actor, _id(id), body.version, **_fields(body))
    return answer(_value(rooms, actor, changed))


@router.delete(
    "/{id}",
    operation_id="deleteContactList",
    status_code=204,
    responses=answers(
        None, "notSignedIn", "notAllowed", "notFound", "conflict", "unavailable", status=204
    ),
)
async def delete_contact_list(
    rooms: InRooms, actor: User, id: str, version: Annotated[int, Query(ge=0)]
) -> Response:
    """Delete a list; those who are in it stay."""
    await rooms.lists.delete(actor, _id(id), version)
    return Response(status_code=204)


@router.get(
    "/{id}/contacts",
    operation_id="listContactsOfList",
    responses=answers(list[ContactValue], "notSignedIn", "notAllowed", "notFound", "unavailable"),
)
async def list_contacts_of_list(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """Who is in a list, in its order: those whom you may see."""
    found = await rooms.lists.contacts(actor, _id(id))
    return answer([card_value(known, card) for card in found])


@router.post(
    "/{id}/contacts",
    operation_id="addToContactList",
    responses=answers(ContactListValue, *CHANGING),
)
async def add_to_contact_list(
    rooms: InRooms, actor: User, id: str, body: AddToListBody
) -> Response:
    """Put contacts at the end of a list; who is in it already stays where they are."""
    changed = await rooms.lists.add(actor, _id(id), [ContactId(one) for one in body.contacts])
    return answer(_value(rooms, actor, changed))


@router.delete(
    "/{id}/contacts",
    operation_id="removeFromContactList",
    responses=answers(
        ContactListValue, "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"
    ),
)
async def remove_from_contact_list(
    rooms: InRooms,
    actor: User,
    id: str,
    contact: Annotated[str, Query(max_length=64, description="Id of the contact.")],
) -> Response:
    """Take a contact out of a list."""
    changed = await rooms.lists.remove(actor, _id(id), ContactId(contact))
    return answer(_value(rooms, actor, changed))


@router.put(
    "/{id}/contacts",
    operation_id="orderContactList",
    responses=answers(ContactListValue, *CHANGING, "conflict"),
)
async def order_contact_list(
    rooms: InRooms, actor: User, id: str, body: OrderListBody
) -> Response:
    """Put the contacts of a list into this order; those not named follow."""
    contacts = [ContactId(one) for one in body.contacts]
    changed = await rooms.lists.order(actor, _id(id), body.version, contacts)
    return answer(_value(rooms, actor, changed))
