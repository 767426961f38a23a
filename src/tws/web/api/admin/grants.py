"""What is granted to whom, of all types of objects; and which types there are."""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.grantable import GRANTABLE
from tws.organisation.grants import APPLICATIONS
from tws.web.answers import answer
from tws.web.api.admin.described import OfCompany, listed
from tws.web.api.admin.rows import GrantRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class GrantKindValue(Value):
    """A type of objects that are granted."""

    kind: GrantKind
    objects: Annotated[list[ObjectKind], msgspec.Meta(description="What may be granted.")]
    grantees: Annotated[list[GranteeKind], msgspec.Meta(description="To whom.")]
    across_domains: Annotated[
        bool, msgspec.Meta(description="Also where both are of different domains of a company.")
    ]
    reversed: Annotated[
        bool, msgspec.Meta(description="Screens begin with the user who gets the right.")
    ]
    applications: Annotated[
        list[Application],
        msgspec.Meta(description="All that may be granted, where the objects are applications."),
    ]


@router.get("/grant-kinds", operation_id="describeGrants", responses=listed(GrantKindValue))
async def describe_grants(rooms: InRooms, actor: Administrator) -> Response:
    """What may be granted to whom; the same for all companies."""
    return answer(
        [
            GrantKindValue(
                kind=kind,
                objects=list(rule.objects),
                grantees=list(rule.grantees),
                across_domains=rule.across_domains,
                reversed=rule.reversed,
                applications=list(APPLICATIONS) if kind is GrantKind.APPLICATION else [],
            )
            for kind, rule in GRANTABLE.items()
        ]
    )


@dataclass(frozen=True)
class OfSides(OfCompany):
    kind: Annotated[GrantKind | None, Query(description="Only of this type.")] = None
    object_kind: Annotated[
        ObjectKind | None, Query(alias="objectKind", description="Only of such objects.")
    ] = None
    object: Annotated[
        str | None, Query(description="Only of this one: an id, or an application's name.")
    ] = None
    grantee_kind: Annotated[
        GranteeKind | None, Query(alias="granteeKind", description="Only to such grantees.")
    ] = None
    grantee: Annotated[str | None, Query(description="Only to this one, by id.")] = None


class GrantBody(Body):
    """`describeGrants` says what may be granted to whom."""

    kind: GrantKind = Field(strict=False, examples=["calendar"])
    object_kind: ObjectKind = Field(strict=False, examples=["group"])
    object: Id = Field(description="Id of a row, or the name of an application.")
    grantee_kind: GranteeKind = Field(strict=False, examples=["user"])
    grantee: Id


grants = RowsApi(router, "/grants", "Grant", GrantRow)
grants.listing(
    lambda rooms: rooms.organisation.grants.list_grants, "What is granted to whom.", OfSides
)
grants.creation(
    lambda rooms: rooms.organisation.grants.create_grant,
    "Grant something to somebody of the same company.",
    GrantBody,
)
grants.finding(lambda rooms: rooms.organisation.grants.get_grant, "One grant.")
grants.deletion(
    lambda rooms: rooms.organisation.grants.delete_grant,
    "Withdraw it: at once, everywhere; an application closes where it is open.",
)
