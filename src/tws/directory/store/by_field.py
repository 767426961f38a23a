"""Looking for contacts by what stands in which field.

The indexes of words find candidates, in the order of names; whether it stands in the right field,
and where the actor may see it, is looked at one by one (`criteria.Check`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    literal_column,
    or_,
    select,
    tuple_,
)

from tws.directory.criteria import Check, Wanted
from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.store import finding
from tws.directory.store.looking import FOUND, visible, visible_as
from tws.directory.store.rows import NAMES, contacts_with_ids, names_of
from tws.directory.store.tables import contact
from tws.directory.text import LEAST_PART, Groups
from tws.organisation.actor import DirectoryId

FIRST_LOOK = 500
"Candidates that are looked at first; each further time four times as many."
PRIVATE = "search_private"
"The index of the words of private fields."
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
    conditions, values = _conditions(db, wanted)
    indexed = any(name.startswith("search_") for name in values)
    columns = FOUND if indexed else contact.c
    conditions += [contact.c.directory.in_(directories), visible_as(columns)]
    order = (columns.sort, contact.c.id)
    query = select(*NAMES, contact.c.sort).where(*conditions).order_by(*order)
    given = {**visible(seen), **values}
    found: list[tuple[int, str, Contact]] = []
    last: Row[*tuple[Any, ...]] | None = None
    most = FIRST_LOOK
    while True:
        behind = query if last is None else query.where(tuple_(*order) > (last.sort, last.id))
        rows = db.execute(behind.limit(most), given).all()
        likely = [row for row in rows if check.names(names_of(row))]
        contacts = contacts_with_ids(db, [row.id for row in likely])
        found += [
            (0, row.sort, one) for row, one in zip(likely, contacts, strict=True) if check(one)
        ]
        if len(found) >= limit or len(rows) < most:
            return found[:limit]
        last, most = rows[-1], most * 4


def _conditions(
    db: Connection, wanted: Wanted
) -> tuple[list[ColumnElement[bool]], dict[str, str]]:
    """What every contact looked for fulfils, with its parameters; those of an index of words are
    named as it is."""
    conditions: list[ColumnElement[bool]] = []
    values: dict[str, str] = {}
    if wanted.written:
        matches = (
            finding.matching_parts(db, wanted.written)
            if finding.can_stand_within(wanted.written)
            else finding.matching_beginnings(db, wanted.written)
        )
        if matches is not None:
            conditions.append(finding.matched(*matches))
            values |= matches
        else:
            parts = finding.parts(wanted.written)
            conditions.append(finding.each("part", finding.shape(parts)))
            values |= finding.patterns("part", parts)
    if wanted.private:
        match = _private_match(db, wanted.private)
        if match is not None:
            conditions.append(finding.matched(PRIVATE))
            values[PRIVATE] = match
        else:
            conditions.append(_private_by_looking(wanted.private))
    return conditions, values


def _private_match(db: Connection, groups: Groups) -> str | None:
    long = [word for group in groups for word in group if len(word) >= LEAST_PART]
    if db.dialect.name != "sqlite" or not long:
        return None
    return " AND ".join(f'"{word}"' for word in long)


def _private_by_looking(groups: Groups) -> ColumnElement[bool]:
    def stands(word: str) -> ColumnElement[bool]:
        return _PRIVATE.contains(word if len(word) >= LEAST_PART else f" {word}")

    return and_(*(or_(*(stands(word) for word in group)) for group in groups))
