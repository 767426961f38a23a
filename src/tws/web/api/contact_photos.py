"""Photos of contacts, to whoever sees their cards."""

import re
from typing import Annotated

from fastapi import Header, Response

from tws.directory.model import ContactId
from tws.directory.photos import JPEG
from tws.errors import NotFound
from tws.web.answers import refusals
from tws.web.identity import Anyone, InRooms
from tws.web.operation import Operations

router = Operations("/contacts", tags=["contacts"])
ID = re.compile(r"[0-9A-Za-z-]{1,64}")
KEPT = "private, max-age=300"
"A list shows many: browsers ask again after five minutes. Another photo has another address."


@router.get(
    "/{id}/photo",
    operation_id="getContactPhoto",
    response_class=Response,
    responses={
        200: {
            "description": "A small picture.",
            "content": {JPEG: {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "It is the one that `If-None-Match` names."},
        **refusals("notSignedIn", "notFound", "unavailable"),
    },
)
async def get_contact_photo(
    rooms: InRooms,
    actor: Anyone,
    id: str,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The photo of a contact whose card you see."""
    if not ID.fullmatch(id):
        raise NotFound("No such contact.")
    photo = await rooms.directory.photo(actor, ContactId(id))
    tag = f'"{photo.hash}"'
    headers = {"ETag": tag, "Cache-Control": KEPT, "Vary": "Authorization, Cookie"}
    if tag in [given.strip().removeprefix("W/") for given in (if_none_match or "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(photo.bytes, headers=headers, media_type=photo.type)
