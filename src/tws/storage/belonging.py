"""Whose the rows of the whole database are: so that all that is of one company, or of one person,
can be given out and taken away without each room being asked, and without one being forgotten.

A table says it by a column `company`, by a foreign key to a table that does, or by a column that
names rows of such a table without a key (`info=row_of("link")`). What says none of it belongs to
the installation.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, or_, select

from tws.storage.columns import metadata

ROW_OF, SECRET = "row_of", "secret"
USER = "user_account"


def row_of(table: str) -> dict[str, str]:
    """`info` of a column without a foreign key: it names rows of that table."""
    return {ROW_OF: table}


secret = {SECRET: True}
"`info` of a column that nobody is ever told."


@dataclass(frozen=True, slots=True)
class OfCompany:
    """All that belongs to a company."""

    id: str

    def condition(self, table: Table) -> ColumnElement[bool] | None:
        """On rows of `table`; None = they belong to the installation."""
        if table.name == "company":
            return table.c.id == self.id
        if "company" in table.c:
            return table.c.company == self.id
        return next(_inherited(table, self.condition), None)


@dataclass(frozen=True, slots=True)
class OfUser:
    """All that is of a user, or names one."""

    id: str

    def condition(self, table: Table) -> ColumnElement[bool] | None:
        """On rows of `table`; None = they name no user."""
        if table.name == USER:
            return table.c.id == self.id
        found = list(_inherited(table, self.condition))
        return or_(*found) if found else None


Whose = OfCompany | OfUser


def tables(whose: Whose) -> Iterable[Table]:
    """Every table with such rows; what others name comes first."""
    return [table for table in _sorted() if whose.condition(table) is not None]


def secrets(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if column.info.get(SECRET))


def _inherited(
    table: Table, condition: Callable[[Table], ColumnElement[bool] | None]
) -> Iterator[ColumnElement[bool]]:
    """By each column that names rows of another table."""
    for column in table.columns:
        parent = _parent(column)
        if parent is not None and (of_parent := condition(parent)) is not None:
            yield column.in_(select(parent.c.id).where(of_parent))


def _parent(column: Column[object]) -> Table | None:
    if named := column.info.get(ROW_OF):
        return metadata.tables[named]
    return next((key.column.table for key in column.foreign_keys), None)


def _sorted() -> list[Table]:
    """Also by what names rows without a key."""
    last = [t for t in metadata.sorted_tables if any(ROW_OF in c.info for c in t.columns)]
    return [*(t for t in metadata.sorted_tables if t not in last), *last]
