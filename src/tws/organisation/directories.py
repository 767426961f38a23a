"""Directories of a domain (8.1). Their settings belong to their connector, a window that nobody
here knows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from tws.errors import Conflict, Invalid, missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId
from tws.organisation.drafting import Form
from tws.organisation.drafts import DirectoryDraft
from tws.organisation.events import DirectorySynchronised
from tws.organisation.grant import ObjectKind
from tws.organisation.granting import withdraw_all
from tws.organisation.kinds import DIRECTORY
from tws.organisation.model import BuiltIn, Directory, DirectoryKind, Domain, SyncSchedule
from tws.organisation.part import Part, by_name, of_place, refuse_taken
from tws.organisation.registry import Registry
from tws.organisation.walls import CheckMapping, Connectors
from tws.records.changing import present, refuse_if_used, remove
from tws.records.sealing import Sealing
from tws.storage import Storage, new_id

PRIORITIES = (0, 10_000)
MINUTES = (1, 10_080)
"Between two synchronisations: up to a week."
LABELLED = tuple(f"private{n}" for n in range(10))
"Internal fields that a directory gives a name of its own (8.1)."
OF_BUILT_IN = frozenset({"name", "priority", "merge"})
"What may be changed of a built-in directory."
OF_CONTACTS = OF_BUILT_IN | {"mapping", "labels"}
"... of one in which people write contacts down."


class DirectoryFields(TypedDict, total=False):
    """What an administrator fills in besides the connector and its settings."""

    name: str
    kind: DirectoryKind
    priority: int
    mapping: Mapping[str, str]
    labels: Mapping[str, str]
    merge: bool
    schedule: SyncSchedule
    minutes: int


class Directories(Part):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sealing: Sealing,
        *,
        connectors: Connectors,
        check_mapping: CheckMapping,
    ) -> None:
        super().__init__(storage, registry)
        self._sealing, self._connectors, self._check_mapping = sealing, connectors, check_mapping

    async def create_directory(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        connector: str,
        settings: Mapping[str, object],
        **fields: Unpack[DirectoryFields],
    ) -> Directory:
        """Nobody may look into it yet: `create_grant` lets people in."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        return await self._create(
            actor, DIRECTORY, lambda: self.new_directory(place, connector, settings, **fields)
        )

    def new_directory(
        self,
        place: Domain,
        connector: str,
        settings: Mapping[str, object],
        **fields: Unpack[DirectoryFields],
    ) -> Directory:
        """One that may be written; Invalid and Conflict as of `create_directory`."""
        asked = {"name": "", "kind": DirectoryKind.PUBLIC, "priority": 1, **fields}
        new = Directory(
            id=DirectoryId(new_id()),
            version=1,
            company=place.company,
            domain=place.id,
            connector=connector,
            **asked,  # type: ignore[arg-type]
        )
        return self._checked_directory(None, new, settings)

    async def update_directory(
        self,
        actor: Actor,
        id: DirectoryId,
        version: int,
        *,
        connector: str | None = None,
        settings: Mapping[str, object] | None = None,
        **fields: Unpack[DirectoryFields],
    ) -> Directory:
        """What is left out stays; `settings` replaces all of them but the secrets that it leaves
        out, `mapping` and `labels` all of theirs.

        Another connector needs its own settings, secrets included. Of a built-in directory only
        `OF_BUILT_IN` can be changed, or `OF_CONTACTS`.
        """
        self._managed(actor, self._registry.directories, id, "directory")

        def change(before: Directory) -> Directory:
            return self.changed_directory(before, connector, settings, **fields)

        return await self._update(actor, DIRECTORY, id, version, change)

    def changed_directory(
        self,
        before: Directory,
        connector: str | None,
        settings: Mapping[str, object] | None,
        **fields: Unpack[DirectoryFields],
    ) -> Directory:
        """As `before` may become; Invalid and Conflict as of `update_directory`."""
        after = replace(before, **fields)
        if connector is not None:
            after = replace(after, connector=connector)
        if before.built_in is not None:
            _only_what_may_change(before, replace(after, settings=settings or {}))
        return self._checked_directory(before, after, settings)

    async def delete_directory(self, actor: Actor, id: DirectoryId, version: int) -> None:
        """Its grants go with it. Conflict for a built-in one, and for that of an import of
        users."""
        self._managed(actor, self._registry.directories, id, "directory")
        async with self._transaction() as tx:
            directory = await present(tx, DIRECTORY, id, version)
            if directory.built_in is not None:
                raise Conflict(f"{directory.name} is part of TWS: it cannot be deleted.")
            uses = {"user_imports": store.user_import.c.directory}
            await refuse_if_used(tx, directory.name, id, uses)
            await withdraw_all(tx, actor, id, ObjectKind.DIRECTORY)
            await remove(tx, actor, DIRECTORY, directory)

    def list_directories(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[Directory, ...]:
        """For administrators: settings say where other people's servers are."""
        found = of_place(self._registry.directories.values(), actor.manages, company, domain)
        return by_name(found, lambda directory: directory.name)

    def get_directory(self, actor: Actor, id: DirectoryId) -> Directory:
        """For administrators: settings say where other people's servers are."""
        return self._managed(actor, self._registry.directories, id, "directory")

    def draft_directory(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        connector: str,
        settings: Mapping[str, object],
        directory: DirectoryId | None = None,
        kind: DirectoryKind = DirectoryKind.PUBLIC,
        mapping: Mapping[str, str] | None = None,
    ) -> DirectoryDraft:
        """What a form would make of `directory`, or of a new one; checked as when it is stored.
        Secrets that are left out are the stored ones, but at the stored address only."""
        begun = self._begun(
            actor,
            domain,
            self._registry.directories,
            directory,
            "directory",
            "directory",
            lambda row: row.connector == connector,
        )
        row = Directory(
            id=begun.before.id if begun.before is not None else DirectoryId(new_id()),
            version=1,
            company=begun.place.company,
            domain=begun.place.id,
            name="",
            kind=kind,
            connector=connector,
            priority=1,
            mapping=self._checked_mapping(mapping or {}),
        )
        self._kind_is_offered(row)
        form = Form.of(self._connectors, connector)
        drafted = form.drafted(self._sealing, begun.known, settings)
        return DirectoryDraft(directory=row, settings=drafted)

    def opened_settings(self, directory: Directory) -> Mapping[str, object]:
        """With its secrets, for its connector alone. Invalid with words where one is lost, or the
        connector cannot be used."""
        secret = frozenset(self._connectors.secret_fields(directory.connector))
        return self._sealing.opened(directory, secret)

    async def directory_synchronised(self, id: DirectoryId, at: datetime) -> None:
        """A synchronisation ended at that moment."""
        async with self._transaction() as tx:
            if not await store.synchronised(tx, id, at):
                raise missing("directory")
            tx.publish(DirectorySynchronised(id, at))

    # ------------------------------------------------------------ what may stand in it

    def _checked_directory(
        self, before: Directory | None, row: Directory, settings: Mapping[str, object] | None
    ) -> Directory:
        """`settings`: those asked for; None = as they are."""
        words.whole(row.priority, "priority", *PRIORITIES)
        words.whole(row.minutes, "minutes", *MINUTES)
        row = replace(row, name=words.name(row.name))
        if row.built_in is None:
            row = self._checked_source(before, row, settings)
        elif before is None or before.built_in is None:
            raise Invalid("Every domain has this directory already.", field="connector")
        elif row.built_in is not BuiltIn.USERS:
            row = replace(
                row,
                mapping=_of_vcards(self._checked_mapping(row.mapping)),
                labels=checked_labels(row.labels),
            )
        self._directory_name_is_free(row)
        return row

    def _checked_source(
        self, before: Directory | None, row: Directory, settings: Mapping[str, object] | None
    ) -> Directory:
        """Of a directory that is read from elsewhere."""
        if before is not None and before.connector != row.connector:
            before = None
        if before is None or before.kind is not row.kind:
            self._kind_is_offered(row)
        if before is None or settings is not None:
            form = Form.of(self._connectors, row.connector)
            stored = form.stored(self._sealing, before, row, settings or {})
            row = replace(row, settings=stored)
        if before is None or before.mapping != row.mapping:
            row = replace(row, mapping=self._checked_mapping(row.mapping))
        return replace(row, labels=checked_labels(row.labels))

    def _kind_is_offered(self, row: Directory) -> None:
        offered = self._connectors.kinds(row.connector)
        if row.kind is not DirectoryKind.DISABLED and row.kind not in offered:
            kinds = " or ".join(sorted(kind.value for kind in offered))
            raise Invalid(f"A directory of this connector is {kinds}.", field="kind")

    def _checked_mapping(self, mapping: Mapping[str, str]) -> Mapping[str, str]:
        try:
            return dict(self._check_mapping(mapping))
        except Invalid as error:
            field = error.details.get("field")
            where = "mapping" if field is None else f"mapping.{field}"
            raise Invalid(
                error.message, field=where, why=error.why, parameters=error.parameters
            ) from error

    def _directory_name_is_free(self, directory: Directory) -> None:
        beside = self._registry.directories_of(directory.domain)
        refuse_taken(directory, beside, "A directory named {name} exists already.")


def checked_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Without those left empty; no two fields are called the same. Invalid names the field."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for field, label in labels.items():
        where = f"labels.{field}"
        if field not in LABELLED:
            raise Invalid(f"No such field: {field}. There are private0 to private9.", field=where)
        text = words.optional(label, where)
        if text and words.fold(text) in taken:
            raise Invalid(
                f"Two fields are called {text}.",
                field=where,
                why="nameTaken",
                parameters={"name": text},
            )
        if text:
            found[field] = text
            taken.add(words.fold(text))
    return {field: found[field] for field in LABELLED if field in found}


def _of_vcards(mapping: Mapping[str, str]) -> Mapping[str, str]:
    """Which properties of vCards the private fields hold; a postal address is the only option."""
    for field, written in mapping.items():
        if field not in LABELLED:
            raise Invalid("Only private fields are mapped here.", field=f"mapping.{field}")
        if written.partition("|")[2].strip() not in ("", "a"):
            raise Invalid("Option a is the only one here.", field=f"mapping.{field}")
    return mapping


def _only_what_may_change(before: Directory, asked: Directory) -> None:
    allowed = OF_BUILT_IN if before.built_in is BuiltIn.USERS else OF_CONTACTS
    for field in ("kind", "connector", "settings", "mapping", "labels", "schedule", "minutes"):
        if field not in allowed and getattr(asked, field) != getattr(before, field):
            raise Invalid(
                "This directory is part of TWS: its name, its priority, whether it is merged and"
                " its private fields can be changed.",
                field=field,
            )
