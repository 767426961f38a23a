"""What is granted to whom (7.4): one shape, whatever is granted; each type of object has its own
words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from tws.errors import Invalid, missing
from tws.organisation import store
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.kinds import GRANT, GRANT_NAMES
from tws.organisation.model import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.part import Owned, Part
from tws.records.changing import present, remove, remove_all
from tws.storage import Transaction, new_id


@dataclass(frozen=True, slots=True)
class Chosen:
    """The one that was given of several."""

    field: str
    "What it is called in the request."
    kind: str
    id: str
    company: CompanyId

    @property
    def words(self) -> str:
        """For people."""
        return self.kind.replace("_", " ")


class Granting(Part):
    """Grants of one type of objects."""

    KIND: ClassVar[GrantKind]

    def _chosen(
        self, actor: Actor, asked: Mapping[str, str | None], refusal: str, field: str
    ) -> Chosen:
        """Of ids by their fields the one that is given; Invalid(refusal) at `field` where it is
        not one. `of_` before the kind of row: an object."""
        given = [(name, id) for name, id in asked.items() if id is not None]
        if len(given) != 1:
            raise Invalid(refusal, field=field)
        [(name, id)] = given
        kind = name.removeprefix("of_")
        rows: Mapping[str, Mapping[Any, Owned]] = {
            "user": self._registry.users,
            "group": self._registry.groups,
            "queue": self._registry.queues,
            "intercom_group": self._registry.intercom_groups,
            "domain": self._registry.domains,
        }
        row = self._managed(actor, rows[kind], id, kind.replace("_", " "), name)
        return Chosen(name, kind, id, row.company)

    def _grant(self, object_kind: ObjectKind, object: str, to: Chosen) -> Grant:
        return Grant(
            id=new_id(),
            company=to.company,
            kind=self.KIND,
            object_kind=object_kind,
            object=object,
            grantee_kind=GranteeKind(to.kind),
            grantee=to.id,
        )

    async def _withdraw(self, actor: Actor, id: str, version: int) -> None:
        self._found(actor, id)
        async with self._transaction() as tx:
            grant = await present(tx, GRANT, id, version)
            await remove(tx, actor, GRANT, grant)

    def _found(self, actor: Actor, id: str) -> Grant:
        """For administrators."""
        name, grants = GRANT_NAMES[self.KIND], self._registry.grants
        grant = self._managed(actor, grants, id, name)
        if grant.kind is not self.KIND:
            raise missing(name)
        return grant

    def _listed(
        self,
        actor: Actor,
        company: CompanyId | None,
        objects: Mapping[ObjectKind, str | None],
        grantees: Mapping[GranteeKind, str | None],
    ) -> tuple[Grant, ...]:
        """For administrators. Oldest first."""
        found = (
            grant
            for grant in self._registry.grants.values()
            if grant.kind is self.KIND
            and actor.manages(grant.company)
            and company in (None, grant.company)
            and all(id in (None, grant.object_of(kind)) for kind, id in objects.items())
            and all(id in (None, grant.grantee_of(kind)) for kind, id in grantees.items())
        )
        return tuple(sorted(found, key=lambda grant: grant.id))


async def withdraw_all(
    tx: Transaction, actor: Actor, id: str, *kinds: ObjectKind | GranteeKind
) -> None:
    """Whatever is granted of a row, or to it, because it goes; `kinds`: as what it is named."""
    for kind in kinds:
        await remove_all(tx, actor, GRANT, store.naming(kind), id)


async def uses(tx: Transaction, id: str, *kinds: ObjectKind | GranteeKind) -> dict[str, int]:
    """How many grants name a row, in the words of `refuse_if_used`."""
    found: dict[str, int] = {}
    for named in kinds:
        for kind, number in (await store.grants_naming(tx, store.naming(named), id)).items():
            words = f"{GRANT_NAMES[kind]}s"
            if isinstance(named, ObjectKind):
                words = f"shared {words.replace(' grant', '')}"
            found[words.replace(" ", "_")] = number
    return found
