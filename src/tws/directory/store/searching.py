"""Searching contacts by what is written on them."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    literal_column,
    not_,
    select,
    true,
)

from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.store import finding
from tws.directory.store.finding import Matches, Shape
from tws.directory.store.looking import FOUND, SEEN, visible, visible_as
from tws.directory.store.rows import contacts_with_ids
from tws.directory.store.tables import contact
from tws.directory.text import BEGINNING, NAMED, WITHIN, Groups
from tws.storage.packing import Packed

LOOKED_AT = 500
"Contacts in a row that are looked at before the index of words is asked."
Hit = tuple[int, str, str]
"Rank, sort key, id."


def search(
    db: Connection, seen: Seen, wanted: Groups, limit: int
) -> list[tuple[int, str, Contact]]:
    """The first contacts with one of each group of folded words: rank, sort key, and the
    contact."""
    hits = _Search(db, seen, wanted, limit).hits()
    found = contacts_with_ids(db, [id for _, _, id in hits])
    return [(rank, sort, one) for (rank, sort, _), one in zip(hits, found, strict=True)]


class _Search:
    def __init__(self, db: Connection, seen: Seen, wanted: Groups, limit: int) -> None:
        self._db, self._wanted, self._limit = db, wanted, limit
        self._beginnings = finding.beginnings(wanted)
        self._shape = finding.shape(wanted)
        self._named: set[Hit] | None = None
        "The first of those whose name begins so, where all of them were looked at."
        self._values: dict[str, Any] = {
            **visible(seen),
            **finding.patterns("word", finding.beginning_words(wanted)),
        }

    def hits(self) -> list[Hit]:
        if not self._wanted:
            return self._found(_everybody(), self._limit)
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
        whole = True
        for beginning in self._beginnings:
            stretch = finding.ranges([beginning])
            last = self._db.execute(_LAST_LOOKED_AT, self._values | stretch).scalar()
            if last is not None:
                stretch["high0"], whole = finding.behind(last), False
            found = self._found(_named_first(self._shape), self._limit, stretch)
            if last is not None and len(found) < self._limit:
                return None
            streams += found
        once = sorted(set(streams))[: self._limit]
        if whole:
            self._named = set(once)
        return once if len(once) == self._limit else None

    def _by_beginnings(self) -> list[Hit]:
        number, ranges = len(self._beginnings), finding.ranges(self._beginnings)
        matches = finding.matching_beginnings(self._db, self._wanted)
        if matches is not None:
            return self._found(_matched(number, tuple(matches)), self._limit, ranges, matches)
        named = self._named
        if named is None:
            named = set[Hit]()
            for beginning in self._beginnings:
                stretch = finding.ranges([beginning])
                named.update(self._found(_named(self._shape), self._limit, stretch))
        found = sorted(named)[: self._limit]
        if (lacking := self._limit - len(found)) > 0:
            found += self._found(_not_named(self._shape, number), lacking, ranges)
        return found

    def _within(self, limit: int) -> list[Hit]:
        matches = finding.matching_parts(self._db, self._wanted)
        if matches is not None:
            return self._found(_within_matched(self._shape, tuple(matches)), limit, matches)
        parts = finding.parts(self._wanted)
        statement = _within(self._shape, finding.shape(parts))
        return self._found(statement, limit, finding.patterns("part", parts))

    def _found(self, statement: Packed, limit: int, *values: Matches) -> list[Hit]:
        given = {**self._values, "limit": limit}
        for more in values:
            given |= more
        return [(rank, sort, id) for rank, sort, id in statement.rows(self._db, given)]


# ---------------------------------------------------------------- statements, made once

_SHAPES = 256
"Of searches that are remembered."


def _hits(
    rank: int | ColumnElement[int], condition: ColumnElement[bool], columns: Any = contact.c
) -> Packed:
    """In the order of ranks, of names."""
    ranked = literal_column(str(rank)) if isinstance(rank, int) else rank
    by_rank = () if isinstance(rank, int) else (rank,)
    return Packed(
        select(ranked.label("rank"), columns.sort.label("sort"), contact.c.id)
        .where(visible_as(columns), condition)
        .order_by(*by_rank, columns.sort, contact.c.id)
        .limit(bindparam("limit"))
    )


@lru_cache(_SHAPES)
def _everybody() -> Packed:
    return _hits(NAMED, true())


_LAST_LOOKED_AT = (
    select(contact.c.sort)
    .where(contact.c.company == SEEN.company, finding.begins(contact.c.sort, 0))
    .order_by(contact.c.sort, contact.c.id)
    .offset(LOOKED_AT - 1)
    .limit(1)
)
"None where there are fewer: then all of them are looked at."


@lru_cache(_SHAPES)
def _matched(number: int, indexes: tuple[str, ...]) -> Packed:
    rank = case((finding.begins_one(FOUND.sort, number), NAMED), else_=BEGINNING)
    return _hits(rank, finding.matched(*indexes), FOUND)


@lru_cache(_SHAPES)
def _named_first(shape: Shape) -> Packed:
    words = finding.each("word", shape, of_few=True)
    return _hits(NAMED, and_(finding.begins(contact.c.sort, 0), words))


@lru_cache(_SHAPES)
def _named(shape: Shape) -> Packed:
    return _hits(NAMED, and_(finding.begins(contact.c.sort, 0), finding.each("word", shape)))


@lru_cache(_SHAPES)
def _not_named(shape: Shape, number: int) -> Packed:
    others = not_(finding.begins_one(contact.c.sort, number))
    return _hits(BEGINNING, and_(finding.each("word", shape), others))


@lru_cache(_SHAPES)
def _within_matched(shape: Shape, indexes: tuple[str, ...]) -> Packed:
    others = not_(finding.each("word", shape))
    return _hits(WITHIN, and_(finding.matched(*indexes), others), FOUND)


@lru_cache(_SHAPES)
def _within(shape: Shape, parts: Shape) -> Packed:
    others = not_(finding.each("word", shape))
    return _hits(WITHIN, and_(finding.each("part", parts), others))
