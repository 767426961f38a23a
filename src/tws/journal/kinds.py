"""The kinds of rows of this room that people change one by one."""

from tws.journal import store
from tws.journal.note import Note, NoteChanged
from tws.records.kind import Kind


def _said(note: Note) -> object:
    """Who wrote what about whom is the author's, and not the administrators'."""
    return {"public": note.public}


NOTE = Kind[Note]("note", store.notes, NoteChanged, said=_said)
