"""Notes in the event journal: written, changed and deleted by their author, read by who may.

A public one is read in the domain in which it was written, whoever its author is by then. What it
is about is told as far as the reader sees it himself.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tws.bus import Bus
from tws.directory.model import ContactId
from tws.directory.service import DirectoryService
from tws.directory.text import groups
from tws.errors import Invalid, NotAllowed, missing
from tws.journal import store
from tws.journal.kinds import NOTE
from tws.journal.logs import Logs
from tws.journal.model import Page
from tws.journal.note import LONGEST, Note, NoteChanged, NoteId, SeenNote
from tws.journal.places import MOST_ENTRIES, place, place_of
from tws.numbering import plan_of, written
from tws.organisation import words
from tws.organisation.actor import Actor, DomainId, UserId
from tws.organisation.model import Domain
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_NOTE
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import caller_row, forbidden_by
from tws.organisation.registry import Registry
from tws.records import changing
from tws.rereading import RowsMissed
from tws.storage import Reader, Storage, new_id
from tws.telephony.model import LegId


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a note is to be about: one of these, or nothing."""

    call: LegId | None = None
    contact: ContactId | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class _User:
    """Who reads or writes."""

    id: UserId
    reading: store.Reading
    domain: Domain


class NoteService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        directory: DirectoryService,
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._directory, self._logs = directory, Logs(registry)
        self._parameters = Parameters(registry)
        self._start = new_id()
        self._changes: dict[UserId | DomainId, str] = {}
        "The last change of a user's notes, and of the public ones of a domain."
        bus.follow(NoteChanged, self._changed)
        bus.follow(RowsMissed, lambda _: self._missed())

    def changes(self, user: UserId) -> str:
        """Another text after each change of the notes that a user reads."""
        row = self._registry.users.get(user)
        public = self._changes.get(row.domain, "") if row is not None else ""
        return f"{self._changes.get(user, self._start)} {public}".strip()

    def _missed(self) -> None:
        """Anything may be other."""
        self._start = new_id()
        self._changes.clear()

    # ------------------------------------------------------------ reading

    async def list_notes(
        self,
        actor: Actor,
        *,
        contact: ContactId | None = None,
        number: str = "",
        text: str = "",
        mine: bool = False,
        since: datetime | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> Page[SeenNote]:
        """Newest first: those about a contact or a number, where one is given; about either where
        both are. `text`: words of the note, or of whom it is about."""
        reader_of = self._user(actor)
        limit = max(1, min(limit, MOST_ENTRIES))
        found_by = groups(text, plan_of(reader_of.domain))
        if text.strip() and not found_by:
            return Page((), None)
        wanted = store.WantedNotes(
            reading=reader_of.reading,
            about=await self._about(actor, reader_of, contact, number),
            words=found_by,
            mine=mine,
            since=since,
            before=place(before),
            limit=limit + 1,
        )
        async with self._storage.reading() as reader:
            notes = await store.notes_of(reader, wanted)
        more = notes[limit - 1] if len(notes) > limit else None
        seen = await self._seen(actor, notes[:limit])
        return Page(tuple(seen), place_of(more.created, more.id) if more else None)

    async def _about(
        self, actor: Actor, user: _User, contact: ContactId | None, number: str
    ) -> tuple[list[str], list[str]] | None:
        if contact is None and not number:
            return None
        contacts: list[str] = []
        numbers = [number] if number else []
        if contact is not None:
            for card in await self._directory.with_ids(actor, [contact]):
                contacts += card.ids
                numbers += [one.number for one in card.contact.numbers if one.number]
        plan = plan_of(user.domain)
        readings = (written(one, plan) for one in numbers)
        return contacts, [reading.callable for reading in readings if reading is not None]

    # ------------------------------------------------------------ changing

    async def create_note(
        self, actor: Actor, *, text: str, public: bool = False, about: About
    ) -> SeenNote:
        """NotFound for a call, or a contact, that the actor does not see."""
        user = self._writer(actor)
        blank = Note(
            id=NoteId(new_id()),
            version=1,
            company=user.reading.company,
            domain=user.domain.id,
            author=user.id,
            text=_text(text),
            public=public,
            created=self._clock(),
        )
        note = await self._on(actor, user, blank, about)
        async with self._storage.transaction() as tx:
            await changing.create(tx, actor, NOTE, note)
        return await self._one(actor, note)

    async def update_note(
        self,
        actor: Actor,
        id: NoteId,
        version: int,
        *,
        text: str | None = None,
        public: bool | None = None,
    ) -> SeenNote:
        """One's own; what is None stays."""
        user = self._writer(actor)
        async with self._storage.transaction() as tx:
            before = changing.current(await self._own(tx, user, id), version)
            after = replace(
                before,
                text=before.text if text is None else _text(text),
                public=before.public if public is None else public,
            )
            after = await changing.write(tx, actor, NOTE, before, after)
        return await self._one(actor, after)

    async def delete_note(self, actor: Actor, id: NoteId, version: int) -> None:
        """One's own; also where one may write none any more."""
        user = self._user(actor)
        async with self._storage.transaction() as tx:
            before = changing.current(await self._own(tx, user, id), version)
            await changing.remove(tx, actor, NOTE, before)

    async def _own(self, tx: Reader, user: _User, id: NoteId) -> Note:
        note = await store.notes.find(tx, id)  # type: ignore[arg-type]
        if note is None or note.author != user.id:
            if note is not None and self._reads(user, note):
                raise NotAllowed("A note is changed by who wrote it.", why="ownersOnly")
            raise missing("note")
        return note

    def _reads(self, user: _User, note: Note) -> bool:
        here = (note.company, note.domain) == (user.reading.company, user.reading.domain)
        return note.author == user.id or (note.public and here)

    async def _on(self, actor: Actor, user: _User, note: Note, about: About) -> Note:
        """`note` with what it is about."""
        given = (about.call, about.contact, about.number)
        if sum(map(bool, given)) > 1:
            raise Invalid("A note is about one thing.", field="call")
        if about.call is not None:
            return await self._on_call(user, note, about.call)
        if about.contact is not None:
            cards = await self._directory.with_ids(actor, [about.contact])
            if not cards:
                raise missing("contact", "contact")
            contact = cards[0].contact
            return replace(note, contact=contact.id, name=contact.display_name)
        if about.number:
            return await self._on_number(actor, user, note, about.number)
        return note

    async def _on_call(self, user: _User, note: Note, call: LegId) -> Note:
        async with self._storage.reading() as reader:
            leg = await store.leg_with(reader, note.company, call)
        if leg is None or not self._logs.may_read(user.id, leg.user):
            raise missing("call", "call")
        return replace(
            note,
            call=leg.id,
            thread=leg.thread,
            contact=None if leg.contact is None else ContactId(leg.contact),
            number=leg.number,
            name=leg.name,
            red=leg.red,
        )

    async def _on_number(self, actor: Actor, user: _User, note: Note, number: str) -> Note:
        reading = written(number, plan_of(user.domain))
        if reading is None:
            raise Invalid("This is no number.", field="number")
        match = await self._directory.reverse(actor, number)
        note = replace(note, number=reading.callable)
        if match is None:
            return note
        return replace(note, contact=match.contact.id, name=match.name, red=match.red)

    # ------------------------------------------------------------ as it is read

    async def _one(self, actor: Actor, note: Note) -> SeenNote:
        (seen,) = await self._seen(actor, [note])
        return seen

    async def _seen(self, actor: Actor, notes: Sequence[Note]) -> list[SeenNote]:
        named = list({note.contact for note in notes if note.contact is not None})
        known = await self._directory.seen(actor, named)
        return [self._shown(actor, note, note.contact in known) for note in notes]

    def _shown(self, actor: Actor, note: Note, known: bool) -> SeenNote:
        """`known`: the reader sees the contact that it is about."""
        author = self._registry.users.get(note.author)
        return SeenNote(
            note=note,
            author="" if author is None else author.display_name,
            mine=note.author == actor.user,
            contact=note.contact if known else None,
            number="" if note.red else note.number,
            name=note.name if known or note.contact is None else "",
        )

    # ------------------------------------------------------------ who

    def _user(self, actor: Actor) -> _User:
        row = caller_row(actor, self._registry.users, "Only a user has notes.")
        reading = store.Reading(company=row.company, domain=row.domain, user=row.id)
        return _User(row.id, reading, self._registry.domains[row.domain])

    def _writer(self, actor: Actor) -> _User:
        user = self._user(actor)
        if not self._parameters.effective(user.id, AUTHORIZE_NOTE):
            raise forbidden_by(AUTHORIZE_NOTE, "You are not authorised to write notes.")
        return user

    # ------------------------------------------------------------ told to pages

    def _changed(self, event: NoteChanged) -> None:
        for note in (event.before, event.after):
            if note is None:
                continue
            self._changes[note.author] = new_id()
            if note.public:
                self._changes[note.domain] = new_id()


def _text(text: str) -> str:
    """Of several lines, too."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if not clean:
        raise Invalid("a note is needed", field="text", why="needed")
    words.not_longer(clean, "text", LONGEST)
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in clean):
        raise Invalid(
            "control characters cannot be part of this", field="text", why="controlCharacters"
        )
    return clean
