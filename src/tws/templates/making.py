"""Rows of the file made in a company, one after the other, by the operations that people have:
each is checked, is a transaction of its own, and has its line in the audit log. In a dry run
nothing is written."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import UNSET

from tws.errors import ServiceError, Unavailable, invalid
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.domains import new_domain
from tws.organisation.model import (
    DialRule,
    Domain,
    GranteeKind,
    GrantKind,
    NumberExample,
    ObjectKind,
)
from tws.organisation.parameters.catalogue import parameter as named
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.organisation.words import fold
from tws.sentences import Parameter, sentence
from tws.templates.file import (
    CollaborationItem,
    DirectoryItem,
    DomainItem,
    GrantItem,
    GroupItem,
    Item,
    LinkItem,
    ParameterItem,
    Ref,
    Template,
    UserImportItem,
    WithSettings,
)
from tws.templates.model import Done, ImportOutcome, RowKind, Walls
from tws.templates.taking import Taking

Act = Callable[[], Awaitable[object]]
NOT_YET = ""
"Id of a row that a dry run would have made."


class Making:
    def __init__(
        self,
        organisation: OrganisationService,
        registry: Registry,
        *,
        walls: Walls,
        actor: Actor,
        company: CompanyId,
        into: Domain | None,
        overwrite: bool,
        dry: bool,
    ) -> None:
        """`into`: the domain that the file's only one is put into."""
        self._organisation, self._known, self._walls = organisation, registry, walls
        self._actor, self._company, self._into = actor, company, into
        self._overwrite, self._dry = overwrite, dry
        self._taking = Taking(registry)
        self._planned: set[tuple[RowKind, str, str]] = set()
        self.done: list[Done] = []

    async def make(self, template: Template) -> None:
        for domain in template.domains:
            await self._domain(domain)
        for group in template.groups:
            await self._group(group)
        for link in template.links:
            await self._link(link)
        for directory in template.directories:
            await self._directory(directory)
        for source in template.user_imports:
            await self._user_import(source)
        for calendars in template.collaboration:
            await self._collaboration(calendars)
        for value in template.parameters:
            await self._parameter(value)
        for grant in template.grants:
            await self._grant(grant)

    # ------------------------------------------------------------------ one row

    async def _one(
        self,
        kind: RowKind,
        name: str,
        domain: str,
        *,
        same: bool | None,
        act: Act,
        check: Callable[[], object] = lambda: None,
        secrets: tuple[str, ...] = (),
    ) -> None:
        """`same`: None = it is not there."""
        said = None
        if same is None:
            outcome = ImportOutcome.CREATED
        elif same:
            outcome = ImportOutcome.SAME
        else:
            outcome = ImportOutcome.CHANGED if self._overwrite else ImportOutcome.KEPT
        writes = outcome in (ImportOutcome.CREATED, ImportOutcome.CHANGED)
        try:
            if writes:
                check()
            if writes and not self._dry:
                await act()
        except Unavailable:
            raise
        except ServiceError as error:
            outcome, said = ImportOutcome.REFUSED, error.said
        if outcome is ImportOutcome.CREATED:
            self._planned.add((kind, fold(domain), fold(name)))
        self.done.append(
            Done(
                kind=kind,
                name=name,
                domain=domain,
                outcome=outcome,
                said=said,
                secrets=secrets if outcome is ImportOutcome.CREATED else (),
            )
        )

    def _place(self, name: str) -> str:
        """Id of the domain of that name."""
        if self._into is not None:
            return self._into.id
        for row in self._known.domains.values():
            if row.company == self._company and fold(row.name) == fold(name):
                return row.id
        if self._dry and (RowKind.DOMAIN, "", fold(name)) in self._planned:
            return NOT_YET
        raise invalid(sentence("There is no domain {name}.", name=name))

    def _there(self, rows: Any, domain: str, name: str) -> Any:
        """The row of that name in the domain, or None."""
        try:
            place = self._place(domain)
        except ServiceError:
            return None
        for row in rows.values():
            if row.domain == place and fold(row.name) == fold(name):
                return row
        return None

    def _id(self, kind: RowKind, ref: Ref) -> str:
        rows: dict[RowKind, Any] = {
            RowKind.GROUP: self._known.groups,
            RowKind.LINK: self._known.links,
            RowKind.DIRECTORY: self._known.directories,
        }
        row = self._there(rows[kind], ref.domain, ref.name)
        if row is not None:
            return str(row.id)
        place = fold(self._name(ref.domain))
        own = self._dry and kind is RowKind.DIRECTORY and self._place(ref.domain) == NOT_YET
        if own or (self._dry and (kind, place, fold(ref.name)) in self._planned):
            return NOT_YET
        there: dict[str, Parameter] = {"name": ref.name, "domain": ref.domain}
        said = {
            RowKind.GROUP: sentence("There is no group {name} in {domain}.", **there),
            RowKind.LINK: sentence("There is no link {name} in {domain}.", **there),
            RowKind.DIRECTORY: sentence("There is no directory {name} in {domain}.", **there),
        }
        raise invalid(said[kind])

    def _name(self, domain: str) -> str:
        return domain if self._into is None else self._into.name

    # ------------------------------------------------------------------ kinds of rows

    async def _domain(self, item: DomainItem) -> None:
        fields: Any = {name: getattr(item, name) for name in item.__struct_fields__}
        fields["number_examples"] = _rows(item.number_examples, NumberExample)
        fields["incoming_rules"] = _rows(item.incoming_rules, DialRule)
        if item.outgoing_rules is not None:
            fields["outgoing_rules"] = _rows(item.outgoing_rules, DialRule)
        row = self._into
        if row is not None:
            fields["name"] = row.name
        else:
            named_so = (d for d in self._known.domains.values() if d.company == self._company)
            row = next((d for d in named_so if fold(d.name) == fold(item.name)), None)

        async def act() -> object:
            domains = self._organisation.domains
            if row is None:
                return await domains.create_domain(self._actor, company=self._company, **fields)
            return await domains.update_domain(self._actor, row.id, row.version, **fields)

        now = None if row is None else msgspec.structs.replace(self._taking.domain(row), name="")
        await self._one(
            RowKind.DOMAIN,
            fields["name"],
            "",
            same=None if now is None else now == msgspec.structs.replace(item, name=""),
            check=lambda: self._walls.check_plan(new_domain(self._company, **fields)),
            act=act,
        )

    async def _group(self, item: GroupItem) -> None:
        row = self._there(self._known.groups, item.domain, item.name)
        groups = self._organisation.groups

        async def act() -> object:
            if row is None:
                place: Any = self._place(item.domain)
                return await groups.create_group(
                    self._actor, domain=place, name=item.name, rank=item.rank
                )
            return await groups.update_group(self._actor, row.id, row.version, rank=item.rank)

        await self._one(
            RowKind.GROUP,
            item.name,
            self._name(item.domain),
            same=None if row is None else row.rank == item.rank,
            check=lambda: self._place(item.domain),
            act=act,
        )

    async def _with_settings(
        self,
        kind: RowKind,
        item: WithSettings,
        rows: Any,
        take: Callable[[Any], WithSettings],
        check: Callable[[dict[str, Any]], object],
        create: Callable[[dict[str, Any]], Awaitable[object]],
        update: Callable[[Any], Awaitable[object]],
    ) -> None:
        """A secret that is to be filled in is empty until then."""
        row = self._there(rows, item.domain, item.name)
        settings = {**item.settings, **dict.fromkeys(item.secrets, "")}

        async def act() -> object:
            return await (create(settings) if row is None else update(row))

        def checked() -> None:
            self._place(item.domain)
            check(settings)

        await self._one(
            kind,
            item.name,
            self._name(item.domain),
            same=None if row is None else _like(take(row), item),
            check=checked,
            act=act,
            secrets=tuple(item.secrets),
        )

    async def _link(self, item: LinkItem) -> None:
        links = self._organisation.links
        fields: dict[str, Any] = {"dialect": item.dialect, "capacity": item.capacity}
        await self._with_settings(
            RowKind.LINK,
            item,
            self._known.links,
            self._taking.link,
            lambda settings: self._walls.links(item.dialect, settings),
            lambda settings: links.create_link(
                self._actor,
                domain=self._place(item.domain),  # type: ignore[arg-type]
                name=item.name,
                settings=settings,
                enabled=item.enabled and not item.secrets,
                **fields,
            ),
            lambda row: links.update_link(
                self._actor, row.id, row.version, settings=item.settings, **fields
            ),
        )

    async def _directory(self, item: DirectoryItem) -> None:
        directories = self._organisation.directories
        names = ("connector", "kind", "priority", "mapping", "labels", "merge", "minutes")
        fields: dict[str, Any] = {name: getattr(item, name) for name in names}
        await self._with_settings(
            RowKind.DIRECTORY,
            item,
            self._known.directories,
            self._taking.directory,
            lambda settings: self._walls.directories(item.connector, settings),
            lambda settings: directories.create_directory(
                self._actor,
                domain=self._place(item.domain),  # type: ignore[arg-type]
                name=item.name,
                settings=settings,
                **fields,
                **_scheduled(item),
            ),
            lambda row: directories.update_directory(
                self._actor,
                row.id,
                row.version,
                settings=item.settings,
                **fields,
                **_scheduled(item),
            ),
        )

    async def _user_import(self, item: UserImportItem) -> None:
        imports = self._organisation.user_imports
        names = ("name", "connector", "mapping", "mode", "fields", "protocol", "label")
        fields: dict[str, Any] = {
            name: getattr(item, name) for name in (*names, "culture", "adapt", "minutes", "hour")
        }

        def check(settings: dict[str, Any]) -> None:
            self._walls.directories(item.connector, settings)
            refs()

        def refs() -> dict[str, Any]:
            return {
                "group": item.group and self._id(RowKind.GROUP, item.group),
                "link": item.link and self._id(RowKind.LINK, item.link),
            }

        rows = {
            row.id: _Named(row, self._known.directories[row.directory].name)
            for row in self._known.user_imports.values()
        }
        await self._with_settings(
            RowKind.USER_IMPORT,
            item,
            rows,
            lambda found: self._taking.user_import(found.row),
            check,
            lambda settings: imports.create_user_import(
                self._actor,
                domain=self._place(item.domain),  # type: ignore[arg-type]
                settings=settings,
                **fields,
                **refs(),
                **_scheduled(item),
            ),
            lambda found: imports.update_user_import(
                self._actor,
                found.row.id,
                found.row.version,
                settings=item.settings,
                **fields,
                **refs(),
                **_scheduled(item),
            ),
        )

    async def _collaboration(self, item: CollaborationItem) -> None:
        sources = self._organisation.collaboration
        await self._with_settings(
            RowKind.COLLABORATION,
            item,
            self._known.collaboration_sources,
            self._taking.collaboration,
            lambda settings: self._walls.calendars(item.connector, settings),
            lambda settings: sources.create_collaboration_source(
                self._actor,
                domain=self._place(item.domain),  # type: ignore[arg-type]
                name=item.name,
                connector=item.connector,
                settings=settings,
                enabled=item.enabled and not item.secrets,
            ),
            lambda row: sources.update_collaboration_source(
                self._actor,
                row.id,
                row.version,
                connector=item.connector,
                settings=item.settings,
            ),
        )

    async def _parameter(self, item: ParameterItem) -> None:
        where = item.group.domain if item.group else item.domain
        if where is None and self._into is not None:
            return  # of the other company as a whole
        holder, id = self._holder(item)
        row = self._known.parameter_value(item.parameter, id) if id else None
        secret = item.value is UNSET

        def check() -> None:
            if item.group is not None:
                self._id(RowKind.GROUP, item.group)
            elif item.domain is not None:
                self._place(item.domain)
            named(item.parameter).checked(item.value)  # type: ignore[arg-type]

        async def act() -> object:
            version = None if row is None else row.version
            return await self._organisation.parameters.set_parameter(
                self._actor,
                parameter=item.parameter,
                value=item.value,  # type: ignore[arg-type]
                version=version,
                **{holder: self._holder(item)[1]},  # type: ignore[arg-type]
            )

        named_so = f"{item.parameter} ({item.group.name})" if item.group else item.parameter
        place = "" if where is None else self._name(where)
        if secret and row is None:
            said = sentence("A secret is not in the file: set it afterwards.")
            self.done.append(
                Done(
                    kind=RowKind.PARAMETER,
                    name=named_so,
                    domain=place,
                    outcome=ImportOutcome.REFUSED,
                    said=said,
                    secrets=(item.parameter,),
                )
            )
            return
        same = None if row is None else secret or row.value == item.value
        await self._one(RowKind.PARAMETER, named_so, place, same=same, check=check, act=act)

    def _holder(self, item: ParameterItem) -> tuple[str, str]:
        """At which level, and whose id; empty where that is not there."""
        try:
            if item.group is not None:
                return "group", self._id(RowKind.GROUP, item.group)
            if item.domain is not None:
                return "domain", self._place(item.domain)
        except ServiceError:
            return "domain", NOT_YET
        return "company", self._company

    async def _grant(self, item: GrantItem) -> None:
        def sides() -> tuple[str, str]:
            of = item.object
            if isinstance(of, Ref):
                kind = RowKind.GROUP if item.object_kind is ObjectKind.GROUP else RowKind.DIRECTORY
                of = self._id(kind, of)
            if item.grantee_kind is GranteeKind.DOMAIN:
                return of, self._place(item.grantee.name)
            return of, self._id(RowKind.GROUP, item.grantee)

        async def act() -> object:
            object, grantee = sides()
            return await self._organisation.grants.create_grant(
                self._actor,
                kind=item.kind,
                object_kind=item.object_kind,
                object=object,
                grantee_kind=item.grantee_kind,
                grantee=grantee,
            )

        what = item.object.name if isinstance(item.object, Ref) else item.object
        to = self._name(item.grantee.domain)
        to = to if item.grantee_kind is GranteeKind.DOMAIN else item.grantee.name
        await self._one(
            RowKind.GRANT,
            f"{what} → {to}",
            self._name(item.grantee.domain),
            same=self._granted(item.kind, sides),
            check=sides,
            act=act,
        )

    def _granted(self, kind: GrantKind, sides: Callable[[], tuple[str, str]]) -> bool | None:
        try:
            object, grantee = sides()
        except ServiceError:
            return None
        return True if self._known.granted.exactly(kind, object, grantee) else None


def _rows(items: tuple[Item, ...], of: type[Any]) -> tuple[Any, ...]:
    return tuple(msgspec.convert(item, of, from_attributes=True) for item in items)


class _Named:
    """A row under the name of another."""

    def __init__(self, row: Any, name: str) -> None:
        self.row, self.name, self.domain, self.id = row, name, row.domain, row.id


def _scheduled(item: DirectoryItem | UserImportItem) -> dict[str, Any]:
    """What waits for a secret is not read by itself until it has it, and somebody says so."""
    return {} if item.secrets else {"schedule": item.schedule}


def _like(now: WithSettings, item: WithSettings) -> bool:
    """But for where they are, for what is secret, and where something is secret for what was left
    off until that was filled in."""
    return _plain(now, item.secrets) == _plain(item, item.secrets)


def _plain(item: WithSettings, secrets: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(item, name) for name in item.__struct_fields__}
    for name in ("domain", "name", "secrets", *(("enabled", "schedule") if secrets else ())):
        found.pop(name, None)
    for name in ("group", "link"):
        if isinstance(ref := found.get(name), Ref):
            found[name] = fold(ref.name)
    found["settings"] = {k: v for k, v in item.settings.items() if k not in secrets}
    return found
