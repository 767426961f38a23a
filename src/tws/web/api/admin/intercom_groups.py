"""Intercom groups (9.1.2)."""

from pydantic import Field

from tws.organisation.intercom_groups import MOST_SUPERVISED, IntercomMedia
from tws.organisation.shared_devices import CtiProtocol
from tws.web.api.admin.described import OfDomain
from tws.web.api.admin.rows import IntercomGroupRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Text, Version

router = Operations("/admin", tags=["administration"])


def csta() -> CtiProtocol:
    return "CSTA"


def no_media() -> IntercomMedia:
    return "None"


class CreateIntercomGroupBody(Body):
    domain: Id
    name: Name = Field(examples=["Hotline"])
    link: Text = Field("", description="The link on which its numbers are.")
    number: Text = Field(
        "",
        description="The first of those that carry the supervision keys; empty = the users' own "
        "telephones do.",
        examples=["6674"],
    )
    count: int = Field(1, ge=1, le=500, description="How many numbers, one after the other.")
    protocol: CtiProtocol = "CSTA"
    media_protocol: IntercomMedia = Field(
        "None", description="`None`: telephones that are there; `TWP/TWS`: virtual ones."
    )
    lines: int = Field(1, ge=1, le=1000, description="Calls that a virtual device has at once.")
    password: Text = Field(
        "", description="Of the extensions in the PBX. It is stored sealed, and never told."
    )
    supervised: list[Text] = Field(
        [],
        max_length=MOST_SUPERVISED,
        description="Telephones on the link that are no user's, which those authorised see too.",
    )


class UpdateIntercomGroupBody(Body):
    """What is left out stays."""

    version: Version
    name: Name = Field(default_factory=str, examples=["Hotline"])
    link: Text = Field(default_factory=str, description="Empty takes it off its link.")
    number: Text = Field(default_factory=str)
    count: int = Field(default_factory=int, ge=1, le=500)
    protocol: CtiProtocol = Field(default_factory=csta)
    media_protocol: IntercomMedia = Field(default_factory=no_media)
    lines: int = Field(default_factory=int, ge=1, le=1000)
    password: Text = Field(default_factory=str, description="Empty takes it away.")
    supervised: list[Text] = Field(default_factory=list, max_length=MOST_SUPERVISED)


intercom_groups = RowsApi(router, "/intercom-groups", "Intercom Group", IntercomGroupRow)
intercom_groups.listing(
    lambda rooms: rooms.organisation.intercom_groups.list_intercom_groups,
    "Intercom groups.",
    OfDomain,
)
intercom_groups.creation(
    lambda rooms: rooms.organisation.intercom_groups.create_intercom_group,
    "An intercom group.",
    CreateIntercomGroupBody,
)
intercom_groups.finding(
    lambda rooms: rooms.organisation.intercom_groups.get_intercom_group, "One intercom group."
)
intercom_groups.change(
    lambda rooms: rooms.organisation.intercom_groups.update_intercom_group,
    "Change an intercom group.",
    UpdateIntercomGroupBody,
)
intercom_groups.deletion(
    lambda rooms: rooms.organisation.intercom_groups.delete_intercom_group,
    "Refused while something is granted to it.",
)
