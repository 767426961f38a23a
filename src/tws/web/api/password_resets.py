"""A forgotten password, replaced by a letter."""

from typing import Annotated, Literal

import msgspec
from fastapi import Request, Response
from pydantic import Field

from tws.web.answers import answer, answers
from tws.web.api.access import SAME_SITE
from tws.web.identity import InRooms, where_from
from tws.web.operation import Operations
from tws.web.shapes import Body, Secret, Text
from tws.web.shown.values import Value

router = Operations("/password-reset", tags=["access"])


class PasswordResetValue(Value):
    """Whether a forgotten password can be replaced here."""

    offered: Annotated[bool, msgspec.Meta(description="Whether mails are set up.")]


class AskPasswordResetBody(Body):
    username: Text = Field(examples=["alice"])
    company: Text | None = Field(
        None, description="Needed where users of several companies have that name."
    )
    administrator: bool = Field(False, description="An administrator of that name, and no user.")
    culture: Literal["fr", "en"] = Field("en", description="Of the page that asks.")


class ResetPasswordBody(Body):
    token: Text = Field(description="Of the letter: what follows `#reset=`.")
    password: Secret


@router.get("", operation_id="getPasswordReset", responses=answers(PasswordResetValue))
async def get_password_reset(rooms: InRooms) -> Response:
    """Whether one can be asked for: the same for everybody."""
    return answer(PasswordResetValue(offered=rooms.password_resets.offered))


@router.post(
    "",
    operation_id="askPasswordReset",
    dependencies=SAME_SITE,
    status_code=204,
    responses=answers(
        None,
        *("badRequest", "foreignOrigin", "invalid", "tooMany"),
        status=204,
        description="The same whether there is such an account or not.",
    ),
)
async def ask_password_reset(
    request: Request, rooms: InRooms, body: AskPasswordResetBody
) -> Response:
    """Ask for a letter to the account's e-mail address, with which a new password is chosen."""
    rooms.password_resets.ask(
        body.username,
        body.company,
        where_from(request),
        administrator=body.administrator,
        culture=body.culture,
    )
    return Response(status_code=204)


@router.post(
    "/use",
    operation_id="resetPassword",
    dependencies=SAME_SITE,
    status_code=204,
    responses=answers(
        None,
        *("badRequest", "loginRefused", "foreignOrigin", "invalid", "tooMany", "unavailable"),
        *("conflict",),
        status=204,
    ),
)
async def reset_password(request: Request, rooms: InRooms, body: ResetPasswordBody) -> Response:
    """Choose the new password, once. Whoever was signed in with the old one is signed out."""
    await rooms.password_resets.use(body.token, body.password, where_from(request))
    return Response(status_code=204)
