"""Your account with people outside, and whom you know there (9.1.8, AuthorizedExternalChat). What
you write to them goes by `/chats`."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Text
from tws.web.shown.external import (
    ExternalContactValue,
    ExternalValue,
    external,
    external_contact,
)

router = Operations(tags=["chat"])
LOOKING = ("notSignedIn", "notAllowed")
CHANGING = (*LOOKING, "badRequest", "conflict", "invalid", "unavailable")
Address = Annotated[str, Field(min_length=1, max_length=320, examples=["name@server.example"])]


class SetExternalAccountBody(Body):
    """A password that is left out stays, unless the server is another."""

    address: Annotated[Address, Field(description="Of XMPP, as people write it.")]
    password: Annotated[str, Field(default_factory=str, min_length=1, max_length=200)]
    host: Annotated[
        Text, Field(max_length=253, description="Empty: as the domain of the address says.")
    ] = ""
    port: Annotated[int | None, Field(ge=1, le=65535, description="Of `host`: 5222.")] = None


class ExternalContactBody(Body):
    """Somebody outside."""

    address: Address
    name: Annotated[Text, Field(max_length=100)] = ""


class ExternalAnswerBody(Body):
    """Whether they may see how you are."""

    yes: bool


@router.get(
    "/external-chat",
    operation_id="getExternalChat",
    responses=answers(ExternalValue, *LOOKING),
)
async def get_external_chat(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """Your external account and the people whom you know by it; the live stream has it as
    `external`. It needs AuthorizedExternalChat, as all that follows."""
    return answer(external(known, rooms.external.own(actor).id))


@router.put(
    "/external-chat/account",
    operation_id="setExternalAccount",
    responses=answers(ExternalValue, *CHANGING),
)
async def set_external_account(
    rooms: InRooms, known: InKnown, actor: User, body: SetExternalAccountBody
) -> Response:
    """From now on you are connected with this account, and again after each time that you set
    it."""
    given = body.given()
    account = await rooms.external.set_account(actor, **given)
    return answer(external(known, account.user))


@router.delete(
    "/external-chat/account",
    operation_id="deleteExternalAccount",
    status_code=204,
    responses=answers(None, *CHANGING, "notFound", status=204, description="Deleted."),
)
async def delete_external_account(rooms: InRooms, actor: User) -> Response:
    """With it go the external contacts, and all messages with them."""
    await rooms.external.delete_account(actor)
    return Response(status_code=204)


@router.post(
    "/external-chat/contacts",
    operation_id="addExternalContact",
    status_code=201,
    responses=answers(ExternalContactValue, *CHANGING, status=201),
)
async def add_external_contact(rooms: InRooms, actor: User, body: ExternalContactBody) -> Response:
    """Somebody to write to. They are asked whether they show you how they are."""
    row = await rooms.external.add(actor, body.address, body.name)
    return answer(external_contact(rooms.external.correspondent(row)), 201)


@router.delete(
    "/external-chat/contacts/{id}",
    operation_id="deleteExternalContact",
    status_code=204,
    responses=answers(None, *CHANGING, "notFound", status=204, description="Deleted."),
)
async def delete_external_contact(rooms: InRooms, actor: User, id: str) -> Response:
    """With all messages that you wrote to each other."""
    await rooms.external.remove(actor, id)
    return Response(status_code=204)


@router.put(
    "/external-chat/contacts/{id}/answer",
    operation_id="answerExternalContact",
    status_code=204,
    responses=answers(None, *CHANGING, "notFound", status=204, description="Answered."),
)
async def answer_external_contact(
    rooms: InRooms, actor: User, id: str, body: ExternalAnswerBody
) -> Response:
    """Whether somebody who asks may see how you are. With yes you ask them the same."""
    await rooms.external.answer(actor, id, body.yes)
    return Response(status_code=204)
