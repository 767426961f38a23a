"""Groups of users, and what is granted to whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from tws.organisation.actor import Actor, Application, GroupId, UserId
from tws.organisation.model import LAST_RANK, Grant
from tws.web.answers import answer
from tws.web.api.admin.described import OfCompany, OfDomain, changed
from tws.web.api.admin.rows import AuthorisationRow, GroupRow, authorisation_row, shown
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Version

router = APIRouter(prefix="/admin", tags=["administration"])


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


# ---------------------------------------------------------------- authorisations


@dataclass(frozen=True)
class OfGrantee(OfCompany):
    user: Annotated[str | None, Query(description="Only to this user, by id.")] = None
    group: Annotated[str | None, Query(description="Only to this group, by id.")] = None


class AuthorisationBody(Body):
    """To exactly one of `user` and `group`."""

    application: Literal["TWS Caller", "TWS Toolkit"]
    user: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"])
    group: Id | None = None


def _granting(rooms: Rooms) -> Callable[..., Awaitable[Grant]]:
    async def grant(actor: Actor, *, application: str, **whom: Any) -> Grant:
        return await rooms.organisation.authorisations.create_authorisation(
            actor, application=Application(application), **whom
        )

    return grant


authorisations = RowsApi(
    router,
    "/authorisations",
    "Authorisation",
    AuthorisationRow,
    show=lambda _, grant: authorisation_row(grant),
)
authorisations.listing(
    lambda rooms: rooms.organisation.authorisations.list_authorisations,
    "What is granted to whom.",
    OfGrantee,
)
authorisations.creation(_granting, "Grant an application.", AuthorisationBody)
authorisations.finding(
    lambda rooms: rooms.organisation.authorisations.get_authorisation, "One authorisation."
)
authorisations.deletion(
    lambda rooms: rooms.organisation.authorisations.delete_authorisation,
    "Withdraw an application: it closes at once where it is open.",
)
