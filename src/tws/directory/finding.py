"""Which contacts a search finds: the conditions, in both dialects.

A group is what one typed word may be (a part of a number in several forms); of each group one must
be there. People whose name begins with a word come first, then those of whom all words begin some
word, then those in whom they stand. Words of one or two letters are looked for as beginnings only.

Two ways lead to the first few of an order. Where few contacts have what is looked for, the index
of words finds all of them, and they are sorted. Where many have it, contacts are looked through in
their order, and the first few are soon found. A count that stops early tells which it is.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, literal_column, or_, text

Groups = Sequence[Sequence[str]]

LEAST_PART = 3
"Characters of a part of a word that is looked for within words."
MANY = 1_000
"""Contacts from which on looking through all of them in their order is quicker than sorting those
that were found."""
LAST = "\U0010ffff"
"Behind every letter."
_FOLDED: ColumnElement[str] = literal_column("contact.folded")


def beginnings(wanted: Groups) -> list[str]:
    """What a name begins with when it begins with one of the words."""
    return list(dict.fromkeys(f" {word}" for group in wanted for word in group))


def begins(sort: Any, beginning: str) -> ColumnElement[bool]:
    """A range of the order, which has an index."""
    return and_(sort >= beginning, sort < beginning + LAST)


def each_begins_a_word(wanted: Groups) -> ColumnElement[bool]:
    return and_(*(_any_of(" {}", group) for group in wanted))


def each_stands_there(wanted: Groups) -> ColumnElement[bool]:
    return and_(*(_any_of("{}" if _long(group) else " {}", group) for group in wanted))


def can_stand_within(wanted: Groups) -> bool:
    return any(_long(group) for group in wanted)


def found_by_beginnings(db: Connection, wanted: Groups) -> ColumnElement[bool] | None:
    """What finds those whose words begin so by the index of words; None where they are many, or
    where the database chooses better than we do."""
    return _few(db, [("search_words", _matching(wanted, '"{}" *'))])


def found_within(db: Connection, wanted: Groups) -> ColumnElement[bool] | None:
    long = [part for group in wanted if (part := _long(group))]
    indexes = [("search_parts", _matching(long, '"{}"'))]
    if short := [group for group in wanted if not _long(group)]:
        indexes.append(("search_words", _matching(short, '"{}" *')))
    return _few(db, indexes)


def _few(db: Connection, indexes: Sequence[tuple[str, str]]) -> ColumnElement[bool] | None:
    if db.dialect.name != "sqlite":
        return None
    index, match = indexes[0]
    counted = text(
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT :many)"  # noqa: S608
    )
    if db.execute(counted, {"match": match, "many": MANY}).scalar_one() >= MANY:
        return None
    return and_(*(_in(index, match) for index, match in indexes))


def _in(index: str, match: str) -> ColumnElement[bool]:
    return text(
        f"contact.search_row IN (SELECT rowid FROM {index} WHERE {index} MATCH :{index})"  # noqa: S608
    ).bindparams(bindparam(index, match))  # type: ignore[return-value]


def _any_of(form: str, group: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(_FOLDED.contains(form.format(word)) for word in group))


def _matching(groups: Groups, form: str) -> str:
    """In the language of FTS5. Words are letters and digits only."""
    return " AND ".join(
        f"({' OR '.join(form.format(word) for word in group)})" for group in groups
    )


def _long(group: Sequence[str]) -> list[str]:
    return [word for word in group if len(word) >= LEAST_PART]
