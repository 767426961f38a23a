"""Rows of the file made in a company, one after the other, by the operations that people have:
each is checked, is a transaction of its own, and has its line in the audit log. In a dry run
nothing is written."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from tws.errors import ServiceError
from tws.organisation.domains import new_domain
from tws.organisation.grant import GranteeKind, GrantKind
from tws.organisation.model import DialRule, NumberExample
from tws.organisation.parameters.catalogue import parameter as named
from tws.organisation.words import fold
from tws.sentences import sentence
from tws.templates.file import (
    DomainItem,
    GrantItem,
    GroupItem,
    Item,
    ParameterItem,
    Ref,
    Template,
)
from tws.templates.model import RowKind
from tws.templates.rows import NOT_YET, Rows
from tws.templates.shared_devices import MakingSharedDevices
from tws.templates.with_settings import MakingWithSettings

NAMED = {
    kind.value: kind
    for kind in (RowKind.GROUP, RowKind.DIRECTORY, RowKind.QUEUE, RowKind.INTERCOM_GROUP)
}
"Objects and grantees that a file names."


class Making:
    def __init__(self, rows: Rows) -> None:
        self._rows, self._with_settings = rows, MakingWithSettings(rows)
        self._shared_devices = MakingSharedDevices(rows)

    async def make(self, template: Template) -> None:
        for domain in template.domains:
            await self._domain(domain)
        for group in template.groups:
            await self._group(group)
        for link in template.links:
            await self._with_settings.link(link)
        for queue in template.queues:
            await self._shared_devices.queue(queue)
        for intercom in template.intercom_groups:
            await self._shared_devices.intercom_group(intercom)
        for directory in template.directories:
            await self._with_settings.directory(directory)
        for source in template.user_imports:
            await self._with_settings.user_import(source)
        for calendars in template.collaboration:
            await self._with_settings.collaboration(calendars)
        for value in template.parameters:
            await self._parameter(value)
        for grant in template.grants:
            await self._grant(grant)

    # ------------------------------------------------------------------ kinds of rows

    async def _domain(self, item: DomainItem) -> None:
        rows = self._rows
        fields: Any = {name: getattr(item, name) for name in item.__struct_fields__}
        fields["number_examples"] = _converted(item.number_examples, NumberExample)
        fields["incoming_rules"] = _converted(item.incoming_rules, DialRule)
        if item.outgoing_rules is not None:
            fields["outgoing_rules"] = _converted(item.outgoing_rules, DialRule)
        row = rows.into
        if row is not None:
            fields["name"] = row.name
        else:
            named_so = (d for d in rows.known.domains.values() if d.company == rows.company)
            row = next((d for d in named_so if fold(d.name) == fold(item.name)), None)

        async def act() -> object:
            domains = rows.organisation.domains
            if row is None:
                return await domains.create_domain(rows.actor, company=rows.company, **fields)
            return await domains.update_domain(rows.actor, row.id, row.version, **fields)

        now = None if row is None else msgspec.structs.replace(rows.taking.domain(row), name="")
        await rows.one(
            RowKind.DOMAIN,
            fields["name"],
            "",
            same=None if now is None else now == msgspec.structs.replace(item, name=""),
            check=lambda: rows.walls.check_plan(new_domain(rows.company, **fields)),
            act=act,
        )

    async def _group(self, item: GroupItem) -> None:
        row = self._rows.there(self._rows.known.groups, item.domain, item.name)
        groups = self._rows.organisation.groups

        async def act() -> object:
            if row is None:
                place = self._rows.place(item.domain)
                return await groups.create_group(
                    self._rows.actor, domain=place, name=item.name, rank=item.rank
                )
            return await groups.update_group(self._rows.actor, row.id, row.version, rank=item.rank)

        await self._rows.one(
            RowKind.GROUP,
            item.name,
            self._rows.name(item.domain),
            same=None if row is None else row.rank == item.rank,
            check=lambda: self._rows.place(item.domain),
            act=act,
        )

    async def _parameter(self, item: ParameterItem) -> None:
        where = item.group.domain if item.group else item.domain
        if where is None and self._rows.into is not None:
            return  # of the other company as a whole
        holder, id = self._holder(item)
        row = self._rows.known.parameter_value(item.parameter, id) if id else None
        secret = item.value is UNSET

        def check() -> None:
            if item.group is not None:
                self._rows.id(RowKind.GROUP, item.group)
            elif item.domain is not None:
                self._rows.place(item.domain)
            named(item.parameter).checked(item.value)  # type: ignore[arg-type]

        async def act() -> object:
            version = None if row is None else row.version
            return await self._rows.organisation.parameters.set_parameter(
                self._rows.actor,
                parameter=item.parameter,
                value=item.value,  # type: ignore[arg-type]
                version=version,
                **{holder: self._holder(item)[1]},  # type: ignore[arg-type]
            )

        named_so = f"{item.parameter} ({item.group.name})" if item.group else item.parameter
        place = "" if where is None else self._rows.name(where)
        if secret and row is None:
            said = sentence("A secret is not in the file: set it afterwards.")
            self._rows.refused(RowKind.PARAMETER, named_so, place, said, (item.parameter,))
            return
        same = None if row is None else secret or row.value == item.value
        await self._rows.one(RowKind.PARAMETER, named_so, place, same=same, check=check, act=act)

    def _holder(self, item: ParameterItem) -> tuple[str, str]:
        """At which level, and whose id; empty where that is not there."""
        try:
            if item.group is not None:
                return "group", self._rows.id(RowKind.GROUP, item.group)
            if item.domain is not None:
                return "domain", self._rows.place(item.domain)
        except ServiceError:
            return "domain", NOT_YET
        return "company", self._rows.company

    async def _grant(self, item: GrantItem) -> None:
        def sides() -> tuple[str, str]:
            of = item.object
            if isinstance(of, Ref):
                of = self._rows.id(NAMED.get(item.object_kind.value, RowKind.DIRECTORY), of)
            if item.grantee_kind is GranteeKind.DOMAIN:
                return of, self._rows.place(item.grantee.name)
            return of, self._rows.id(
                NAMED.get(item.grantee_kind.value, RowKind.GROUP), item.grantee
            )

        async def act() -> object:
            object, grantee = sides()
            return await self._rows.organisation.grants.create_grant(
                self._rows.actor,
                kind=item.kind,
                object_kind=item.object_kind,
                object=object,
                grantee_kind=item.grantee_kind,
                grantee=grantee,
            )

        what = item.object.name if isinstance(item.object, Ref) else item.object
        to = self._rows.name(item.grantee.domain)
        to = to if item.grantee_kind is GranteeKind.DOMAIN else item.grantee.name
        await self._rows.one(
            RowKind.GRANT,
            f"{what} → {to}",
            self._rows.name(item.grantee.domain),
            same=self._granted(item.kind, sides),
            check=sides,
            act=act,
        )

    def _granted(self, kind: GrantKind, sides: Callable[[], tuple[str, str]]) -> bool | None:
        try:
            object, grantee = sides()
        except ServiceError:
            return None
        return True if self._rows.known.granted.exactly(kind, object, grantee) else None


def _converted(items: tuple[Item, ...], of: type[Any]) -> tuple[Any, ...]:
    return tuple(msgspec.convert(item, of, from_attributes=True) for item in items)
