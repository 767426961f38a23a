"""Passkeys: signing in by one, having them, and taking them away."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field, StringConstraints

from tws.errors import missing
from tws.organisation.actor import AdministratorId, UserId
from tws.protocols import webauthn
from tws.protocols.webauthn import Place, Shown
from tws.web.answers import answer, answers, refusals
from tws.web.api.access import CODE, agent, signed_in
from tws.web.identity import Administrator, Anyone, InRooms, names_of, same_site, where_from
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Name, Text
from tws.web.shown.accounts import SessionValue
from tws.web.shown.passkeys import (
    PasskeyCreationValue,
    PasskeyRequestValue,
    PasskeySignInValue,
    PasskeysValue,
    PasskeyValue,
    creation,
    passkey,
)
from tws.web.shown.passkeys import request as asked_for

router = Operations(tags=["access"])
SAME_SITE = [Depends(same_site)]
Bytes = Annotated[
    str,
    StringConstraints(pattern="^[A-Za-z0-9_-]*$", max_length=webauthn.LONGEST),
    Field(examples=["AAECAw"]),
]
"In base64url, as WebAuthn has them."


def _place(request: Request, rooms: Rooms) -> Place:
    """Of the page that asks; NotFound where no passkey is good."""
    found = webauthn.place(request.headers.get("origin", ""), names_of(rooms))
    if found is None:
        raise missing("way to sign in")
    return found


def _asked(request: Request, rooms: Rooms) -> Place | None:
    """By the address that was asked for: whoever reads tells no origin. The scheme that a proxy
    hides from us is https."""
    host = request.headers.get("host", "")
    tried = (f"https://{host}", rooms.settings.public_url or "")
    places = (webauthn.place(origin, names_of(rooms)) for origin in tried)
    return next((place for place in places if place is not None), None)


# ---------------------------------------------------------------- signing in


@router.get(
    "/login/passkey",
    operation_id="loginPasskey",
    responses=answers(PasskeySignInValue, "unavailable"),
)
async def get_passkey_sign_in(request: Request, rooms: InRooms) -> Response:
    """Who signs in at this address by a passkey."""
    place = _asked(request, rooms)
    users, administrators = (False, False)
    if place is not None:
        users, administrators = await rooms.access.by_passkey.offered(place)
    return answer(PasskeySignInValue(offered=users, administrators=administrators))


@router.post(
    "/login/passkey/options",
    operation_id="loginPasskeyOptions",
    dependencies=SAME_SITE,
    responses=answers(PasskeyRequestValue, "foreignOrigin", "notFound"),
)
async def begin_login(request: Request, rooms: InRooms) -> Response:
    """What a browser is asked, of a user or an administrator. Whoever has no passkeys at this
    address is answered `notFound`."""
    asked = rooms.access.by_passkey.begin(_place(request, rooms), where_from(request))
    return answer(asked_for(asked.options))


SIGNING_IN = answers(
    SessionValue,
    "badRequest",
    "loginRefused",
    "foreignOrigin",
    "invalid",
    "tooMany",
    "unavailable",
    description="Signed in: the cookie `tws_session` is set.",
)


class LoginWithPasskeyBody(Body):
    credential: Bytes = Field(description="`rawId` of what the browser answers.")
    client_data: Bytes = Field(description="`clientDataJSON` of its response.")
    authenticator_data: Bytes
    signature: Bytes
    user_handle: Bytes

    def shown(self) -> Shown:
        return Shown(
            credential=self.credential,
            client_data=self.client_data,
            authenticator_data=self.authenticator_data,
            signature=self.signature,
            user_handle=self.user_handle,
        )


@router.post(
    "/login/passkey",
    operation_id="loginWithPasskey",
    dependencies=SAME_SITE,
    responses=SIGNING_IN,
)
async def login(request: Request, rooms: InRooms, body: LoginWithPasskeyBody) -> Response:
    """Sign in as a user by a passkey: no password and no code."""
    actor, token = await rooms.access.by_passkey.login(
        body.shown(), address=where_from(request), agent=agent(request)
    )
    return signed_in(request, rooms, actor, token)


@router.post(
    "/administrator/login/passkey",
    operation_id="loginAdministratorWithPasskey",
    dependencies=SAME_SITE,
    responses=SIGNING_IN,
)
async def login_administrator(
    request: Request, rooms: InRooms, body: LoginWithPasskeyBody
) -> Response:
    """As `loginWithPasskey`: sign in as an administrator."""
    actor, token = await rooms.access.by_passkey.login_administrator(
        body.shown(), address=where_from(request), agent=agent(request)
    )
    return signed_in(request, rooms, actor, token)


# ---------------------------------------------------------------- having them

OWN = ("notSignedIn", "notAllowed", "foreignOrigin", "unavailable")


@router.get(
    "/passkeys",
    operation_id="listPasskeys",
    responses=answers(PasskeysValue, "notSignedIn", "notAllowed", "unavailable"),
)
async def list_passkeys(request: Request, rooms: InRooms, actor: Anyone) -> Response:
    """One's own, in the order in which they were made."""
    found = await rooms.access.passkeys.of(actor)
    allowed = rooms.access.passkeys.allowed(actor) and _asked(request, rooms) is not None
    return answer(PasskeysValue(offered=allowed, passkeys=[passkey(one) for one in found]))


class BeginPasskeyBody(Body):
    code: Text | None = CODE


@router.post(
    "/passkeys/options",
    operation_id="beginPasskey",
    responses={
        **answers(PasskeyCreationValue, "badRequest", *OWN, "notFound", "conflict", "invalid"),
        **refusals("notSignedIn", "loginRefused", "secondFactorNeeded", "tooMany"),
    },
)
async def begin_passkey(
    request: Request, rooms: InRooms, actor: Anyone, body: BeginPasskeyBody
) -> Response:
    """What a browser is asked to make. Whoever has a second factor shows its code."""
    place = _place(request, rooms)
    asked = await rooms.access.passkeys.begin(actor, place, body.code, where_from(request))
    return answer(creation(asked.options))


class AddPasskeyBody(Body):
    name: Name = Field(description="What it is called in lists.", examples=["Telephone"])
    client_data: Bytes = Field(description="`clientDataJSON` of what the browser answers.")
    attestation_object: Bytes


@router.post(
    "/passkeys",
    operation_id="addPasskey",
    status_code=201,
    responses={
        **answers(PasskeyValue, "badRequest", *OWN, "conflict", "invalid", status=201),
        **refusals("notSignedIn", "loginRefused"),
    },
)
async def add_passkey(rooms: InRooms, actor: Anyone, body: AddPasskeyBody) -> Response:
    """The passkey that the browser made: from now on it signs in."""
    made = await rooms.access.passkeys.add(
        actor, body.name, body.client_data, body.attestation_object
    )
    return answer(passkey(made), 201)


@router.delete(
    "/passkeys/{id}",
    operation_id="removePasskey",
    status_code=204,
    responses=answers(None, "notSignedIn", "notFound", "foreignOrigin", "unavailable", status=204),
)
async def remove_passkey(rooms: InRooms, actor: Anyone, id: str) -> Response:
    """One's own; or a user's for who manages the company, an administrator's for a super user."""
    await rooms.access.passkeys.remove(actor, id)
    return Response(status_code=204)


OTHERS = answers(list[PasskeyValue], "notSignedIn", "notAllowed", "notFound", "unavailable")


@router.get(
    "/admin/users/{id}/passkeys",
    tags=["administration"],
    operation_id="listUserPasskeys",
    responses=OTHERS,
)
async def list_user_passkeys(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """By which passkeys a user signs in."""
    found = await rooms.access.passkeys.of_user(actor, UserId(id))
    return answer([passkey(one) for one in found])


@router.get(
    "/admin/administrators/{id}/passkeys",
    tags=["administration"],
    operation_id="listAdministratorPasskeys",
    responses=OTHERS,
)
async def list_administrator_passkeys(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """By which passkeys an administrator signs in; for super users."""
    found = await rooms.access.passkeys.of_administrator(actor, AdministratorId(id))
    return answer([passkey(one) for one in found])
