"""Administrators: apart from users."""

from fastapi import APIRouter, Response
from pydantic import Field

from tws.organisation.actor import AdministratorId, CompanyId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import (
    CHANGING,
    DELETED,
    InCompany,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import AdministratorRow, shown
from tws.web.api.admin.users import PasswordBody
from tws.web.identity import Administrator, InRooms
from tws.web.shapes import Body, Id, Name, Version

router = APIRouter(prefix="/admin", tags=["administration"])


@router.get(
    "/administrators", operation_id="listAdministrators", responses=listed(AdministratorRow)
)
async def list_administrators(
    rooms: InRooms, actor: Administrator, company: InCompany = None
) -> Response:
    """All for a super user, oneself for another one."""
    where = None if company is None else CompanyId(company)
    rows = rooms.organisation.list_administrators(actor, where)
    return answer([shown(row, AdministratorRow) for row in rows])


class CreateAdministratorBody(Body):
    username: Name = Field(examples=["nice-admin"])
    super_user: bool = False
    companies: list[Id] = Field([], max_length=1000)


@router.post(
    "/administrators",
    operation_id="createAdministrator",
    status_code=201,
    responses=created(AdministratorRow),
)
async def create_administrator(
    rooms: InRooms, actor: Administrator, body: CreateAdministratorBody
) -> Response:
    """For super users. They can sign in once a password is set."""
    row = await rooms.organisation.create_administrator(
        actor,
        username=body.username,
        super_user=body.super_user,
        companies=[CompanyId(id) for id in body.companies],
    )
    return answer(shown(row, AdministratorRow), 201)


@router.get(
    "/administrators/{id}", operation_id="getAdministrator", responses=found(AdministratorRow)
)
async def get_administrator(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One administrator."""
    row = rooms.organisation.get_administrator(actor, AdministratorId(id))
    return answer(shown(row, AdministratorRow))


class UpdateAdministratorBody(Body):
    """What is left out stays."""

    version: Version
    username: Name = Field(default_factory=str)
    super_user: bool = Field(default_factory=bool)
    companies: list[Id] = Field(default_factory=list, max_length=1000)


@router.patch(
    "/administrators/{id}",
    operation_id="updateAdministrator",
    responses=changed(AdministratorRow),
)
async def update_administrator(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateAdministratorBody
) -> Response:
    """For super users, of whom one must stay."""
    row = await rooms.organisation.update_administrator(
        actor, AdministratorId(id), body.version, **body.given("version")
    )
    return answer(shown(row, AdministratorRow))


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
    await rooms.access.set_administrator_password(actor, AdministratorId(id), body.password)
    return Response(status_code=204)


@router.delete(
    "/administrators/{id}",
    operation_id="deleteAdministrator",
    status_code=204,
    responses=DELETED,
)
async def delete_administrator(
    rooms: InRooms, actor: Administrator, id: str, version: Seen
) -> Response:
    """For super users, of whom one must stay."""
    await rooms.organisation.delete_administrator(actor, AdministratorId(id), version)
    return Response(status_code=204)
