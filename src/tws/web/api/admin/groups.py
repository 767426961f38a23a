"""Groups of users."""

from fastapi import Response
from pydantic import Field

from tws.organisation.actor import GroupId, UserId
from tws.organisation.model import LAST_RANK
from tws.web.answers import answer
from tws.web.api.admin.described import OfDomain, changed
from tws.web.api.admin.rows import GroupRow, shown
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Version

router = Operations("/admin", tags=["administration"])


class CreateGroupBody(Body):
    domain: Id
    name: Name = Field(examples=["Sales"])
    rank: int = Field(LAST_RANK, ge=0, le=LAST_RANK)


class UpdateGroupBody(Body):
    """What is left out stays."""

    version: Version
    name: Name = Field(default_factory=str, examples=["Sales"])
    rank: int = Field(default_factory=int, ge=0, le=LAST_RANK)


groups = RowsApi(router, "/groups", "Group", GroupRow)
groups.listing(lambda rooms: rooms.organisation.groups.list_groups, "Groups of users.", OfDomain)
groups.creation(
    lambda rooms: rooms.organisation.groups.create_group, "A group, still empty.", CreateGroupBody
)
groups.finding(lambda rooms: rooms.organisation.groups.get_group, "One group, with its members.")
groups.change(
    lambda rooms: rooms.organisation.groups.update_group,
    "Rename a group, or rank it.",
    UpdateGroupBody,
)
groups.deletion(
    lambda rooms: rooms.organisation.groups.delete_group,
    "Refused while something is granted to it.",
)


class MembersBody(Body):
    version: Version
    members: list[Id] = Field(max_length=10_000)


@router.put("/groups/{id}/members", operation_id="setGroupMembers", responses=changed(GroupRow))
async def set_group_members(
    rooms: InRooms, actor: Administrator, id: str, body: MembersBody
) -> Response:
    """Exactly these users, of any domain of the company."""
    row = await rooms.organisation.groups.set_members(
        actor, GroupId(id), body.version, {UserId(member) for member in body.members}
    )
    return answer(shown(row, GroupRow))
