"""Which contacts a search finds: the conditions, in both dialects.

A group is what one typed word may be (a part of a number in several forms); of each group one must
be there. People whose name begins with a word come first, then those of whom all words begin some
word, then those in whom they stand. Words of one or two letters are looked for as beginnings only.

Two ways lead to the first few of an order. Where few contacts have what is looked for, the index
of words finds all of them, and they are sorted. Where many have it, contacts are looked through in
their order, and the first few are soon found. A count that stops early tells which it is.

What is written here are conditions on parameters, which are the same for all searches of one
shape: making a statement takes longer than answering it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, literal_column, or_, text, true

from tws.directory.text import LEAST_PART, Groups
from tws.storage.among import Unindexed

Shape = tuple[int, ...]
"How many words each group has."

MANY = 1_000
"""Contacts from which on looking through all of them in their order is quicker than sorting those
that were found."""
LAST = "\U0010ffff"
"Behind every letter."
_FOLDED: ColumnElement[str] = literal_column("contact.folded")


def shape(groups: Groups) -> Shape:
    return tuple(len(group) for group in groups)


def beginnings(wanted: Groups) -> list[str]:
    """What a name begins with when it begins with one of the words."""
    return list(dict.fromkeys(f" {word}" for group in wanted for word in group))


def begins(sort: Any, n: int) -> ColumnElement[bool]:
    """With the n-th beginning: a range of the order, which has an index."""
    return and_(sort >= bindparam(f"low{n}"), sort < bindparam(f"high{n}"))


def begins_one(sort: Any, number: int) -> ColumnElement[bool]:
    return or_(*(begins(sort, n) for n in range(number)))


def ranges(beginnings: Sequence[str]) -> dict[str, str]:
    """The parameters of `begins`."""
    low = {f"low{n}": beginning for n, beginning in enumerate(beginnings)}
    return low | {f"high{n}": beginning + LAST for n, beginning in enumerate(beginnings)}


def behind(sort: str) -> str:
    """Directly behind it in the order: sort keys are words with blanks in between."""
    return f"{sort} "


def beginning_words(wanted: Groups) -> Groups:
    """Parts of `contact.folded` where each group begins a word."""
    return [[f" {word}" for word in group] for group in wanted]


def parts(wanted: Groups) -> Groups:
    """The same, where each group stands."""
    return [_long(group) or [f" {word}" for word in group] for group in wanted]


def each(name: str, shape: Shape, *, of_few: bool = False) -> ColumnElement[bool]:
    """One of each group of parts is there; `name` tells parameters of several such conditions
    apart. `of_few`: only few rows are looked at."""
    folded = Unindexed(_FOLDED) if of_few else _FOLDED
    groups = (
        or_(*(folded.like(bindparam(f"{name}{g}_{n}")) for n in range(size)))
        for g, size in enumerate(shape)
    )
    return and_(true(), *groups)


def patterns(name: str, groups: Groups) -> dict[str, str]:
    """The parameters of `each`. Words are letters and digits only: there is nothing to escape."""
    return {
        f"{name}{g}_{n}": f"%{part}%"
        for g, group in enumerate(groups)
        for n, part in enumerate(group)
    }


def can_stand_within(wanted: Groups) -> bool:
    return any(_long(group) for group in wanted)


# ---------------------------------------------------------------- the indexes of words

Matches = dict[str, str]
"By index of SQLite: what is asked of it, in the language of FTS5."


def matching_beginnings(db: Connection, wanted: Groups) -> Matches | None:
    """What finds those whose words begin so by the index of words; None where they are many, or
    where the database chooses better than we do."""
    return _few(db, {"search_words": _matching(wanted, '"{}" *')})


def matching_parts(db: Connection, wanted: Groups) -> Matches | None:
    long = [part for group in wanted if (part := _long(group))]
    matches = {"search_parts": _matching(long, '"{}"')}
    if short := [group for group in wanted if not _long(group)]:
        matches["search_words"] = _matching(short, '"{}" *')
    return _few(db, matches)


@cache
def matched(*indexes: str) -> ColumnElement[bool]:
    """A condition whose parameters are `Matches`."""
    return and_(
        true(),
        *(
            text(
                f"contact.search_row IN (SELECT rowid FROM {index} WHERE {index} MATCH :{index})"  # noqa: S608
            )
            for index in indexes
        ),
    )


def _few(db: Connection, matches: Matches) -> Matches | None:
    if db.dialect.name != "sqlite":
        return None
    index = next(iter(matches))
    values = {"match": matches[index], "many": MANY}
    return None if db.execute(_counted(index), values).scalar_one() >= MANY else matches


@cache
def _counted(index: str) -> Any:
    return text(
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT :many)"  # noqa: S608
    )


def _matching(groups: Groups, form: str) -> str:
    """In the language of FTS5. Words are letters and digits only."""
    return " AND ".join(
        f"({' OR '.join(form.format(word) for word in group)})" for group in groups
    )


def _long(group: Sequence[str]) -> list[str]:
    return [word for word in group if len(word) >= LEAST_PART]
