"""Groups of users, and what is granted to whom."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from tws.organisation.actor import Application, CompanyId, DomainId, GroupId, UserId
from tws.web.answers import answer
from tws.web.api.admin.described import (
    DELETED,
    InCompany,
    InDomain,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import AuthorisationRow, GroupRow, shown
from tws.web.identity import Administrator, InRooms
from tws.web.shapes import Body, Id, Name, Version

router = APIRouter(prefix="/admin", tags=["administration"])


@router.get("/groups", operation_id="listGroups", responses=listed(GroupRow))
async def list_groups(
    rooms: InRooms, actor: Administrator, company: InCompany = None, domain: InDomain = None
) -> Response:
    """Groups of users."""
    rows = rooms.organisation.list_groups(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([shown(row, GroupRow) for row in rows])


class CreateGroupBody(Body):
    domain: Id
    name: Name = Field(examples=["Sales"])


@router.post("/groups", operation_id="createGroup", status_code=201, responses=created(GroupRow))
async def create_group(rooms: InRooms, actor: Administrator, body: CreateGroupBody) -> Response:
    """A group, still empty."""
    row = await rooms.organisation.create_group(
        actor, domain=DomainId(body.domain), name=body.name
    )
    return answer(shown(row, GroupRow), 201)


@router.get("/groups/{id}", operation_id="getGroup", responses=found(GroupRow))
async def get_group(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One group, with its members."""
    return answer(shown(rooms.organisation.get_group(actor, GroupId(id)), GroupRow))


class UpdateGroupBody(Body):
    version: Version
    name: Name = Field(examples=["Sales"])


@router.patch("/groups/{id}", operation_id="updateGroup", responses=changed(GroupRow))
async def update_group(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateGroupBody
) -> Response:
    """Rename a group."""
    row = await rooms.organisation.update_group(actor, GroupId(id), body.version, name=body.name)
    return answer(shown(row, GroupRow))


class MembersBody(Body):
    version: Version
    members: list[Id] = Field(max_length=10_000)


@router.put("/groups/{id}/members", operation_id="setGroupMembers", responses=changed(GroupRow))
async def set_group_members(
    rooms: InRooms, actor: Administrator, id: str, body: MembersBody
) -> Response:
    """Exactly these users, of any domain of the company."""
    row = await rooms.organisation.set_members(
        actor, GroupId(id), body.version, {UserId(member) for member in body.members}
    )
    return answer(shown(row, GroupRow))


@router.delete("/groups/{id}", operation_id="deleteGroup", status_code=204, responses=DELETED)
async def delete_group(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
    """Refused while something is granted to it."""
    await rooms.organisation.delete_group(actor, GroupId(id), version)
    return Response(status_code=204)


# ---------------------------------------------------------------- authorisations


@router.get(
    "/authorisations", operation_id="listAuthorisations", responses=listed(AuthorisationRow)
)
async def list_authorisations(
    rooms: InRooms,
    actor: Administrator,
    company: InCompany = None,
    user: Annotated[str | None, Query(description="Only to this user, by id.")] = None,
    group: Annotated[str | None, Query(description="Only to this group, by id.")] = None,
) -> Response:
    """What is granted to whom."""
    rows = rooms.organisation.list_authorisations(
        actor,
        None if company is None else CompanyId(company),
        user=None if user is None else UserId(user),
        group=None if group is None else GroupId(group),
    )
    return answer([shown(row, AuthorisationRow) for row in rows])


class AuthorisationBody(Body):
    """To exactly one of `user` and `group`."""

    application: Literal["TWS Caller", "TWS Toolkit"]
    user: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"])
    group: Id | None = None


@router.post(
    "/authorisations",
    operation_id="createAuthorisation",
    status_code=201,
    responses=created(AuthorisationRow),
)
async def create_authorisation(
    rooms: InRooms, actor: Administrator, body: AuthorisationBody
) -> Response:
    """Grant an application."""
    row = await rooms.organisation.create_authorisation(
        actor,
        application=Application(body.application),
        user=None if body.user is None else UserId(body.user),
        group=None if body.group is None else GroupId(body.group),
    )
    return answer(shown(row, AuthorisationRow), 201)


@router.get(
    "/authorisations/{id}", operation_id="getAuthorisation", responses=found(AuthorisationRow)
)
async def get_authorisation(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One authorisation."""
    return answer(shown(rooms.organisation.get_authorisation(actor, id), AuthorisationRow))


@router.delete(
    "/authorisations/{id}",
    operation_id="deleteAuthorisation",
    status_code=204,
    responses=DELETED,
)
async def delete_authorisation(
    rooms: InRooms, actor: Administrator, id: str, version: Seen
) -> Response:
    """Withdraw an application: it closes at once where it is open."""
    await rooms.organisation.delete_authorisation(actor, id, version)
    return Response(status_code=204)
