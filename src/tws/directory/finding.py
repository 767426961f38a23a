"""Which contacts a search finds: the statements, in both dialects.

A group is what one typed word may be (a part of a number in several forms); of each group one must
be there. What begins words ranks before what stands within them. Words of one or two letters are
looked for as beginnings only.

Two ways lead to the first few of an order. Where few contacts have what is looked for, the index
of words finds all of them, and they are sorted. Where many have it, contacts are looked through in
their order, and the first few are soon found. A count that stops early tells which it is.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, literal_column, not_, or_, text, true

from tws.storage import Reader

Groups = Sequence[Sequence[str]]

LEAST_PART = 3
"Characters of a part of a word that is looked for within words."
MANY = 2_000
"""Contacts from which on looking through all of them in their order is quicker than sorting those
that were found."""
_FOLDED: ColumnElement[str] = literal_column("contact.folded")


@dataclass(frozen=True, slots=True)
class Rank:
    """What the contacts of one rank have."""

    condition: ColumnElement[bool]
    few: bool
    "The condition finds them by an index: they are then to be sorted."


async def ranks(reader: Reader, wanted: Groups) -> AsyncIterator[Rank]:
    """Best first; each is looked into only when the one before gave too few."""
    if not wanted:
        yield Rank(true(), few=False)
        return
    begin = and_(*(_any_of(" {}", group) for group in wanted))
    yield await _rank(reader, begin, [("search_words", _matching(wanted, '"{}" *'))])
    long = [part for group in wanted if (part := _long(group))]
    if not long:
        return
    short = [group for group in wanted if not _long(group)]
    within = and_(*(_any_of("{}", group) for group in long), *(_any_of(" {}", g) for g in short))
    indexes = [("search_parts", _matching(long, '"{}"'))]
    if short:
        indexes.append(("search_words", _matching(short, '"{}" *')))
    found = await _rank(reader, within, indexes)
    yield Rank(and_(found.condition, not_(begin)), found.few)


async def _rank(
    reader: Reader, plain: ColumnElement[bool], indexes: Sequence[tuple[str, str]]
) -> Rank:
    if reader.dialect != "sqlite":
        return Rank(plain, few=False)  # PostgreSQL counts better than we do
    index, match = indexes[0]
    counted = text(
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT :many)"  # noqa: S608
    )
    number = (await reader.execute(counted, {"match": match, "many": MANY})).scalar_one()
    if number >= MANY:
        return Rank(plain, few=False)
    return Rank(and_(*(_in(index, match) for index, match in indexes)), few=True)


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
