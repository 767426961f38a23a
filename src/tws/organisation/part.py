"""What the parts of the organisation service share: their rows, and who may change them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from tws.errors import Conflict, missing
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.model import Company, Domain
from tws.organisation.permission import Owned, OwnedRow, managed, managed_company, sees
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.records.changing import ChangingRows
from tws.storage import Storage
from tws.storage.rows import Entity

Any_ = TypeVar("Any_")


class Placed(Owned, Protocol):
    """A row of a domain; None = of the company as a whole."""

    @property
    def domain(self) -> DomainId | None: ...


PlacedRow = TypeVar("PlacedRow", bound=Placed)


@dataclass(frozen=True, slots=True)
class Begun(Generic[PlacedRow]):
    """A form that somebody fills in: in which domain, and what it changes."""

    place: Domain
    before: PlacedRow | None
    "None = it makes a new row."
    known: PlacedRow | None
    "The same where its stored settings are those of this form: it is for the same connector."


class Part(ChangingRows):
    """The operations on one kind of rows."""

    def __init__(self, storage: Storage, registry: Registry) -> None:
        super().__init__(storage)
        self._registry = registry

    def _managed(
        self,
        actor: Actor,
        rows: Mapping[Any, OwnedRow],
        id: str,
        kind: str,
        field: str | None = None,
    ) -> OwnedRow:
        """The row of that id, which the actor may change; `field` names where the id was given."""
        return managed(actor, rows, id, kind, field)

    def _seen(self, actor: Actor, rows: Mapping[Any, OwnedRow], id: str, kind: str) -> OwnedRow:
        row = rows.get(id)
        if row is None or not sees(actor, row.company):
            raise missing(kind)
        return row

    def _begun(
        self,
        actor: Actor,
        domain: DomainId,
        rows: Mapping[Any, PlacedRow],
        id: str | None,
        kind: str,
        field: str,
        same: Callable[[PlacedRow], bool],
    ) -> Begun[PlacedRow]:
        """`field` names where the id of the row was given; `same`: whether it is for the connector
        that the form is for."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        if id is None:
            return Begun(place, None, None)
        before = self._managed(actor, rows, id, kind, field)
        if before.domain != place.id:
            raise missing(kind, field)
        return Begun(place, before, before if same(before) else None)

    def _company(self, actor: Actor, id: str) -> Company:
        """A company in which the actor may make something."""
        return managed_company(actor, self._registry.companies, id, "company")


def of_company(
    rows: Iterable[OwnedRow], may: Callable[[CompanyId], bool], company: CompanyId | None
) -> Iterator[OwnedRow]:
    """Those of a company, None = of all, whose rows one may look at."""
    return (row for row in rows if company in (None, row.company) and may(row.company))


def of_place(
    rows: Iterable[PlacedRow],
    may: Callable[[CompanyId], bool],
    company: CompanyId | None,
    domain: DomainId | None,
) -> Iterator[PlacedRow]:
    """The same, and of a domain, None = of all."""
    return (row for row in of_company(rows, may, company) if domain in (None, row.domain))


def changed(row: Any_, **fields: object) -> Any_:
    """`row` with the `fields` that are not None."""
    given = {name: value for name, value in fields.items() if value is not None}
    return replace(row, **given)  # type: ignore[type-var]


def refuse_taken(row: Entity, beside: Iterable[Entity], said: str, field: str = "name") -> None:
    """Conflict where another row of `beside` has its name, however it is written. `said`: with
    `{name}`, that of the other; `field`: where the name stands."""
    mine = fold(getattr(row, field))
    for other in beside:
        if other.id != row.id and fold(getattr(other, field)) == mine:
            name = getattr(other, field)
            raise Conflict(
                said.format(name=name), field=field, why="nameTaken", parameters={"name": name}
            )


def by_name(rows: Iterable[Any_], name: Callable[[Any_], str]) -> tuple[Any_, ...]:
    """In the order in which people look for them."""
    return tuple(sorted(rows, key=lambda row: fold(name(row))))
