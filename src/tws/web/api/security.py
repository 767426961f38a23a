"""What protects an account: its second factor, and who is signed in where."""

from typing import Annotated

import segno
from fastapi import Query, Response
from pydantic import Field

from tws.access.model import Factor, Session
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, Anyone, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Text
from tws.web.shown.accounts import (
    EnrolmentValue,
    OpenSessionValue,
    RecoveryCodesValue,
    SecondFactorValue,
    TriedMethodValue,
)
from tws.web.shown.sentences import sentence_value

router = Operations(tags=["access"])
OWN = ("badRequest", "notSignedIn", "notAllowed", "unavailable")

# ---------------------------------------------------------------- the second factor


class CodeBody(Body):
    code: Text = Field(
        description="Of the authenticator application; or a recovery code, where one is good.",
        examples=["287082"],
    )


def factor(found: Factor | None) -> SecondFactorValue:
    return SecondFactorValue(
        needed=found is not None,
        created=None if found is None else found.created,
        recovery_codes=0 if found is None else len(found.recovery),
    )


@router.get(
    "/second-factor",
    operation_id="getSecondFactor",
    responses=answers(SecondFactorValue, *OWN),
)
async def get_second_factor(rooms: InRooms, actor: Anyone) -> Response:
    """Whether one's sign-in needs a code besides the password."""
    return answer(factor(await rooms.access.second_factors.of(actor)))


@router.get(
    "/admin/users/{id}/second-factor",
    tags=["administration"],
    operation_id="getUserSecondFactor",
    responses=answers(SecondFactorValue, "notSignedIn", "notAllowed", "notFound", "unavailable"),
)
async def get_user_second_factor(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Whether a user's sign-in needs a code besides the password."""
    return answer(factor(await rooms.access.second_factors.of_user(actor, UserId(id))))


@router.get(
    "/admin/administrators/{id}/second-factor",
    tags=["administration"],
    operation_id="getAdministratorSecondFactor",
    responses=answers(SecondFactorValue, "notSignedIn", "notAllowed", "notFound", "unavailable"),
)
async def get_administrator_second_factor(
    rooms: InRooms, actor: Administrator, id: str
) -> Response:
    """For super users: whether an administrator's sign-in needs a code besides the password."""
    found = await rooms.access.second_factors.of_administrator(actor, AdministratorId(id))
    return answer(factor(found))


@router.post(
    "/second-factor",
    operation_id="beginSecondFactor",
    status_code=201,
    responses=answers(EnrolmentValue, *OWN, "conflict", status=201),
)
async def begin_second_factor(rooms: InRooms, actor: Anyone) -> Response:
    """A new secret for an authenticator application. It counts once it is confirmed."""
    made = await rooms.access.second_factors.begin(actor)
    picture = segno.make(made.address, error="m").svg_data_uri(
        scale=4, border=2, light="#fff", nl=False
    )
    return answer(EnrolmentValue(secret=made.secret, address=made.address, picture=picture), 201)


@router.post(
    "/second-factor/confirmation",
    operation_id="confirmSecondFactor",
    responses=answers(RecoveryCodesValue, *OWN, "conflict", "invalid", "tooMany"),
)
async def confirm_second_factor(rooms: InRooms, actor: Anyone, body: CodeBody) -> Response:
    """Show a first code: from now on one is needed to sign in."""
    codes = await rooms.access.second_factors.confirm(actor, body.code)
    return answer(RecoveryCodesValue(codes=list(codes)))


@router.post(
    "/second-factor/removal",
    operation_id="removeSecondFactor",
    status_code=204,
    responses=answers(None, *OWN, "loginRefused", "notFound", "invalid", "tooMany", status=204),
)
async def remove_second_factor(rooms: InRooms, actor: Anyone, body: CodeBody) -> Response:
    """Sign in without one again; a last code shows that it is you."""
    await rooms.access.second_factors.remove(actor, body.code)
    return Response(status_code=204)


TAKING = answers(
    None, "notSignedIn", "notAllowed", "notFound", "foreignOrigin", "unavailable", status=204
)


@router.delete(
    "/admin/users/{id}/second-factor",
    tags=["administration"],
    operation_id="removeUserSecondFactor",
    status_code=204,
    responses=TAKING,
)
async def remove_user_second_factor(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """For a user who lost the telephone."""
    await rooms.access.second_factors.remove_of_user(actor, UserId(id))
    return Response(status_code=204)


@router.delete(
    "/admin/administrators/{id}/second-factor",
    tags=["administration"],
    operation_id="removeAdministratorSecondFactor",
    status_code=204,
    responses=TAKING,
)
async def remove_administrator_second_factor(
    rooms: InRooms, actor: Administrator, id: str
) -> Response:
    """For an administrator who lost the telephone, by a super user."""
    await rooms.access.second_factors.remove_of_administrator(actor, AdministratorId(id))
    return Response(status_code=204)


# ---------------------------------------------------------------- trying out


class TrySignInBody(Body):
    password: str = Field(
        "", max_length=1000, description="Empty as for a user who signs in by name alone."
    )
    address: Text = Field("", description="Of the computer; empty: of nobody's.")


@router.post(
    "/admin/users/{id}/sign-in-test",
    tags=["administration"],
    operation_id="trySignIn",
    responses=answers(
        list[TriedMethodValue],
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "foreignOrigin",
        "invalid",
        "tooMany",
        "unavailable",
    ),
)
async def try_sign_in(
    rooms: InRooms, actor: Administrator, id: str, body: TrySignInBody
) -> Response:
    """What each of a user's ways of signing in says of a password. Nobody is signed in."""
    tried = await rooms.access.signing.try_out(actor, UserId(id), body.password, body.address)
    return answer(
        [
            TriedMethodValue(
                method=one.method,
                outcome=one.outcome,
                words=str(one.said),
                sentence=sentence_value(one.said),
            )
            for one in tried
        ]
    )


# ---------------------------------------------------------------- sessions


def shown(session: Session, actor: Actor) -> OpenSessionValue:
    return OpenSessionValue(
        id=session.id,
        created=session.created,
        seen=session.seen,
        address=session.address,
        agent=session.agent,
        current=session.id == actor.session,
    )


@router.get(
    "/sessions",
    operation_id="listSessions",
    responses=answers(list[OpenSessionValue], "notSignedIn", "notAllowed", "notFound"),
)
async def list_sessions(
    rooms: InRooms,
    actor: Anyone,
    user: Annotated[str | None, Query(description="For administrators: whose.")] = None,
) -> Response:
    """Where one is signed in, newest first."""
    found = rooms.access.own_sessions.list_sessions(actor, None if user is None else UserId(user))
    return answer([shown(each, actor) for each in found])


@router.get(
    "/admin/administrators/{id}/sessions",
    tags=["administration"],
    operation_id="listAdministratorSessions",
    responses=answers(list[OpenSessionValue], "notSignedIn", "notAllowed", "notFound"),
)
async def list_administrator_sessions(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """For super users: where an administrator is signed in, newest first."""
    found = rooms.access.own_sessions.list_of_administrator(actor, AdministratorId(id))
    return answer([shown(each, actor) for each in found])


@router.delete(
    "/sessions/{id}",
    operation_id="revokeSession",
    status_code=204,
    responses=answers(None, "notSignedIn", "notFound", "unavailable", status=204),
)
async def revoke_session(rooms: InRooms, actor: Anyone, id: str) -> Response:
    """Sign it out, and close what it has open."""
    await rooms.access.own_sessions.revoke_session(actor, id)
    return Response(status_code=204)
