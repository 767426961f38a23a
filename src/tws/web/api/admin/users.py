"""Users, their devices and their passwords."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import (
    CHANGING,
    DELETED,
    InCompany,
    InDomain,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import DeviceRow, UserRow, shown
from tws.web.identity import Administrator, InRooms
from tws.web.shapes import Body, Id, Name, Number, Secret, Text, Version

router = APIRouter(prefix="/admin", tags=["administration"])
Culture = Literal["Auto", "fr", "en"]


def automatic() -> Culture:
    return "Auto"


@router.get("/users", operation_id="listUsers", responses=listed(UserRow))
async def list_users(
    rooms: InRooms, actor: Administrator, company: InCompany = None, domain: InDomain = None
) -> Response:
    """Users, by name."""
    rows = rooms.organisation.list_users(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([shown(row, UserRow) for row in rows])


class CreateUserBody(Body):
    domain: Id
    username: Name = Field(examples=["alice"])
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    mobile: Number = ""
    culture: Culture = "Auto"
    enabled: bool = True


@router.post("/users", operation_id="createUser", status_code=201, responses=created(UserRow))
async def create_user(rooms: InRooms, actor: Administrator, body: CreateUserBody) -> Response:
    """A user, who can sign in once a password is set and `TWS Caller` is granted."""
    row = await rooms.organisation.create_user(
        actor, domain=DomainId(body.domain), **body.given("domain")
    )
    return answer(shown(row, UserRow), 201)


@router.get("/users/{id}", operation_id="getUser", responses=found(UserRow))
async def get_user(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One user."""
    return answer(shown(rooms.organisation.get_user(actor, UserId(id)), UserRow))


class UpdateUserBody(Body):
    """What is left out stays."""

    version: Version
    domain: Id = Field(default_factory=str, description="Another domain of the same company.")
    username: Name = Field(default_factory=str)
    first_name: Text = Field(default_factory=str)
    last_name: Text = Field(default_factory=str)
    email: Text = Field(default_factory=str)
    mobile: Number = Field(default_factory=str)
    culture: Culture = Field(default_factory=automatic)
    enabled: bool = Field(default_factory=bool)


@router.patch("/users/{id}", operation_id="updateUser", responses=changed(UserRow))
async def update_user(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateUserBody
) -> Response:
    """Change a user."""
    row = await rooms.organisation.update_user(
        actor, UserId(id), body.version, **body.given("version")
    )
    return answer(shown(row, UserRow))


@router.delete("/users/{id}", operation_id="deleteUser", status_code=204, responses=DELETED)
async def delete_user(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
    """The user's devices, memberships, password, sessions and keys go too; the journal stays."""
    await rooms.organisation.delete_user(actor, UserId(id), version)
    return Response(status_code=204)


class PasswordBody(Body):
    password: Secret


@router.put(
    "/users/{id}/password",
    operation_id="setUserPassword",
    status_code=204,
    responses=answers(None, *CHANGING, "tooMany", status=204),
)
async def set_user_password(
    rooms: InRooms, actor: Administrator, id: str, body: PasswordBody
) -> Response:
    """Give a user a password; their sessions end."""
    await rooms.access.set_password(actor, UserId(id), body.password)
    return Response(status_code=204)


# ---------------------------------------------------------------- devices


@router.get("/devices", operation_id="listUserDevices", responses=listed(DeviceRow))
async def list_user_devices(
    rooms: InRooms,
    actor: Administrator,
    company: InCompany = None,
    domain: InDomain = None,
    user: Annotated[str | None, Query(description="Only of this user, by id.")] = None,
    link: Annotated[str | None, Query(description="Only on this link, by id.")] = None,
) -> Response:
    """Devices of users, by number."""
    rows = rooms.organisation.list_devices(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
        user=None if user is None else UserId(user),
        link=link,
    )
    return answer([shown(row, DeviceRow) for row in rows])


class CreateDeviceBody(Body):
    user: Id
    link: Id
    number: Text = Field(examples=["4001"])
    protocol: Literal["CSTA", "Vti-XML", "SIP", "Asterisk"] = "CSTA"
    label: Text = Field("", examples=["Desk"])


@router.post(
    "/devices", operation_id="createUserDevice", status_code=201, responses=created(DeviceRow)
)
async def create_user_device(
    rooms: InRooms, actor: Administrator, body: CreateDeviceBody
) -> Response:
    """Give a user an extension."""
    row = await rooms.organisation.create_device(
        actor,
        user=UserId(body.user),
        link=body.link,
        number=body.number,
        protocol=body.protocol,
        label=body.label,
    )
    return answer(shown(row, DeviceRow), 201)


@router.get("/devices/{id}", operation_id="getUserDevice", responses=found(DeviceRow))
async def get_user_device(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One device."""
    return answer(shown(rooms.organisation.get_device(actor, DeviceRowId(id)), DeviceRow))


class UpdateDeviceBody(Body):
    """What is left out stays."""

    version: Version
    user: Id = Field(default_factory=str)
    link: Id = Field(default_factory=str)
    number: Text = Field(default_factory=str)
    protocol: Literal["CSTA", "Vti-XML", "SIP", "Asterisk"] = Field(default_factory=lambda: "CSTA")
    label: Text = Field(default_factory=str)


@router.patch("/devices/{id}", operation_id="updateUserDevice", responses=changed(DeviceRow))
async def update_user_device(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateDeviceBody
) -> Response:
    """Change a device."""
    row = await rooms.organisation.update_device(
        actor, DeviceRowId(id), body.version, **body.given("version")
    )
    return answer(shown(row, DeviceRow))


@router.delete(
    "/devices/{id}", operation_id="deleteUserDevice", status_code=204, responses=DELETED
)
async def delete_user_device(
    rooms: InRooms, actor: Administrator, id: str, version: Seen
) -> Response:
    """Take an extension away."""
    await rooms.organisation.delete_device(actor, DeviceRowId(id), version)
    return Response(status_code=204)
