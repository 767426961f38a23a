"""What the parts of the organisation service share: their rows, and who may change them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tws.errors import Conflict, missing
from tws.organisation.actor import Actor
from tws.organisation.model import Company
from tws.organisation.permission import OwnedRow, managed, managed_company, sees
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.records.changing import ChangingRows
from tws.storage import Storage
from tws.storage.rows import Entity

Any_ = TypeVar("Any_")


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

    def _company(self, actor: Actor, id: str) -> Company:
        """A company in which the actor may make something."""
        return managed_company(actor, self._registry.companies, id, "company")


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
