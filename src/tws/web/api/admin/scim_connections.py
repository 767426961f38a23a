"""Connections of identity providers, and their tokens. What they do by them is not of this API:
see `/scim/v2`."""

from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.organisation.device_protocols import DeviceProtocol
from tws.organisation.model import ScimConnection
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, OfDomain
from tws.web.api.admin.rows import ScimConnectionRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.api.admin.users import Culture, automatic
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.scim.answers import PREFIX
from tws.web.shapes import Body, Id, Name, Text, Version
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class ScimTokenValue(Value):
    """A token that was made now."""

    connection: ScimConnectionRow
    token: Annotated[str, msgspec.Meta(description="Told this once: nobody can show it again.")]


def row(rooms: Rooms, of: ScimConnection) -> ScimConnectionRow:
    public = (rooms.settings.public_url or "").rstrip("/")
    brought = [u for u in rooms.registry.users.values() if u.user_import == of.id]
    groups = [g for g in rooms.registry.groups.values() if g.brought_by == of.id]
    return ScimConnectionRow(
        id=of.id,
        version=of.version,
        company=of.company,
        domain=of.domain,
        name=of.name,
        link=of.link,
        protocol=of.protocol,
        label=of.label,
        culture=of.culture,
        adapt=of.adapt,
        take_over=of.take_over,
        token_made=of.made,
        token_used=rooms.provisioning.tokens.last_used(of),
        address=f"{public}{PREFIX}",
        users=len(brought),
        groups=len(groups),
    )


class CreateScimConnectionBody(Body):
    domain: Id
    name: Name = Field(examples=["Entra ID"])
    link: Id | None = None
    protocol: DeviceProtocol = "CSTA"
    label: Text = ""
    culture: Culture = "Auto"
    adapt: bool = False
    take_over: bool = False


class UpdateScimConnectionBody(Body):
    """What is left out stays."""

    version: Version
    name: Name = Field(default_factory=str)
    link: Id | None = None
    protocol: DeviceProtocol = Field(default_factory=lambda: "CSTA")
    label: Text = Field(default_factory=str)
    culture: Culture = Field(default_factory=automatic)
    adapt: bool = Field(default_factory=bool)
    take_over: bool = Field(default_factory=bool)


connections = RowsApi(router, "/scim-connections", "Scim Connection", ScimConnectionRow, show=row)
connections.listing(
    lambda rooms: rooms.organisation.scim_connections.list_scim_connections,
    "Connections of identity providers, by name.",
    OfDomain,
)
connections.creation(
    lambda rooms: rooms.organisation.scim_connections.create_scim_connection,
    "A connection, which has no token yet.",
    CreateScimConnectionBody,
)
connections.finding(
    lambda rooms: rooms.organisation.scim_connections.get_scim_connection, "One connection."
)
connections.change(
    lambda rooms: rooms.organisation.scim_connections.update_scim_connection,
    "Change a connection. Its token stays.",
    UpdateScimConnectionBody,
)
connections.deletion(
    lambda rooms: rooms.organisation.scim_connections.delete_scim_connection,
    "Its token is worth nothing any more; the users and groups that it brought stay.",
)


@router.post(
    "/scim-connections/{id}/token",
    operation_id="makeScimToken",
    status_code=201,
    responses=answers(ScimTokenValue, *LOOKING, "notFound", "conflict", "unavailable", status=201),
)
async def make_scim_token(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """A new token, told this once. The one before is worth nothing from now on."""
    made, token = await rooms.provisioning.tokens.make_token(actor, id)
    return answer(ScimTokenValue(connection=row(rooms, made), token=token), 201)


@router.delete(
    "/scim-connections/{id}/token",
    operation_id="revokeScimToken",
    responses=answers(ScimConnectionRow, *LOOKING, "notFound", "conflict", "unavailable"),
)
async def revoke_scim_token(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """It is worth nothing from now on. Whom the connection brought stay."""
    return answer(row(rooms, await rooms.provisioning.tokens.revoke_token(actor, id)))
