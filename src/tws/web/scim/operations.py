"""The operations of SCIM, by address and method: parse, call the room, answer.

They stand beside the API and not in its description: SCIM describes itself, at `/Schemas`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tws.organisation.actor import Actor
from tws.protocols.scim import schemas
from tws.protocols.scim.asking import Asked, Shown, asked, listed, shown
from tws.protocols.scim.attributes import Resource
from tws.protocols.scim.errors import ScimError
from tws.provisioning.service import ProvisioningService
from tws.undecodable import UNDECODABLE
from tws.web.identity import key_of, rooms_of
from tws.web.scim.answers import PREFIX, REFUSED, answer, error, refusal, resource

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Call:
    """One request, of whoever has shown a token."""

    room: ProvisioningService
    actor: Actor
    request: Request
    id: str
    "Empty: of all of that kind."
    base: str
    "The address above the endpoints, as providers know it."

    @property
    def if_match(self) -> str | None:
        return self.request.headers.get("if-match")

    @property
    def shown(self) -> Shown:
        return shown(self.request.query_params)

    @property
    def asked(self) -> Asked:
        return asked(self.request.query_params)

    async def body(self) -> Any:
        try:
            return msgspec.json.decode(await self.request.body())
        except UNDECODABLE:
            raise ScimError(400, "The body is not JSON.", "invalidSyntax") from None


Operation = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be done with resources of one kind, in the words of its part of the room."""

    list: Callable[[Call, Asked], Awaitable[Resource]]
    get: Callable[[Call], Resource]
    create: Callable[[Call, Any], Awaitable[Resource]]
    replace: Callable[[Call, Any], Awaitable[Resource]]
    patch: Callable[[Call, Any], Awaitable[Resource]]
    delete: Callable[[Call], Awaitable[None]]
    silent: bool = False
    "A change is answered without the resource: of large groups that would be much."


USERS = Kind(
    lambda call, asked: call.room.users.list_users(call.actor, asked, call.base),
    lambda call: call.room.users.get_user(call.actor, call.id, call.base),
    lambda call, sent: call.room.users.create_user(call.actor, sent, call.base),
    lambda call, sent: call.room.users.replace_user(
        call.actor, call.id, sent, call.if_match, call.base
    ),
    lambda call, sent: call.room.users.patch_user(
        call.actor, call.id, sent, call.if_match, call.base
    ),
    lambda call: call.room.users.delete_user(call.actor, call.id, call.if_match),
)
GROUPS = Kind(
    lambda call, asked: call.room.groups.list_groups(call.actor, asked, call.base),
    lambda call: call.room.groups.get_group(call.actor, call.id, call.base),
    lambda call, sent: call.room.groups.create_group(call.actor, sent, call.base),
    lambda call, sent: call.room.groups.replace_group(
        call.actor, call.id, sent, call.if_match, call.base
    ),
    lambda call, sent: call.room.groups.patch_group(
        call.actor, call.id, sent, call.if_match, call.base
    ),
    lambda call: call.room.groups.delete_group(call.actor, call.id, call.if_match),
    silent=True,
)


def _of_kind(kind: Kind) -> tuple[Mapping[str, Operation], Mapping[str, Operation]]:
    """By method: of all of a kind, and of one."""

    async def listing(call: Call) -> Response:
        return answer(await kind.list(call, call.asked))

    async def create(call: Call) -> Response:
        show = call.shown.of
        return resource(await kind.create(call, await call.body()), show, 201)

    async def get(call: Call) -> Response:
        told = kind.get(call)
        seen = call.request.headers.get("if-none-match", "")
        if told["meta"]["version"] in (tag.strip() for tag in seen.split(",")):
            return Response(status_code=304, headers={"ETag": told["meta"]["version"]})
        return resource(told, call.shown.of)

    async def replace(call: Call) -> Response:
        show = call.shown.of
        return resource(await kind.replace(call, await call.body()), show)

    async def patch(call: Call) -> Response:
        show = call.shown
        told = await kind.patch(call, await call.body())
        if kind.silent and show == Shown():
            return Response(status_code=204, headers={"ETag": told["meta"]["version"]})
        return resource(told, show.of)

    async def delete(call: Call) -> Response:
        await kind.delete(call)
        return Response(status_code=204)

    return (
        {"GET": listing, "POST": create},
        {"GET": get, "PUT": replace, "PATCH": patch, "DELETE": delete},
    )


def _search(kind: Kind) -> Operation:
    async def search(call: Call) -> Response:
        sent = await call.body()
        if not isinstance(sent, Mapping):
            raise ScimError(400, "The body is a JSON object.", "invalidSyntax")
        return answer(await kind.list(call, asked(sent)))

    return search


def _said(of: Callable[[str], list[Resource]]) -> tuple[Operation, Operation]:
    """What the server says of itself: all of it, and one by its id."""

    async def every(call: Call) -> Response:
        if "filter" in call.request.query_params:
            raise ScimError(403, "This list is not filtered.")
        found = of(call.base)
        return answer(listed(found, len(found)))

    async def one(call: Call) -> Response:
        for told in of(call.base):
            if told["id"] == call.id:
                return answer(told)
        raise ScimError(404, "There is no such resource.")

    return every, one


async def _config(call: Call) -> Response:
    return answer(schemas.provider_config(call.base))


def _table() -> dict[tuple[str, bool], Mapping[str, Operation]]:
    """Endpoint, and whether one resource is named -> what it can do."""
    table: dict[tuple[str, bool], Mapping[str, Operation]] = {
        ("ServiceProviderConfig", False): {"GET": _config},
        ("Users/.search", False): {"POST": _search(USERS)},
        ("Groups/.search", False): {"POST": _search(GROUPS)},
    }
    for name, kind in (("Users", USERS), ("Groups", GROUPS)):
        table[name, False], table[name, True] = _of_kind(kind)
    for name, of in (("Schemas", schemas.schemas), ("ResourceTypes", schemas.resource_types)):
        every, one = _said(of)
        table[name, False], table[name, True] = {"GET": every}, {"GET": one}
    return table


TABLE = _table()


async def scim(request: Request) -> Response:
    try:
        return await _answered(request)
    except REFUSED as why:
        return refusal(why)


async def _answered(request: Request) -> Response:
    rooms = rooms_of(request)
    token = key_of(request)
    actor = None if token is None else rooms.provisioning.tokens.actor_of(token)
    if actor is None:
        return error(401, "This address needs the token of a SCIM connection.")
    path = str(request.path_params["path"]).strip("/")
    endpoint, _, id = path.partition("/")
    if path in ("Users/.search", "Groups/.search"):
        endpoint, id = path, ""
    methods = TABLE.get((endpoint, bool(id)))
    if methods is None or "/" in id:
        return error(404, "There is nothing at this address.")
    operation = methods.get(request.method)
    if operation is None:
        allowed = {"Allow": ", ".join(methods)}
        return error(405, "This address has no such method.", headers=allowed)
    return await operation(Call(rooms.provisioning, actor, request, id, _base(request)))


def _base(request: Request) -> str:
    """The public address where one is configured, else the one that was asked."""
    public = rooms_of(request).settings.public_url
    asked_for = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return f"{(public or asked_for).rstrip('/')}{PREFIX}"


ROUTE = Route(PREFIX + "/{path:path}", scim, methods=list(METHODS), name="scim")
