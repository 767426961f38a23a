"""Lists of contacts, how directories are synchronised, and how users are imported."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.directory.events import ContactListChanged, SynchronisationChanged
from tws.imports.events import UserImportRunChanged
from tws.organisation.actor import Actor, DirectoryId, UserId, UserImportId
from tws.organisation.events import DirectoryChanged, UserChanged, UserImportChanged
from tws.organisation.permission import IN_CALLER, uses
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.contacts import ListsValue
from tws.web.shown.known import Known
from tws.web.shown.runs import run_value
from tws.web.shown.user_imports import user_import_run


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.LISTS, id)] if uses(actor, *IN_CALLER) else []


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    directories = known.registry.directories.values()
    return [
        Scope(Kind.RUN, x.id)
        for x in directories
        if actor.manages(x.company) and x.built_in is None
    ] + [
        Scope(Kind.USER_IMPORT, x.id)
        for x in known.registry.user_imports.values()
        if actor.manages(x.company)
    ]


def _lists(known: Known, id: str) -> Values:
    if id not in known.registry.users:
        return {}
    return {"lists": ListsValue(changed=known.lists(UserId(id)))}


def _run(known: Known, id: str) -> Values:
    if (run := known.runs(DirectoryId(id))) is None or id not in known.registry.directories:
        return {}
    return {f"run/{id}": run_value(known.registry, run)}


def _import(known: Known, id: str) -> Values:
    run = known.imports(UserImportId(id))
    if run is None or id not in known.registry.user_imports:
        return {}
    return {f"import/{id}": user_import_run(known.registry, run, lines=False)}


CONTENT: Mapping[Kind, Content] = {
    Kind.LISTS: _lists,
    Kind.RUN: _run,
    Kind.USER_IMPORT: _import,
}


def follow(marks: Marks, bus: Bus) -> None:
    def directory_row(event: DirectoryChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.RUN, row.id)
        marks.doubt_administrators()

    def import_row(event: UserImportChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.USER_IMPORT, row.id)
        marks.doubt_administrators()

    def import_run(event: UserImportRunChanged) -> None:
        marks.mark(Kind.USER_IMPORT, event.run.user_import)

    def contact_list(event: ContactListChanged) -> None:
        for row in (event.before, event.after):
            if row is not None and row.public:
                marks.mark_company(Kind.LISTS, row.company)
            elif row is not None:
                marks.mark(Kind.LISTS, row.owner)

    def user_row(event: UserChanged) -> None:
        before, after = event.before, event.after
        if before is not None and (after is None or after.domain != before.domain):
            # the public ones come and go with their owners
            marks.mark_company(Kind.LISTS, before.company)

    bus.follow(ContactListChanged, contact_list)
    bus.follow(DirectoryChanged, directory_row)
    bus.follow(SynchronisationChanged, lambda event: marks.mark(Kind.RUN, event.run.directory))
    bus.follow(UserImportChanged, import_row)
    bus.follow(UserImportRunChanged, import_run)
    bus.follow(UserChanged, user_row)
