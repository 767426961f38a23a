"""Administrators: apart from users."""

from typing import Annotated, Literal

from fastapi import Response
from pydantic import Field

from tws.incidents.model import IncidentKind
from tws.organisation.actor import AdministratorId
from tws.web.answers import answers
from tws.web.api.admin.described import CHANGING, OfCompany
from tws.web.api.admin.rows import AdministratorRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.api.admin.users import PasswordBody
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Text, Version

router = Operations("/admin", tags=["administration"])
Language = Literal["fr", "en"]
Kind = Annotated[IncidentKind, Field(strict=False)]


class CreateAdministratorBody(Body):
    username: Name = Field(examples=["nice-admin"])
    super_user: bool = False
    companies: list[Id] = Field([], max_length=1000)
    email: Text = Field("", description="Where incidents are told; empty = nowhere.")
    culture: Language = Field("fr", description="In which language.")
    muted: list[Kind] = Field([], max_length=50, description="Kinds of incidents not told.")


class UpdateAdministratorBody(Body):
    """What is left out stays."""

    version: Version
    username: Name = Field(default_factory=str)
    super_user: bool = Field(default_factory=bool)
    companies: list[Id] = Field(default_factory=list, max_length=1000)
    email: Text = Field(default_factory=str)
    culture: Language = Field(default="fr")
    muted: list[Kind] = Field(default_factory=list, max_length=50)


administrators = RowsApi(router, "/administrators", "Administrator", AdministratorRow)
administrators.listing(
    lambda rooms: rooms.organisation.administrators.list_administrators,
    "All for a super user, oneself for another one.",
    OfCompany,
)
administrators.creation(
    lambda rooms: rooms.organisation.administrators.create_administrator,
    "For super users. They can sign in once a password is set.",
    CreateAdministratorBody,
)
administrators.finding(
    lambda rooms: rooms.organisation.administrators.get_administrator, "One administrator."
)
administrators.change(
    lambda rooms: rooms.organisation.administrators.update_administrator,
    "For super users, of whom one must stay; what one is told by oneself too.",
    UpdateAdministratorBody,
)


@router.put(
    "/administrators/{id}/password",
    operation_id="setAdministratorPassword",
    status_code=204,
    responses=answers(None, *CHANGING, "tooMany", status=204),
)
async def set_administrator_password(
    rooms: InRooms, actor: Administrator, id: str, body: PasswordBody
) -> Response:
    """For super users."""
    await rooms.access.passwords.set_administrator_password(
        actor, AdministratorId(id), body.password
    )
    return Response(status_code=204)


administrators.deletion(
    lambda rooms: rooms.organisation.administrators.delete_administrator,
    "For super users, of whom one must stay.",
)
