"""Rows as they stand in the file."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from tws.organisation.actor import CompanyId, DirectoryId, DomainId
from tws.organisation.grant import Grant, GranteeKind, ObjectKind
from tws.organisation.model import (
    CollaborationSource,
    Directory,
    Domain,
    Group,
    Link,
    ParameterValue,
    UserImport,
)
from tws.organisation.parameters.catalogue import parameter as named
from tws.organisation.parameters.parameter import ValueKind
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup, Queue, SharedDevice
from tws.storage.secrets import is_sealed
from tws.templates.file import (
    FORMAT,
    SCHEMA,
    CollaborationItem,
    DirectoryItem,
    DomainItem,
    GrantItem,
    GroupItem,
    IntercomGroupItem,
    LinkItem,
    ParameterItem,
    QueueItem,
    Ref,
    Template,
    UserImportItem,
)

Row = TypeVar("Row")


class Taking:
    def __init__(self, registry: Registry) -> None:
        self._known = registry

    def template(self, company: CompanyId, domain: DomainId | None) -> Template:
        """Of one domain: what is in it, and what of it is granted within it."""
        known = self._known

        def here(rows: Mapping[Any, Row], name: Callable[[Row], str]) -> list[Row]:
            found = (row for row in rows.values() if getattr(row, "company", None) == company)
            place = "id" if rows is known.domains else "domain"
            chosen = [row for row in found if domain in (None, getattr(row, place))]
            return sorted(chosen, key=lambda row: (name(row).casefold(), name(row)))

        owned = {row.directory for row in known.user_imports.values()}
        directories = here(known.directories, lambda row: row.name)
        return Template(
            format=FORMAT,
            schema=SCHEMA,
            domains=[self.domain(row) for row in here(known.domains, lambda row: row.name)],
            groups=[self.group(row) for row in here(known.groups, lambda row: row.name)],
            links=[self.link(row) for row in here(known.links, lambda row: row.name)],
            queues=[self.queue(row) for row in here(known.queues, lambda row: row.name)],
            intercom_groups=[
                self.intercom_group(row)
                for row in here(known.intercom_groups, lambda row: row.name)
            ],
            directories=[
                self.directory(row)
                for row in directories
                if row.built_in is None and row.id not in owned
            ],
            user_imports=[
                self.user_import(row)
                for row in here(
                    known.user_imports, lambda row: known.directories[row.directory].name
                )
            ],
            collaboration=[
                self.collaboration(row)
                for row in here(known.collaboration_sources, lambda row: row.name)
            ],
            parameters=self._parameters(company, domain),
            grants=self._grants(company, domain),
        )

    def domain(self, row: Domain) -> DomainItem:
        return msgspec.convert(row, DomainItem, from_attributes=True)

    def group(self, row: Group) -> GroupItem:
        return GroupItem(domain=self._place(row.domain), name=row.name, rank=row.rank)

    def link(self, row: Link) -> LinkItem:
        return LinkItem(
            domain=self._place(row.domain),
            name=row.name,
            dialect=row.dialect,
            capacity=row.capacity,
            enabled=row.enabled,
            **_settings(row.settings),
        )

    def queue(self, row: Queue) -> QueueItem:
        return QueueItem(**self._shared_device(row))

    def intercom_group(self, row: IntercomGroup) -> IntercomGroupItem:
        return IntercomGroupItem(
            count=row.count, supervised=row.supervised, **self._shared_device(row)
        )

    def _shared_device(self, row: SharedDevice) -> dict[str, Any]:
        link = None if row.link is None else self._known.links.get(row.link)
        return {
            "domain": self._place(row.domain),
            "name": row.name,
            "link": None if link is None else self.ref(link),
            "number": row.number,
            "protocol": row.protocol,
            "media_protocol": row.media_protocol,
            "lines": row.lines,
            "secrets": ["password"] if row.password_set else [],
        }

    def directory(self, row: Directory) -> DirectoryItem:
        return DirectoryItem(
            domain=self._place(row.domain),
            name=row.name,
            connector=row.connector,
            kind=row.kind,
            priority=row.priority,
            mapping=dict(row.mapping),
            labels=dict(row.labels),
            merge=row.merge,
            schedule=row.schedule,
            minutes=row.minutes,
            **_settings(row.settings),
        )

    def user_import(self, row: UserImport) -> UserImportItem:
        directory = self._known.directories[row.directory]
        group = None if row.group is None else self._known.groups.get(row.group)
        link = None if row.link is None else self._known.links.get(row.link)
        return UserImportItem(
            domain=self._place(row.domain),
            name=directory.name,
            connector=directory.connector,
            mapping=dict(directory.mapping),
            mode=row.mode,
            fields=dict(row.fields),
            group=None if group is None else self.ref(group),
            link=None if link is None else self.ref(link),
            protocol=row.protocol,
            label=row.label,
            culture=row.culture,
            adapt=row.adapt,
            schedule=row.schedule,
            minutes=row.minutes,
            hour=row.hour,
            **_settings(directory.settings),
        )

    def collaboration(self, row: CollaborationSource) -> CollaborationItem:
        return CollaborationItem(
            domain=self._place(row.domain),
            name=row.name,
            connector=row.connector,
            enabled=row.enabled,
            **_settings(row.settings),
        )

    def ref(self, row: Group | Link | Directory | SharedDevice) -> Ref:
        return Ref(domain=self._place(row.domain), name=row.name)

    def _parameters(self, company: CompanyId, domain: DomainId | None) -> list[ParameterItem]:
        values = self._known.parameter_values.values()
        mine = sorted(
            (v for v in values if v.company == company), key=lambda v: (v.parameter, v.id)
        )
        return [self.parameter(value) for value in mine if self._is_in(value, domain)]

    def _is_in(self, value: ParameterValue, domain: DomainId | None) -> bool:
        if value.user is not None:
            return False
        if domain is None or value.domain == domain:
            return True
        group = None if value.group is None else self._known.groups.get(value.group)
        return group is not None and group.domain == domain

    def parameter(self, row: ParameterValue) -> ParameterItem:
        group = None if row.group is None else self._known.groups[row.group]
        return ParameterItem(
            parameter=row.parameter,
            domain=None if row.domain is None else self._place(row.domain),
            group=None if group is None else self.ref(group),
            value=UNSET if named(row.parameter).kind is ValueKind.SECRET else row.value,
        )

    def _grants(self, company: CompanyId, domain: DomainId | None) -> list[GrantItem]:
        found = []
        for grant in sorted(self._known.grants.values(), key=lambda grant: grant.id):
            item = self.grant(grant) if grant.company == company else None
            if item is None:
                continue
            name = None if domain is None else self._place(domain)
            places = {ref.domain for ref in (item.object, item.grantee) if isinstance(ref, Ref)}
            if name is None or places == {name}:
                found.append(item)
        return found

    def grant(self, grant: Grant) -> GrantItem | None:
        """None where it is of a user, or of what else is not in the file; and of TWS's own
        directories to domains, which they have from their beginning."""
        own = self._known.directories.get(DirectoryId(grant.object))
        if own is not None and own.built_in and grant.grantee_kind is GranteeKind.DOMAIN:
            return None
        object: str | Ref | None = grant.object
        if grant.object_kind is not ObjectKind.APPLICATION:
            object = self._ref(grant.object_kind, grant.object)
        grantee = self._ref(grant.grantee_kind, grant.grantee)
        if object is None or grantee is None:
            return None
        return GrantItem(
            kind=grant.kind,
            object_kind=grant.object_kind,
            object=object,
            grantee_kind=grant.grantee_kind,
            grantee=grantee,
        )

    def _ref(self, kind: str, id: str) -> Ref | None:
        if kind == GranteeKind.DOMAIN:
            name = self._place(DomainId(id))
            return Ref(domain=name, name=name)
        rows: Mapping[str, Mapping[Any, Group | Directory | SharedDevice]] = {
            "group": self._known.groups,
            "directory": self._known.directories,
            "queue": self._known.queues,
            "intercomGroup": self._known.intercom_groups,
        }
        row = rows.get(kind, {}).get(id)
        return None if row is None else self.ref(row)

    def _place(self, id: DomainId) -> str:
        return self._known.domains[id].name


def _settings(stored: Mapping[str, object]) -> dict[str, Any]:
    secret = sorted(name for name, value in stored.items() if is_sealed(value))
    plain = {name: value for name, value in stored.items() if name not in secret}
    return {"settings": plain, "secrets": secret}
