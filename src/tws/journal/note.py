"""Notes that users write into the event journal (9.1.8, `AuthorizeNote`), as immutable values."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from tws.directory.model import ContactId
from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.records.kind import Changed
from tws.telephony.model import LegId, ThreadId

NoteId = NewType("NoteId", str)
LONGEST = 2000
"Characters of its text."


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    id: NoteId
    version: int
    company: CompanyId
    domain: DomainId
    "In which it was written: there a public one is read."
    author: UserId
    text: str
    public: bool
    created: datetime
    call: LegId | None = None
    "What it is about: a call, a contact, a number, or nothing."
    thread: ThreadId | None = None
    "Of that call: a colleague's leg of it has the same."
    contact: ContactId | None = None
    number: str = ""
    "In a form that can be dialled again."
    name: str = ""
    "Whose it was then."
    red: bool = False
    "The directory hides the number."


@dataclass(frozen=True, slots=True)
class NoteChanged(Changed[Note]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenNote:
    """A note as somebody reads it."""

    note: Note
    author: str
    "His name."
    mine: bool
    contact: ContactId | None
    number: str
    "Empty where there is none, or the red list hides it."
    name: str
