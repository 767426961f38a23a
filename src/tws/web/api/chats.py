"""What colleagues write to each other, and to people outside (9.1.8)."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request, Response
from pydantic import Field
from starlette.requests import ClientDisconnect

from tws.messaging.chat.files import ANYTHING
from tws.messaging.chat.model import LARGEST, LONGEST, FileId, MessageId
from tws.organisation.actor import UserId
from tws.telephony.model import LegId
from tws.web.answers import answer, answers, refusals
from tws.web.errors import Problem
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Lines, Text
from tws.web.shown.chats import (
    CallMessageValue,
    ChatHistoryValue,
    ChatMessageValue,
    ChatValue,
    call_message,
    conversation,
    history,
    message,
)
from tws.web.uploads import BINARY, uploaded

router = Operations(tags=["chat"])
LOOKING = ("notSignedIn", "notAllowed", "unavailable")
SENDING = (*LOOKING, "notFound", "invalid", "conflict", "tooMany")
Key = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=63,
        description="Your own id of the message: what comes again with it is sent once.",
    ),
]


class ChatMessageBody(Body):
    """A message."""

    text: Annotated[Lines, Field(description=f"Plain text of at most {LONGEST} characters.")]
    key: Key = None


class ChatReadBody(Body):
    """What you have read."""

    upto: Annotated[Id, Field(description="The last message of it.")]


@router.get("/chats", operation_id="listChats", responses=answers(list[ChatValue], *LOOKING))
async def list_chats(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """Your conversations with colleagues and external contacts, the last first: those of which
    something is kept, and those of the last hours."""
    found = await rooms.chats.reading.conversations(actor)
    return answer([conversation(known, one) for one in found])


@router.get(
    "/chats/{id}/messages",
    operation_id="listChatMessages",
    responses=answers(ChatHistoryValue, *LOOKING, "notFound", "invalid"),
)
async def list_chat_messages(
    rooms: InRooms,
    actor: User,
    id: str,
    before: Annotated[
        Text | None, Query(description="`before` of the messages that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What you and somebody wrote to each other. Messages are kept where AuthorizedSaveChat is
    Yes for both; others are there for twelve hours at most."""
    since = None if before is None else MessageId(before)
    return answer(history(await rooms.chats.reading.history(actor, UserId(id), since, limit)))


@router.post(
    "/chats/{id}/messages",
    operation_id="sendChatMessage",
    responses=answers(ChatMessageValue, *SENDING),
)
async def send_chat_message(
    rooms: InRooms, actor: User, id: str, body: ChatMessageBody
) -> Response:
    """Write to a colleague. It needs AuthorizeChat of both. Where nothing is kept and no page of
    theirs is open it is refused: `why` is `chatNotDelivered`. An external contact has it by your
    external account: `why` is `chatNotConnected` where it is not connected and cannot wait."""
    return answer(message(await rooms.chats.send(actor, UserId(id), body.text, body.key)))


@router.post(
    "/chats/{id}/typing",
    operation_id="tellTyping",
    status_code=204,
    responses=answers(None, *LOOKING, "notFound", status=204),
)
async def tell_typing(rooms: InRooms, actor: User, id: str) -> Response:
    """Tell somebody that you are writing to them: at most once in three seconds."""
    rooms.chats.typing(actor, UserId(id))
    return Response(status_code=204)


@router.put(
    "/chats/{id}/read",
    operation_id="setChatRead",
    status_code=204,
    responses=answers(
        None,
        *(*LOOKING, "notFound", "invalid"),
        *("badRequest", "tooLarge", "unsupportedMediaType"),
        status=204,
    ),
)
async def set_chat_read(rooms: InRooms, actor: User, id: str, body: ChatReadBody) -> Response:
    """Say that you have read what somebody wrote, up to a message: they are told."""
    await rooms.chats.read(actor, UserId(id), MessageId(body.upto))
    return Response(status_code=204)


@router.get(
    "/call-chats/{id}/messages",
    operation_id="listCallMessages",
    responses=answers(list[CallMessageValue], *LOOKING, "notFound"),
)
async def list_call_messages(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """What was written to you in a call in which you are, oldest first; `id` is your leg of it. It
    is gone when the call is over."""
    leg = LegId(id)
    found = rooms.call_chats.history(actor, leg)
    return answer([call_message(known, one, leg) for one in found])


@router.post(
    "/call-chats/{id}/messages",
    operation_id="sendCallMessage",
    responses=answers(CallMessageValue, *SENDING),
)
async def send_call_message(
    rooms: InRooms, known: InKnown, actor: User, id: str, body: ChatMessageBody
) -> Response:
    """Write to everybody in a conference call who has AuthorizedMultiChat, as you must have; `id`
    is your leg of it."""
    one, leg = rooms.call_chats.send(actor, LegId(id), body.text, body.key)
    return answer(call_message(known, one, leg))


@router.post(
    "/chat-files",
    operation_id="sendChatFile",
    responses=answers(
        ChatMessageValue, *SENDING, "badRequest", "tooLarge", "unsupportedMediaType"
    ),
    openapi_extra=uploaded(BINARY),
)
async def send_chat_file(
    rooms: InRooms,
    actor: User,
    request: Request,
    user: Annotated[str, Query(max_length=64, description="Id of the colleague.")],
    name: Annotated[str, Query(max_length=1000, description="The file's name.")],
    key: Annotated[
        str | None,
        Query(min_length=1, max_length=63, description="Your own id of the message."),
    ] = None,
) -> Response:
    """Send a file to a colleague. The body is the file itself, of 10 MB at most."""
    try:
        sent = await rooms.chats.send_file(actor, UserId(user), name, request.stream(), key)
    except ClientDisconnect:
        raise Problem("badRequest", "The file was not sent to its end.") from None
    return answer(message(sent))


@router.get(
    "/chat-files/{id}",
    operation_id="getChatFile",
    response_class=Response,
    responses={
        200: {
            "description": f"The file: {LARGEST >> 20} MB at most.",
            "content": {ANYTHING: {"schema": {"type": "string", "format": "binary"}}},
        },
        **refusals(*LOOKING, "notFound"),
    },
)
async def get_chat_file(rooms: InRooms, actor: User, id: str) -> Response:
    """A file that you sent, or that was sent to you."""
    file, content = await rooms.chats.reading.file(actor, FileId(id))
    named = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {
        "Content-Disposition": named,
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, headers=headers, media_type=file.type)
