"""Which columns hold sealed secrets, and as what each is sealed: said at the column, so that all
of them can be sealed anew without each room being asked, and without one being forgotten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from tws.storage.belonging import SECRET
from tws.storage.columns import metadata

SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class SealedAs:
    """What is authenticated with a secret (`Secrets.seal`): a row and a field."""

    field: str | None = None
    "None: a JSON object, whose secrets are sealed each by its name."
    named_by: str | None = None
    "The column that has the field's name instead."
    row: str | None = None
    "Instead of the row's id."


def sealed(field: str, row: str | None = None) -> dict[str, object]:
    """`info` of a column that is a secret as a whole; nobody is ever told."""
    return {SECRET: True, SEALED: SealedAs(field, row=row)}


sealed_settings: dict[str, object] = {SEALED: SealedAs()}
"`info` of a column of settings, of which some are secret."


def sealed_by(column: str) -> dict[str, object]:
    """`info` of a column whose value may be secret: its name is in `column`."""
    return {SEALED: SealedAs(named_by=column)}


def sealed_tables() -> Iterator[tuple[Table, tuple[Column[Any], ...]]]:
    """Those that hold secrets, with the columns that do; each has an `id`."""
    for table in metadata.sorted_tables:
        if columns := tuple(column for column in table.columns if SEALED in column.info):
            yield table, columns


def anew(
    row: Any, column: Column[Any], seal: Callable[[object, str, str], object]
) -> dict[str, Any] | Any:
    """What `column` of `row` holds, with each secret as `seal` gives it, told what it is sealed
    as."""
    of: SealedAs = column.info[SEALED]
    value, id = getattr(row, column.name), of.row or str(row.id)
    if of.named_by is not None:
        return seal(value, id, getattr(row, of.named_by))
    if of.field is not None:
        return seal(value, id, of.field)
    return {name: seal(one, id, name) for name, one in value.items()}
