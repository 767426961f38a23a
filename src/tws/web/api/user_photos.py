"""Photos of users, as they or their administrators give them."""

from typing import Annotated

import msgspec
from fastapi import Query, Request, Response
from starlette.requests import ClientDisconnect

from tws.organisation.actor import UserId
from tws.organisation.model import User
from tws.web.answers import answer, answers
from tws.web.errors import Problem
from tws.web.identity import Anyone, InRooms
from tws.web.operation import Operations
from tws.web.shown.photos import photo_address
from tws.web.shown.values import Value
from tws.web.uploads import BINARY, uploaded

router = Operations(tags=["contacts"])
Whose = Annotated[
    str | None, Query(max_length=64, description="For administrators: id of the user. Else yours.")
]
REFUSED = ("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable")


class UserPhotoValue(Value):
    """A user's photo."""

    user: Annotated[str, msgspec.Meta(description="Id.")]
    photo: Annotated[str | None, msgspec.Meta(description="Where it is served; null = none.")]


def _value(user: User) -> UserPhotoValue:
    return UserPhotoValue(user=user.id, photo=photo_address(user.id, user.photo))


@router.put(
    "/user-photo",
    operation_id="setUserPhoto",
    responses=answers(
        UserPhotoValue,
        *REFUSED,
        "badRequest",
        "tooLarge",
        "unsupportedMediaType",
        "tooMany",
    ),
    openapi_extra=uploaded(BINARY),
)
async def set_user_photo(
    rooms: InRooms, actor: Anyone, request: Request, user: Whose = None
) -> Response:
    """Give a user, or yourself, a photo. The body is the picture itself (JPEG, PNG, GIF, WebP or
    BMP); a small JPEG of it is kept, and shown on the card in the directory of users."""
    whose = None if user is None else UserId(user)
    try:
        row = await rooms.user_photos.set(actor, whose, request.stream())
    except ClientDisconnect:
        raise Problem("badRequest", "The photo was not sent to its end.") from None
    return answer(_value(row))


@router.delete(
    "/user-photo",
    operation_id="deleteUserPhoto",
    responses=answers(UserPhotoValue, *REFUSED),
)
async def delete_user_photo(rooms: InRooms, actor: Anyone, user: Whose = None) -> Response:
    """Initials are shown again."""
    row = await rooms.user_photos.delete(actor, None if user is None else UserId(user))
    return answer(_value(row))
