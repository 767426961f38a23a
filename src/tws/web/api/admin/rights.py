"""What a user has by all that is granted, and why he sees something, or does not."""

from typing import Annotated, Any

import msgspec
from fastapi import Query, Response

from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.granted import Reason
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, InCompany, InDomain
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class RightReason(Value):
    """A grant by which a user has something."""

    grant: Annotated[str, msgspec.Meta(description="Its id.")]
    by_kind: Annotated[
        GranteeKind,
        msgspec.Meta(
            description="Granted to the user himself, to a group of his, or to his domain."
        ),
    ]
    by: Annotated[str, msgspec.Meta(description="Id of that.")]
    of_kind: Annotated[
        ObjectKind, msgspec.Meta(description="Granted is the object itself, or a group it is in.")
    ]
    of: Annotated[str, msgspec.Meta(description="Id of that, or the name of an application.")]


class RightValue(Value):
    """Something that a user has."""

    kind: GrantKind
    object_kind: ObjectKind
    object: Annotated[str, msgspec.Meta(description="Id of a row, or an application's name.")]
    reasons: Annotated[
        list[RightReason], msgspec.Meta(description="By which grants; in person first.")
    ]


class RightDenial(Value):
    """Something that keeps a user from seeing what he asks for."""

    why: Annotated[str, msgspec.Meta(description="Stable, for programs.", examples=["noGrant"])]
    detail: Annotated[str, msgspec.Meta(description="For people.")]
    parameters: dict[str, Any]


class RightVerdict(Value):
    """Whether a user sees something, and why."""

    sees: bool
    own: Annotated[bool, msgspec.Meta(description="It is his own: no grant is needed.")]
    object_kind: ObjectKind
    reasons: Annotated[list[RightReason], msgspec.Meta(description="Every one.")]
    denials: Annotated[
        list[RightDenial], msgspec.Meta(description="Everything that keeps him from it.")
    ]


class ApplicationUsersValue(Value):
    """How widely an application is authorised."""

    authorised: Annotated[int, msgspec.Meta(description="Enabled users who may use it.")]
    users: Annotated[int, msgspec.Meta(description="All enabled users.")]


@router.get(
    "/application-users",
    operation_id="countApplicationUsers",
    responses=answers(ApplicationUsersValue, *LOOKING, "invalid"),
)
async def count_application_users(
    rooms: InRooms,
    actor: Administrator,
    application: Annotated[Application, Query(description="By its name.")],
    company: InCompany = None,
    domain: InDomain = None,
) -> Response:
    """How many users may use an application, by whichever grant."""
    authorised, users = rooms.organisation.rights.authorised(
        actor,
        application,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer(ApplicationUsersValue(authorised=authorised, users=users))


@router.get(
    "/users/{id}/rights",
    operation_id="listRights",
    responses=answers(list[RightValue], *LOOKING, "notFound", "invalid"),
)
async def list_rights(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """All that a user has, by himself, a group or his domain. A group among the objects stands
    for everybody in it."""
    found = rooms.organisation.rights.effective_rights(actor, UserId(id))
    return answer(
        [
            RightValue(
                kind=right.kind,
                object_kind=right.object_kind,
                object=right.object,
                reasons=_reasons(right.reasons),
            )
            for right in found
        ]
    )


@router.get(
    "/users/{id}/rights/why",
    operation_id="explainRight",
    responses=answers(RightVerdict, *LOOKING, "notFound", "invalid"),
)
async def explain_right(
    rooms: InRooms,
    actor: Administrator,
    id: str,
    kind: Annotated[GrantKind, Query(description="Of which type the object is.")],
    object: Annotated[str, Query(description="An id, or an application's name.")],
) -> Response:
    """Why a user sees something, or what keeps him from it."""
    verdict = rooms.organisation.rights.explain_right(actor, UserId(id), kind, object)
    return answer(
        RightVerdict(
            sees=not verdict.denials,
            own=verdict.own,
            object_kind=verdict.object_kind,
            reasons=_reasons(verdict.reasons),
            denials=[
                RightDenial(why=each.why, detail=each.message, parameters=dict(each.parameters))
                for each in verdict.denials
            ],
        )
    )


def _reasons(reasons: tuple[Reason, ...]) -> list[RightReason]:
    return [
        RightReason(
            grant=reason.grant.id,
            by_kind=reason.grant.grantee_kind,
            by=reason.by,
            of_kind=reason.grant.object_kind,
            of=reason.of,
        )
        for reason in reasons
    ]
