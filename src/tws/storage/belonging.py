"""Which rows of the whole database belong to one company: so that all of it can be given out, and
taken away, without each room being asked, and without one being forgotten.

A table says it by a column `company`, by a foreign key to a table that does, or by a column that
names rows of such a table without a key (`info=row_of("link")`). What says none of it belongs to
the installation.
"""

from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, Table, select

from tws.storage.columns import metadata

ROW_OF, SECRET = "row_of", "secret"


def row_of(table: str) -> dict[str, str]:
    """`info` of a column without a foreign key: it names rows of that table."""
    return {ROW_OF: table}


secret = {SECRET: True}
"`info` of a column that nobody is ever told."


def of_company(table: Table, company: str) -> ColumnElement[bool] | None:
    """The condition on rows of `table`; None = they belong to the installation."""
    if table.name == "company":
        return table.c.id == company
    if "company" in table.c:
        return table.c.company == company
    for column in table.columns:
        parent = _parent(column)
        if parent is None:
            continue
        of_parent = of_company(parent, company)
        if of_parent is not None:
            return column.in_(select(parent.c.id).where(of_parent))
    return None


def of_companies() -> Iterable[Table]:
    """Every table with rows that belong to a company; what others name comes first."""
    return [table for table in _sorted() if of_company(table, "") is not None]


def secrets(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if column.info.get(SECRET))


def _parent(column: Column[object]) -> Table | None:
    if named := column.info.get(ROW_OF):
        return metadata.tables[named]
    return next((key.column.table for key in column.foreign_keys), None)


def _sorted() -> list[Table]:
    """Also by what names rows without a key."""
    tables = metadata.sorted_tables
    last = [t for t in tables if any(ROW_OF in column.info for column in t.columns)]
    return [*(t for t in tables if t not in last), *last]
