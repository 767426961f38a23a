"""How people are, and what they say of themselves (9.1.2, 9.1.3)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from tws.organisation.actor import UserId
from tws.presence.model import PresenceState
from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Instant
from tws.web.shown.presence import (
    ColleagueValue,
    OwnWordsValue,
    PresenceValue,
    colleague,
    presence,
    said_value,
)

router = Operations(tags=["presence"])
LOOKING = ("notSignedIn", "notAllowed")


class PresenceBody(Body):
    """What you say of yourself from now on."""

    state: Annotated[
        PresenceState | None,
        Field(
            strict=False,
            description="Null: nothing; as telephone, calendar and open pages have it.",
        ),
    ] = None
    message: Annotated[str, Field(max_length=2000)] = ""
    until: Annotated[Instant | None, Field(description="Null: until you say otherwise.")] = None


@router.put(
    "/presence",
    operation_id="setPresence",
    responses=answers(
        OwnWordsValue,
        *(*LOOKING, "invalid", "tooMany", "unavailable"),
        *("badRequest", "tooLarge", "unsupportedMediaType"),
    ),
)
async def set_presence(rooms: InRooms, actor: User, body: PresenceBody) -> Response:
    """Say how you are: colleagues who may see you are told at once. A message needs
    AuthorizedCustomMessagePresences; it has 200 characters at most."""
    said = await rooms.presence.say(actor, body.state, body.message, body.until)
    return answer(said_value(said))


@router.get(
    "/colleagues",
    operation_id="listColleagues",
    responses=answers(list[ColleagueValue], *LOOKING),
)
async def list_colleagues(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """The users whose telephones you see, by family name: those of your intercom groups. Of a
    thousand at once the live stream tells how they are."""
    return answer([colleague(known, one) for one in rooms.presence.colleagues(actor)])


@router.get(
    "/presence/{id}",
    operation_id="getPresence",
    responses=answers(PresenceValue, *LOOKING, "notFound"),
)
async def get_presence(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """How a colleague is, or you yourself: as much as you may see. To be told of changes, name
    colleagues in `watch` of the live stream."""
    return answer(presence(known, rooms.presence.get(actor, UserId(id))))
