"""Signing in and out, passwords, API keys, and the very first start."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from tws.access.login_method import Credentials
from tws.access.model import ApiKey
from tws.organisation.actor import Actor, UserId
from tws.web.answers import answer, answers
from tws.web.api.domain_fields import DomainFields
from tws.web.identity import (
    Anyone,
    InRooms,
    clear_cookie,
    same_site,
    set_cookie,
    where_from,
)
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Instant, Name, Secret, Text
from tws.web.shown.accounts import (
    AdministratorValue,
    ApiKeyValue,
    MeValue,
    SessionValue,
    administrator,
    user,
)
from tws.web.shown.values import Value

router = Operations(tags=["access"])
SAME_SITE = [Depends(same_site)]
"On what needs no session: nobody may be signed in, or a server set up, by another site's page."


class InitialisationValue(Value):
    """Whether nobody has been named administrator yet."""

    needed: bool


class NewApiKeyValue(Value):
    """A new API key. Its secret is told this once."""

    key: ApiKeyValue
    secret: str


# ---------------------------------------------------------------- the first start


@router.get(
    "/initialisation",
    operation_id="getInitialisation",
    responses=answers(InitialisationValue, "unavailable"),
)
async def get_initialisation(rooms: InRooms) -> Response:
    """Whether this server waits for its first administrator."""
    return answer(InitialisationValue(needed=await rooms.access.first_start.needed()))


class InitialiseBody(Body):
    username: Name = Field(examples=["admin"])
    password: Secret
    company: Name = Field(examples=["SSDEI"])
    domain: DomainFields


@router.post(
    "/initialisation",
    operation_id="initialise",
    dependencies=SAME_SITE,
    status_code=201,
    responses=answers(
        SessionValue,
        "badRequest",
        "foreignOrigin",
        "conflict",
        "invalid",
        "unavailable",
        status=201,
        description="Done, and signed in as that administrator.",
    ),
)
async def initialise(request: Request, rooms: InRooms, body: InitialiseBody) -> Response:
    """Name the first administrator, with the first company and domain. Works once."""
    await rooms.access.first_start.initialise(
        username=body.username,
        password=body.password,
        company=body.company,
        domain=body.domain.given(),
    )
    actor, token = await rooms.access.signing.login_administrator(
        _shown(request, body.username, body.password), agent=agent(request)
    )
    return signed_in(request, rooms, actor, token, 201)


# ---------------------------------------------------------------- in and out

SIGNING_IN = answers(
    SessionValue,
    "badRequest",
    "loginRefused",
    "secondFactorNeeded",
    "foreignOrigin",
    "invalid",
    "tooMany",
    "unavailable",
    description="Signed in: the cookie `tws_session` is set.",
)


CODE = Field(None, description="Of the second factor, where `secondFactorNeeded` was answered.")


class LoginBody(Body):
    username: Text = Field(examples=["alice"])
    password: Secret = Field("", description="Empty where the user signs in by name alone.")
    company: Text | None = Field(
        None, description="Needed where users of several companies have that name."
    )
    code: Text | None = CODE


@router.post("/login", operation_id="login", dependencies=SAME_SITE, responses=SIGNING_IN)
async def login(request: Request, rooms: InRooms, body: LoginBody) -> Response:
    """Sign in as a user."""
    actor, token = await rooms.access.signing.login(
        _shown(request, body.username, body.password, body.company, body.code),
        agent=agent(request),
    )
    return signed_in(request, rooms, actor, token)


class LoginAdministratorBody(Body):
    username: Text = Field(examples=["admin"])
    password: Secret
    code: Text | None = CODE


@router.post(
    "/administrator/login",
    operation_id="loginAdministrator",
    dependencies=SAME_SITE,
    responses=SIGNING_IN,
)
async def login_administrator(
    request: Request, rooms: InRooms, body: LoginAdministratorBody
) -> Response:
    """Sign in as an administrator."""
    actor, token = await rooms.access.signing.login_administrator(
        _shown(request, body.username, body.password, code=body.code), agent=agent(request)
    )
    return signed_in(request, rooms, actor, token)


@router.post(
    "/logout",
    operation_id="logout",
    status_code=204,
    responses=answers(None, "notSignedIn", "foreignOrigin", "unavailable", status=204),
)
async def logout(request: Request, rooms: InRooms, actor: Anyone) -> Response:
    """End the session, everywhere it is used."""
    await rooms.access.signing.logout(actor)
    response = Response(status_code=204)
    clear_cookie(request, response)
    return response


@router.get("/session", operation_id="getSession", responses=answers(SessionValue, "notSignedIn"))
async def get_session(rooms: InRooms, actor: Anyone) -> Response:
    """Who is signed in."""
    return answer(_session(rooms, actor))


class ChangePasswordBody(Body):
    old: Secret
    new: Secret


@router.post(
    "/password",
    operation_id="changePassword",
    status_code=204,
    responses=answers(
        None,
        "badRequest",
        "notSignedIn",
        "loginRefused",
        "invalid",
        "tooMany",
        "unavailable",
        status=204,
    ),
)
async def change_password(rooms: InRooms, actor: Anyone, body: ChangePasswordBody) -> Response:
    """Change one's own password."""
    await rooms.access.passwords.change_password(actor, body.old, body.new)
    return Response(status_code=204)


def _shown(
    request: Request,
    username: str,
    password: str,
    company: str | None = None,
    code: str | None = None,
) -> Credentials:
    """With where they come from."""
    return Credentials(username, password, company, where_from(request), code)


def agent(request: Request) -> str:
    return request.headers.get("user-agent", "")[:200]


def signed_in(
    request: Request, rooms: Rooms, actor: Actor, token: str, status: int = 200
) -> Response:
    response = answer(_session(rooms, actor), status)
    set_cookie(request, response, token)
    return response


def _session(rooms: Rooms, actor: Actor) -> SessionValue:
    known = rooms.known
    who: MeValue | None = None if actor.user is None else user(known, actor.user)
    admin: AdministratorValue | None = (
        None if actor.administrator is None else administrator(known, actor.administrator)
    )
    return SessionValue(user=who, administrator=admin, applications=sorted(actor.applications))


# ---------------------------------------------------------------- API keys


def api_key(key: ApiKey) -> ApiKeyValue:
    return ApiKeyValue(
        id=key.id,
        user=key.user,
        label=key.label,
        created=key.created,
        expires=key.expires,
        seen=key.seen,
        helper=key.helper,
    )


@router.get(
    "/api-keys",
    operation_id="listApiKeys",
    responses=answers(list[ApiKeyValue], "notSignedIn", "notAllowed", "notFound", "unavailable"),
)
async def list_api_keys(
    rooms: InRooms,
    actor: Anyone,
    user: Annotated[str | None, Query(description="For administrators: whose.")] = None,
) -> Response:
    """API keys, without their secrets."""
    keys = await rooms.access.keys.list_api_keys(actor, None if user is None else UserId(user))
    return answer([api_key(key) for key in keys])


class CreateApiKeyBody(Body):
    label: Name = Field(description="What it is for.", examples=["CRM"])
    expires: Instant | None = None
    helper: bool = Field(
        False, description="true: good for the helper of a desk (`tws helper`) alone."
    )
    user: Id | None = Field(None, description="For administrators: for whom.")


@router.post(
    "/api-keys",
    operation_id="createApiKey",
    status_code=201,
    responses=answers(
        NewApiKeyValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "invalid",
        "unavailable",
        status=201,
        description="Made. Keep the secret: it is not told again.",
    ),
)
async def create_api_key(rooms: InRooms, actor: Anyone, body: CreateApiKeyBody) -> Response:
    """Make a key with which a program acts as its user."""
    user = None if body.user is None else UserId(body.user)
    key, secret = await rooms.access.keys.create_api_key(
        actor, user, body.label, body.expires, helper=body.helper
    )
    return answer(NewApiKeyValue(key=api_key(key), secret=secret), 201)


@router.delete(
    "/api-keys/{id}",
    operation_id="revokeApiKey",
    status_code=204,
    responses=answers(None, "notSignedIn", "notFound", "unavailable", status=204),
)
async def revoke_api_key(rooms: InRooms, actor: Anyone, id: str) -> Response:
    """End a key, and what it has open."""
    await rooms.access.keys.revoke_api_key(actor, id)
    return Response(status_code=204)
