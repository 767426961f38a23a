"""Looking for contacts by what stands in which field.

The indexes of words find candidates, in the order of names; whether it stands in the right field,
and where the actor may see it, is looked at one by one (`criteria.Check`).
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from tws.directory import finding
from tws.directory.criteria import Check, Wanted
from tws.directory.finding import LEAST_PART, Groups
from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.store.looking import visible
from tws.directory.store.rows import contacts_of, names_of
from tws.directory.store.searching import FOUND
from tws.directory.store.tables import contact
from tws.organisation.actor import DirectoryId

FIRST_LOOK = 500
"Candidates that are looked at first; each further time four times as many."
_PRIVATE: ColumnElement[str] = literal_column("contact.private_folded")


def search_by_field(
    db: Connection,
    seen: Seen,
    directories: Sequence[DirectoryId],
    wanted: Wanted,
    check: Check,
    limit: int,
) -> list[tuple[int, str, Contact]]:
    """As `search`; of `directories` alone. All are equal in rank."""
    if not directories:
        return []
    conditions, indexed = _conditions(db, wanted)
    columns = FOUND if indexed else contact.c
    conditions += [contact.c.directory.in_(directories), visible(seen, columns)]
    order = (columns.sort, contact.c.id)
    query = select(contact).where(*conditions).order_by(*order)
    found: list[tuple[int, str, Contact]] = []
    last: Row[tuple[str, str]] | None = None
    most = FIRST_LOOK
    while True:
        behind = query if last is None else query.where(tuple_(*order) > (last.sort, last.id))
        rows = db.execute(behind.limit(most)).all()
        likely = [row for row in rows if check.names(names_of(row._mapping))]
        contacts = contacts_of(db, (row._mapping for row in likely))
        found += [
            (0, row.sort, one) for row, one in zip(likely, contacts, strict=True) if check(one)
        ]
        if len(found) >= limit or len(rows) < most:
            return found[:limit]
        last, most = rows[-1], most * 4


def _conditions(db: Connection, wanted: Wanted) -> tuple[list[ColumnElement[bool]], bool]:
    """What every contact looked for fulfils; whether an index of words finds them."""
    conditions: list[ColumnElement[bool]] = []
    indexed = False
    if wanted.written:
        by_index = (
            finding.found_within(db, wanted.written)
            if finding.can_stand_within(wanted.written)
            else finding.found_by_beginnings(db, wanted.written)
        )
        indexed = by_index is not None
        conditions.append(
            finding.each_stands_there(wanted.written) if by_index is None else by_index
        )
    if wanted.private:
        by_index = _private_by_index(db, wanted.private)
        indexed = indexed or by_index is not None
        conditions.append(_private_by_looking(wanted.private) if by_index is None else by_index)
    return conditions, indexed


def _private_by_index(db: Connection, groups: Groups) -> ColumnElement[bool] | None:
    long = [word for group in groups for word in group if len(word) >= LEAST_PART]
    if db.dialect.name != "sqlite" or not long:
        return None
    match = " AND ".join(f'"{word}"' for word in long)
    return text(
        "contact.search_row IN"
        " (SELECT rowid FROM search_private WHERE search_private MATCH :private)"
    ).bindparams(bindparam("private", match))  # type: ignore[return-value]


def _private_by_looking(groups: Groups) -> ColumnElement[bool]:
    def stands(word: str) -> ColumnElement[bool]:
        return _PRIVATE.contains(word if len(word) >= LEAST_PART else f" {word}")

    return and_(*(or_(*(stands(word) for word in group)) for group in groups))
