"""Imports of users (7.2). Where they are read from says the directory that each of them owns; how
they run is said in `tws.imports`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from tws.errors import Conflict, Invalid, missing
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId, GroupId, UserImportId
from tws.organisation.device_protocols import MEDIA_PROTOCOLS, PROTOCOLS, fitting, host
from tws.organisation.directories import MINUTES, Directories
from tws.organisation.grant import ObjectKind
from tws.organisation.granting import withdraw_all
from tws.organisation.kinds import DIRECTORY, USER_IMPORT
from tws.organisation.model import Directory, ImportMode, SyncSchedule, UserImport
from tws.organisation.part import Part, by_name, of_place
from tws.organisation.permission import Owned
from tws.organisation.registry import Registry
from tws.organisation.users import CULTURES
from tws.organisation.walls import CheckMapping
from tws.records.changing import create, present, remove, write
from tws.storage import Storage, Transaction, new_id

FIELDS = ("username", "identifier", "number", "custom0", "custom1")
"What an import says itself of the source's fields."
OF_CARDS: Mapping[str, str] = {"identifier": "identifier", "number": "work"}
"... of which the cards of its directory are made too: its field, theirs."
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class ImportFields(TypedDict, total=False):
    """What an administrator fills in besides the domain. The first are its directory's."""

    name: str
    connector: str
    settings: Mapping[str, object]
    mapping: Mapping[str, str]
    mode: ImportMode
    fields: Mapping[str, str]
    group: GroupId | None
    link: str | None
    protocol: str
    label: str
    video: bool
    sip_proxy: str
    one_number: bool
    media_protocol: str
    culture: str
    adapt: bool
    schedule: SyncSchedule
    minutes: int
    hour: str


OF_DIRECTORY = ("name", "connector", "settings", "mapping")


class UserImports(Part):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        directories: Directories,
        offers_users: Callable[[str], bool],
        check_mapping: CheckMapping,
    ) -> None:
        super().__init__(storage, registry)
        self._directories, self._offers_users = directories, offers_users
        self._check_mapping = check_mapping

    async def create_user_import(
        self, actor: Actor, *, domain: DomainId, **fields: Unpack[ImportFields]
    ) -> UserImport:
        """With its directory, into which nobody may look yet. Nothing is read yet."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        connector = fields.get("connector", "")
        self._refuse_without_users(connector)
        async with self._transaction() as tx:
            draft = UserImport(
                id=UserImportId(new_id()),
                version=1,
                company=place.company,
                domain=place.id,
                directory=DirectoryId(""),
                **_own(fields),
            )
            draft = self._checked(actor, draft, fields)
            directory = self._directories.new_directory(
                place,
                connector,
                fields.get("settings", {}),
                name=fields.get("name", ""),
                mapping=_with_own(fields.get("mapping", {}), {}, draft.fields),
            )
            row = replace(draft, directory=directory.id)
            await create(tx, actor, DIRECTORY, directory)
            await create(tx, actor, USER_IMPORT, row)
        return row

    async def update_user_import(
        self,
        actor: Actor,
        id: UserImportId,
        version: int,
        *,
        directory_version: int | None = None,
        **fields: Unpack[ImportFields],
    ) -> UserImport:
        """What is left out stays, as of directories; so do fields that `mapping` leaves out.
        `directory_version`: the one that was seen, of its directory."""
        self._managed(actor, self._registry.user_imports, id, "user import")
        if "connector" in fields:
            self._refuse_without_users(fields["connector"])
        async with self._transaction() as tx:
            before = await present(tx, USER_IMPORT, id, version)
            after = self._checked(actor, replace(before, **_own(fields)), fields)
            directory = await self._its_directory(tx, before, directory_version)
            await write(
                tx, actor, DIRECTORY, directory, self._changed(directory, before, after, fields)
            )
            after = await write(tx, actor, USER_IMPORT, before, after)
        return after

    def _changed(
        self, directory: Directory, before: UserImport, after: UserImport, fields: ImportFields
    ) -> Directory:
        mapping = {**directory.mapping, **fields.get("mapping", {})}
        return self._directories.changed_directory(
            directory,
            fields.get("connector"),
            fields.get("settings"),
            name=fields.get("name", directory.name),
            mapping=_with_own(mapping, before.fields, after.fields),
        )

    async def delete_user_import(self, actor: Actor, id: UserImportId, version: int) -> None:
        """Its directory goes with it, and who may look into that; its users stay."""
        self._managed(actor, self._registry.user_imports, id, "user import")
        async with self._transaction() as tx:
            row = await present(tx, USER_IMPORT, id, version)
            directory = await self._its_directory(tx, row, None)
            await remove(tx, actor, USER_IMPORT, row)
            await withdraw_all(tx, actor, directory.id, ObjectKind.DIRECTORY)
            await remove(tx, actor, DIRECTORY, directory)

    def list_user_imports(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[UserImport, ...]:
        """For administrators. By name."""
        found = of_place(self._registry.user_imports.values(), actor.manages, company, domain)
        return by_name(found, lambda row: self.directory_of(row).name)

    def get_user_import(self, actor: Actor, id: UserImportId) -> UserImport:
        """For administrators."""
        return self._managed(actor, self._registry.user_imports, id, "user import")

    def directory_of(self, row: UserImport) -> Directory:
        return self._registry.directories[row.directory]

    async def _its_directory(
        self, tx: Transaction, row: UserImport, version: int | None
    ) -> Directory:
        directory = await DIRECTORY.rows.find(tx, row.directory)
        if directory is None:
            raise missing("directory")
        if version not in (None, directory.version):
            raise Conflict(
                "It was changed meanwhile: look at it again, then repeat your change.",
                version=row.version,
            )
        return directory

    # ------------------------------------------------------------ what may stand in it

    def _checked(self, actor: Actor, row: UserImport, given: ImportFields) -> UserImport:
        words.one_of(row.protocol, "protocol", PROTOCOLS)
        words.one_of(row.media_protocol, "media_protocol", MEDIA_PROTOCOLS)
        row = replace(fitting(row, given), sip_proxy=host(row.sip_proxy, "sip_proxy"))
        words.one_of(row.culture, "culture", CULTURES)
        words.whole(row.minutes, "minutes", *MINUTES)
        if not _HOUR.fullmatch(row.hour):
            raise Invalid("a time of day looks like 03:00", field="hour", why="timeOfDay")
        if row.group is not None:
            group = self._managed(actor, self._registry.groups, row.group, "group", "group")
            _of_company(group, row, "group")
        if row.link is not None:
            link = self._managed(actor, self._registry.links, row.link, "link", "link")
            _of_company(link, row, "link")
        return replace(row, fields=self._fields(row), label=words.optional(row.label, "label"))

    def _fields(self, row: UserImport) -> dict[str, str]:
        for field in row.fields:
            if field not in FIELDS:
                raise Invalid("An import has no such field.", field=f"fields.{field}")
        given = {name: written for name, written in row.fields.items() if written.strip()}
        needed = ("username", "identifier", *(("number",) if row.link is not None else ()))
        for field in needed:
            if field not in given:
                raise Invalid("This field is needed.", field=f"fields.{field}", why="needed")
        # Checked under the names that cards have for such fields.
        names = {name: f"private{n}" for n, name in enumerate(FIELDS)}
        try:
            self._check_mapping({names[name]: written for name, written in given.items()})
        except Invalid as error:
            card = str(error.details.get("field"))
            field = next((name for name in FIELDS if names[name] == card), "")
            told = error.message.removeprefix(f"{card}: ")
            where = f"fields.{field}"
            raise Invalid(told, field=where, why=error.why, parameters=error.parameters) from error
        return {name: given[name].strip() for name in FIELDS if name in given}

    def _refuse_without_users(self, connector: str) -> None:
        if not self._offers_users(connector):
            raise Invalid("Users are not imported from there.", field="connector")


def _own(fields: ImportFields) -> dict[str, Any]:
    """Those that are not its directory's."""
    return {name: value for name, value in fields.items() if name not in OF_DIRECTORY}


def _of_company(row: Owned, of: UserImport, field: str) -> None:
    if row.company != of.company:
        raise missing(field, field)


def _with_own(
    mapping: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """A directory's mapping in step with the fields of its import, where it is not filled from
    elsewhere."""
    kept = dict(mapping)
    for own, card in OF_CARDS.items():
        if kept.get(card) in (None, before.get(own)):
            kept[card] = after.get(own, "")
    return {field: written for field, written in kept.items() if written}
