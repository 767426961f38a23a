"""What is granted to whom (7.4): all types of objects, by the table of `grantable`."""

from collections.abc import Iterable, Mapping
from typing import Any

from tws.errors import Conflict, Invalid, missing
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.applications import Application
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.grantable import GRANTABLE
from tws.organisation.kinds import GRANT
from tws.organisation.model import User
from tws.organisation.part import Part, of_company
from tws.organisation.permission import Owned
from tws.organisation.registry import Registry
from tws.organisation.walls import RefuseBeyond
from tws.records.changing import present, remove
from tws.storage import Storage, new_id

APPLICATIONS = tuple(each for each in Application if each.grantable)


class Grants(Part):
    def __init__(self, storage: Storage, registry: Registry, refuse_beyond: RefuseBeyond) -> None:
        super().__init__(storage, registry)
        self._refuse_beyond = refuse_beyond

    async def create_grant(
        self,
        actor: Actor,
        *,
        kind: GrantKind,
        object_kind: ObjectKind,
        object: str,
        grantee_kind: GranteeKind,
        grantee: str,
    ) -> Grant:
        """`object`: the id of a row, or the name of an application."""
        rule = GRANTABLE[kind]
        words.one_of(object_kind, "object_kind", rule.objects)
        words.one_of(grantee_kind, "grantee_kind", rule.grantees)
        if object_kind is ObjectKind.APPLICATION:
            words.one_of(object, "object", APPLICATIONS)
            company = None
        else:
            company = self._row(actor, object_kind, object, "object").company
        to = self._row(actor, grantee_kind, grantee, "grantee")
        if company not in (None, to.company):
            raise missing(grantee_kind.words, "grantee")

        def make() -> Grant:
            grant = Grant(
                id=new_id(),
                company=to.company,
                kind=kind,
                object_kind=object_kind,
                object=object,
                grantee_kind=grantee_kind,
                grantee=grantee,
            )
            self._check(grant)
            return grant

        return await self._create(actor, GRANT, make)

    async def delete_grant(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        self.get_grant(actor, id)
        async with self._transaction() as tx:
            await remove(tx, actor, GRANT, await present(tx, GRANT, id, version))

    def list_grants(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        kind: GrantKind | None = None,
        object_kind: ObjectKind | None = None,
        object: str | None = None,
        grantee_kind: GranteeKind | None = None,
        grantee: str | None = None,
    ) -> tuple[Grant, ...]:
        """For administrators. Oldest first."""
        among = self._among(kind, object, grantee)
        found = (
            grant
            for grant in of_company(among, actor.manages, company)
            if kind in (None, grant.kind)
            and object_kind in (None, grant.object_kind)
            and object in (None, grant.object)
            and grantee_kind in (None, grant.grantee_kind)
            and grantee in (None, grant.grantee)
        )
        return tuple(sorted(found, key=lambda grant: grant.id))

    def get_grant(self, actor: Actor, id: str) -> Grant:
        """For administrators."""
        return self._managed(actor, self._registry.grants, id, "grant")

    def _check(self, grant: Grant) -> None:
        """What must hold at the moment at which a grant is made."""
        if crosses_domains(self._registry, grant):
            raise Invalid(
                "This is granted within one domain only.", field="grantee", why="acrossDomains"
            )
        granted = self._registry.granted
        if granted.exactly(grant.kind, grant.object, grant.grantee) is not None:
            raise Conflict("This is granted to them already.", field="grantee", why="granted")
        if grant.kind is GrantKind.APPLICATION:
            application = Application(grant.object)
            known = self._registry.applications
            new = [user for user in granted.users(grant) if application not in known(user)]
            self._refuse_beyond(application, len(new))

    def _row(self, actor: Actor, kind: ObjectKind | GranteeKind, id: str, field: str) -> Owned:
        return self._managed(actor, rows(self._registry, kind), id, kind.words, field)

    def _among(
        self, kind: GrantKind | None, object: str | None, grantee: str | None
    ) -> Iterable[Grant]:
        """Those that can be meant, found without looking at all where one side is named."""
        granted = self._registry.granted
        kinds = tuple(GrantKind) if kind is None else (kind,)
        if object is not None:
            return (grant for each in kinds for grant in granted.of(each, object))
        if grantee is not None:
            return (grant for each in kinds for grant in granted.to(each, grantee))
        return self._registry.grants.values()


def rows(registry: Registry, kind: ObjectKind | GranteeKind) -> Mapping[Any, Owned]:
    """Those that may be named as an object or a grantee; applications are no rows."""
    tables: Mapping[str, Mapping[Any, Owned]] = {
        "user": registry.users,
        "group": registry.groups,
        "directory": registry.directories,
        "queue": registry.queues,
        "intercomGroup": registry.intercom_groups,
        "domain": registry.domains,
    }
    return tables[kind]


def crosses_domains(registry: Registry, grant: Grant, moved: User | None = None) -> bool:
    """Whether it joins two domains, though its type may not; `moved`: a user as he will be."""
    if GRANTABLE[grant.kind].across_domains:
        return False
    domains = set()
    for kind, id in ((grant.object_kind, grant.object), (grant.grantee_kind, grant.grantee)):
        row = moved if moved is not None and moved.id == id else rows(registry, kind).get(id)
        domains.add(getattr(row, "domain", None))
    return len(domains) > 1
