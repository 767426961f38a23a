"""Notes in the event journal."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from tws.directory.model import ContactId
from tws.journal.note import LONGEST, NoteId
from tws.journal.notes import About
from tws.telephony.model import LegId
from tws.web.answers import answer, answers
from tws.web.identity import InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Instant, Lines, Number, Text, Version
from tws.web.shown.journal import JournalNoteValue, note_value
from tws.web.shown.values import Value

router = Operations("/notes", tags=["calls"])
CHANGING = ("badRequest", "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable")


class NotePageValue(Value):
    """Some notes, newest first."""

    entries: list[JournalNoteValue]
    before: str | None
    "To ask for the notes that follow; null = there are none."


class CreateNoteBody(Body):
    text: Lines = Field(max_length=LONGEST, examples=["Wants to be called on Monday."])
    public: bool = Field(False, description="Everybody of your domain reads it.")
    call: Id | None = Field(None, description="About this line of a call log that you may read.")
    contact: Id | None = Field(None, description="About this contact.")
    number: Number = Field("", description="About this number.")


class UpdateNoteBody(Body):
    version: Version
    text: Lines | None = Field(None, max_length=LONGEST)
    public: bool | None = None


@router.get(
    "",
    operation_id="listNotes",
    responses=answers(NotePageValue, "notSignedIn", "notAllowed", "invalid", "unavailable"),
)
async def list_notes(
    rooms: InRooms,
    actor: User,
    contact: Annotated[str | None, Query(max_length=64, description="About this contact.")] = None,
    number: Annotated[Number, Query(description="About this number; or about either.")] = "",
    text: Annotated[Text, Query(description="Words of the note, or of whom it is about.")] = "",
    mine: Annotated[bool, Query(description="Your own alone.")] = False,
    since: Annotated[Instant | None, Query(description="Written since then.")] = None,
    before: Annotated[
        Text | None, Query(description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Your notes, and the public ones of your domain, newest first."""
    page = await rooms.notes.list_notes(
        actor,
        contact=None if contact is None else ContactId(contact),
        number=number,
        text=text,
        mine=mine,
        since=since,
        before=before,
        limit=limit,
    )
    entries = [note_value(rooms.registry, one) for one in page.entries]
    return answer(NotePageValue(entries=entries, before=page.before))


@router.post(
    "",
    operation_id="createNote",
    status_code=201,
    responses=answers(JournalNoteValue, *CHANGING, status=201),
)
async def create_note(rooms: InRooms, actor: User, body: CreateNoteBody) -> Response:
    """Write a note: about a call, a contact, a number, or about nothing of these."""
    about = About(
        call=None if body.call is None else LegId(body.call),
        contact=None if body.contact is None else ContactId(body.contact),
        number=body.number,
    )
    made = await rooms.notes.create_note(actor, text=body.text, public=body.public, about=about)
    return answer(note_value(rooms.registry, made), 201)


@router.patch(
    "/{id}",
    operation_id="updateNote",
    responses=answers(JournalNoteValue, *CHANGING, "conflict"),
)
async def update_note(rooms: InRooms, actor: User, id: str, body: UpdateNoteBody) -> Response:
    """Change a note of your own."""
    changed = await rooms.notes.update_note(
        actor, NoteId(id), body.version, text=body.text, public=body.public
    )
    return answer(note_value(rooms.registry, changed))


@router.delete(
    "/{id}",
    operation_id="deleteNote",
    status_code=204,
    responses=answers(
        None, "notSignedIn", "notAllowed", "notFound", "conflict", "unavailable", status=204
    ),
)
async def delete_note(
    rooms: InRooms, actor: User, id: str, version: Annotated[int, Query(ge=0)]
) -> Response:
    """Delete a note of your own."""
    await rooms.notes.delete_note(actor, NoteId(id), version)
    return Response(status_code=204)
