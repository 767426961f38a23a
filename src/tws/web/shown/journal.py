"""The event journal as values: notes, what is new, and whose logs one may read."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws import numbering
from tws.journal.model import News
from tws.journal.note import SeenNote
from tws.organisation.registry import Registry
from tws.web.shown.values import Value


class LogOwnerValue(Value):
    """Somebody whose call log the user may read."""

    id: str
    name: str


class JournalValue(Value):
    """What a user has in the event journal besides the calls."""

    changed: Annotated[
        str,
        msgspec.Meta(description="Another one: ask `listNotes` and `getJournalNews` again."),
    ]
    logs: Annotated[
        list[LogOwnerValue], msgspec.Meta(description="Whose call logs the user may read.")
    ]


class JournalNoteValue(Value):
    """A note, as the user reads it."""

    id: str
    version: int
    text: str
    public: Annotated[bool, msgspec.Meta(description="Read by everybody of the author's domain.")]
    created: datetime
    author: Annotated[str, msgspec.Meta(description="Name.")]
    mine: bool
    call: Annotated[str | None, msgspec.Meta(description="Line of a call log: its id.")]
    thread: Annotated[str | None, msgspec.Meta(description="Of that call.")]
    contact: str | None
    number: Annotated[str, msgspec.Meta(description="As it can be dialled; may be empty.")]
    display: str
    name: Annotated[str, msgspec.Meta(description="Whom it is about; may be empty.")]


class VoiceNoticeValue(Value):
    """Voice messages came for one of the user's telephones."""

    id: str
    device: Annotated[str, msgspec.Meta(description="Id.")]
    at: datetime
    heard: Annotated[datetime | None, msgspec.Meta(description="Since when none waits any more.")]


class NewsValue(Value):
    """What came into the journal since the user looked at it."""

    seen: datetime | None
    unread: Annotated[int, msgspec.Meta(description="Missed calls, messages and notes together.")]
    missed: int
    notes: Annotated[
        int, msgspec.Meta(description="Public notes of others about calls of the user.")
    ]
    messages: Annotated[
        list[VoiceNoticeValue],
        msgspec.Meta(description="The last ones, also those that were seen."),
    ]


def note_value(registry: Registry, seen: SeenNote) -> JournalNoteValue:
    note, domain = seen.note, registry.domains.get(seen.note.domain)
    shown = seen.number if domain is None else numbering.display_kept(seen.number, domain)
    return JournalNoteValue(
        id=note.id,
        version=note.version,
        text=note.text,
        public=note.public,
        created=note.created,
        author=seen.author,
        mine=seen.mine,
        call=note.call,
        thread=note.thread,
        contact=seen.contact,
        number=seen.number,
        display=shown,
        name=seen.name,
    )


def news_value(news: News) -> NewsValue:
    return NewsValue(
        seen=news.seen,
        unread=news.unread,
        missed=news.missed,
        notes=news.notes,
        messages=[
            VoiceNoticeValue(id=one.id, device=one.device_row, at=one.at, heard=one.heard)
            for one in news.messages
        ],
    )
