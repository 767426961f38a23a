"""Users, their devices and their passwords."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import UserId
from tws.organisation.device_protocols import DeviceProtocol, MediaProtocol
from tws.web.answers import answers
from tws.web.api.admin.described import CHANGING, OfDomain
from tws.web.api.admin.rows import DeviceRow, UserRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Number, Secret, Text, Version

router = Operations("/admin", tags=["administration"])
Culture = Literal["Auto", "fr", "en"]
ONLY_SIP = "Of the protocol SIP only."


def automatic() -> Culture:
    return "Auto"


def no_media() -> MediaProtocol:
    return "None"


class CreateUserBody(Body):
    domain: Id
    username: Name = Field(examples=["alice"])
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    mobile: Number = ""
    culture: Culture = "Auto"
    enabled: bool = True
    ip: Text = Field("", description="The computer's address.", examples=["192.168.0.12"])
    external_key: Text = Field("", description="What another system calls the user.")
    custom0: Text = ""
    custom1: Text = ""
    voicemail_password: Text = Field(
        "", description="Of the box in the PBX. It is stored sealed, and never told."
    )


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
    ip: Text = Field(default_factory=str)
    external_key: Text = Field(default_factory=str)
    custom0: Text = Field(default_factory=str)
    custom1: Text = Field(default_factory=str)
    voicemail_password: Text = Field(default_factory=str, description="Empty takes it away.")


users = RowsApi(router, "/users", "User", UserRow)
users.listing(lambda rooms: rooms.organisation.users.list_users, "Users, by name.", OfDomain)
users.creation(
    lambda rooms: rooms.organisation.users.create_user,
    "A user, who can sign in once a password is set and `TWS Caller` is granted.",
    CreateUserBody,
)
users.finding(lambda rooms: rooms.organisation.users.get_user, "One user.")
users.change(lambda rooms: rooms.organisation.users.update_user, "Change a user.", UpdateUserBody)
users.deletion(
    lambda rooms: rooms.organisation.users.delete_user,
    "The user's devices, memberships, password, sessions and keys go too; the journal stays.",
)


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
    await rooms.access.passwords.set_password(actor, UserId(id), body.password)
    return Response(status_code=204)


# ---------------------------------------------------------------- devices


@dataclass(frozen=True)
class OfUserOrLink(OfDomain):
    user: Annotated[str | None, Query(description="Only of this user, by id.")] = None
    link: Annotated[str | None, Query(description="Only on this link, by id.")] = None


class CreateDeviceBody(Body):
    user: Id
    link: Id
    number: Text = Field(examples=["4001"])
    protocol: DeviceProtocol = "CSTA"
    label: Text = Field("", examples=["Desk"])
    password: Text = Field(
        "", description="Of the extension in the PBX. It is stored sealed, and never told."
    )
    ip: Text = Field("", description="The telephone's own address.", examples=["192.168.0.34"])
    video: bool = False
    client_port: int = Field(0, ge=0, le=65535)
    sip_proxy: Text = Field("", description=f"A host. {ONLY_SIP}", examples=["192.168.0.5"])
    one_number: bool = Field(False, description=ONLY_SIP)
    softphone: bool = Field(False, description=ONLY_SIP)
    media_protocol: MediaProtocol = Field("None", description=ONLY_SIP)


class UpdateDeviceBody(Body):
    """What is left out stays."""

    version: Version
    user: Id = Field(default_factory=str)
    link: Id = Field(default_factory=str)
    number: Text = Field(default_factory=str)
    protocol: DeviceProtocol = Field(default_factory=lambda: "CSTA")
    label: Text = Field(default_factory=str)
    password: Text = Field(default_factory=str, description="Empty takes it away.")
    ip: Text = Field(default_factory=str)
    video: bool = Field(default_factory=bool)
    client_port: int = Field(default_factory=int, ge=0, le=65535)
    sip_proxy: Text = Field(default_factory=str)
    one_number: bool = Field(default_factory=bool)
    softphone: bool = Field(default_factory=bool)
    media_protocol: MediaProtocol = Field(default_factory=no_media)


devices = RowsApi(router, "/devices", "User Device", DeviceRow)
devices.listing(
    lambda rooms: rooms.organisation.devices.list_devices,
    "Devices of users, by number.",
    OfUserOrLink,
)
devices.creation(
    lambda rooms: rooms.organisation.devices.create_device,
    "Give a user an extension.",
    CreateDeviceBody,
)
devices.finding(lambda rooms: rooms.organisation.devices.get_device, "One device.")
devices.change(
    lambda rooms: rooms.organisation.devices.update_device, "Change a device.", UpdateDeviceBody
)
devices.deletion(lambda rooms: rooms.organisation.devices.delete_device, "Take an extension away.")
