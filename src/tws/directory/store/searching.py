"""Searching contacts by what is written on them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from tws.directory import finding
from tws.directory.finding import Groups
from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.store.looking import visible
from tws.directory.store.rows import contacts_of
from tws.directory.store.tables import contact
from tws.directory.text import BEGINNING, NAMED, WITHIN

LOOKED_AT = 500
"Contacts in a row that are looked at before the index of words is asked."
FOUND = SimpleNamespace(
    **{
        name: literal_column(f"+contact.{name}")
        for name in ("company", "directory", "owner", "sort")
    }
)
"The columns as SQLite has no index for them: those found by their words are not to be looked for."
Hit = tuple[int, str, str]
"Rank, sort key, id."


def search(
    db: Connection, seen: Seen, wanted: Groups, limit: int
) -> list[tuple[int, str, Contact]]:
    """The first contacts with one of each group of folded words: rank, sort key, and the
    contact."""
    hits = _Search(db, seen, wanted, limit).hits()
    query = select(contact).where(contact.c.id.in_([id for _, _, id in hits]))
    rows = {row["id"]: row for row in db.execute(query).mappings()}
    found = contacts_of(db, [rows[id] for _, _, id in hits])
    return [(rank, sort, one) for (rank, sort, _), one in zip(hits, found, strict=True)]


class _Search:
    def __init__(self, db: Connection, seen: Seen, wanted: Groups, limit: int) -> None:
        self._db, self._seen, self._wanted, self._limit = db, seen, wanted, limit
        self._beginnings = finding.beginnings(wanted)
        self._begin = finding.each_begins_a_word(wanted) if wanted else true()

    def hits(self) -> list[Hit]:
        if not self._wanted:
            return self._all(NAMED, self._look(true(), self._limit))
        named = self._among_first()
        if named is not None:
            return named
        found = self._by_beginnings()
        if len(found) < self._limit and finding.can_stand_within(self._wanted):
            found += self._within(self._limit - len(found))
        return found

    def _among_first(self) -> list[Hit] | None:
        """Those whose name begins so, if the first contacts of each beginning are enough."""
        streams: list[Hit] = []
        for beginning in self._beginnings:
            first = (
                select(contact)
                .where(self._of_company, finding.begins(contact.c.sort, beginning))
                .order_by(contact.c.sort, contact.c.id)
                .limit(LOOKED_AT)
                .subquery("contact")  # so called, the condition is one on them
            )
            query = select(first.c.sort, first.c.id).where(
                visible(self._seen, first.c), self._begin
            )
            rows = self._db.execute(
                query.order_by(first.c.sort, first.c.id).limit(self._limit)
            ).all()
            if len(rows) < self._limit:
                looked_at = select(func.count()).select_from(first)
                if self._db.execute(looked_at).scalar_one() >= LOOKED_AT:
                    return None
            streams += self._all(NAMED, rows)
        once = sorted(set(streams))[: self._limit]
        return once if len(once) == self._limit else None

    def _by_beginnings(self) -> list[Hit]:
        by_index = finding.found_by_beginnings(self._db, self._wanted)
        if by_index is not None:
            rank = case((self._named(FOUND.sort), NAMED), else_=BEGINNING)
            query = select(rank, FOUND.sort, contact.c.id)
            query = query.where(visible(self._seen, FOUND), by_index)
            ordered = query.order_by(rank, FOUND.sort, contact.c.id).limit(self._limit)
            return [(row[0], row[1], row[2]) for row in self._db.execute(ordered)]
        named: set[Hit] = set()
        for beginning in self._beginnings:
            begins = finding.begins(contact.c.sort, beginning)
            named.update(self._all(NAMED, self._look(and_(begins, self._begin), self._limit)))
        found = sorted(named)[: self._limit]
        if (lacking := self._limit - len(found)) > 0:
            others = and_(self._begin, not_(self._named(contact.c.sort)))
            found += self._all(BEGINNING, self._look(others, lacking))
        return found

    def _within(self, limit: int) -> list[Hit]:
        by_index = finding.found_within(self._db, self._wanted)
        columns = contact.c if by_index is None else FOUND
        condition = finding.each_stands_there(self._wanted) if by_index is None else by_index
        query = select(columns.sort, contact.c.id).where(
            visible(self._seen, columns), condition, not_(self._begin)
        )
        ordered = query.order_by(columns.sort, contact.c.id).limit(limit)
        return self._all(WITHIN, self._db.execute(ordered).all())

    def _look(self, condition: ColumnElement[bool], limit: int) -> Sequence[Row[Any, Any]]:
        """In the order of names."""
        query = select(contact.c.sort, contact.c.id).where(
            visible(self._seen, contact.c), condition
        )
        return self._db.execute(query.order_by(contact.c.sort, contact.c.id).limit(limit)).all()

    @property
    def _of_company(self) -> ColumnElement[bool]:
        return contact.c.company == self._seen.company

    def _named(self, sort: Any) -> ColumnElement[bool]:
        return or_(*(finding.begins(sort, beginning) for beginning in self._beginnings))

    @staticmethod
    def _all(rank: int, rows: Sequence[Row[Any, Any]]) -> list[Hit]:
        return [(rank, sort, id) for sort, id in rows]
