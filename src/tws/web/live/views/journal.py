"""The event journal: a moment for each call that is over, whose other logs one may read, and that
something else in it is new."""

from collections.abc import Iterable, Mapping, Sequence

from tws.bus import Bus
from tws.journal.events import JournalSeen, LogChanged, VoiceNoticed
from tws.journal.note import NoteChanged
from tws.organisation.actor import Actor, DomainId, UserId
from tws.organisation.events import GrantChanged, GroupChanged, UserChanged
from tws.organisation.grant import GrantKind
from tws.organisation.permission import IN_CALLER, uses
from tws.web.live.frames import LogMoment, OtherLogMoment
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.journal import JournalValue, LogOwnerValue
from tws.web.shown.known import Known
from tws.web.shown.log_entries import log_entry


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.JOURNAL, id)] if uses(actor, *IN_CALLER) else []


def of_administrator(known: Known, actor: Actor) -> Sequence[Scope]:
    return ()


def _journal(known: Known, id: str) -> Values:
    user = UserId(id)
    if user not in known.registry.users:
        return {}
    logs = [LogOwnerValue(id=row.id, name=row.display_name) for row in known.logs.read_by(user)]
    return {"journal": JournalValue(changed=known.journal(user), logs=logs)}


CONTENT: Mapping[Kind, Content] = {Kind.JOURNAL: _journal}


def follow(marks: Marks, bus: Bus) -> None:
    known = marks.known

    def log_changed(event: LogChanged) -> None:
        marks.moment(event.user, LogMoment(entry=log_entry(known.registry, event.entry)))
        for reader in known.logs.readers(event.user):
            marks.moment(reader, OtherLogMoment(user=event.user))

    def note(event: NoteChanged) -> None:
        for one in (event.before, event.after):
            if one is None:
                continue
            marks.mark(Kind.JOURNAL, one.author)
            if one.public:
                read_in(one.domain)

    def read_in(domain: DomainId) -> None:
        marks.mark_users(Kind.JOURNAL, lambda user: user.domain == domain)

    def grant(event: GrantChanged) -> None:
        row = event.after or event.before
        if row is not None and row.kind is GrantKind.CALL_LOG:
            mark(known.registry.granted.users(row))

    def group(event: GroupChanged) -> None:
        """Of whom it is: they read more logs or fewer, and theirs are read by others."""
        mark(event.concerned)
        granted = known.registry.granted
        if (row := event.after or event.before) is not None:
            for given in granted.of(GrantKind.CALL_LOG, row.id):
                mark(granted.users(given))

    def user(event: UserChanged) -> None:
        before, after = event.before, event.after
        if before is None or after is None:
            if (row := after or before) is not None:
                marks.mark_company(Kind.JOURNAL, row.company)
            return
        marks.mark(Kind.JOURNAL, after.id)  # of another domain he reads other notes
        if before.display_name != after.display_name:
            mark(known.logs.readers(after.id))

    def mark(users: Iterable[UserId]) -> None:
        for one in users:
            marks.mark(Kind.JOURNAL, one)

    bus.follow(LogChanged, log_changed)
    bus.follow(NoteChanged, note)
    bus.follow(JournalSeen, lambda event: marks.mark(Kind.JOURNAL, event.user))
    bus.follow(VoiceNoticed, lambda event: marks.mark(Kind.JOURNAL, event.user))
    bus.follow(GrantChanged, grant)
    bus.follow(GroupChanged, group)
    bus.follow(UserChanged, user)
