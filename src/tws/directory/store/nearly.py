"""Looking for contacts by words with a typing error.

An index of trigrams finds the candidates: SQLite the likeliest first, PostgreSQL those that a
regular expression leaves. They are few enough to be looked at one by one.
"""

from collections.abc import Sequence
from types import SimpleNamespace

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    column,
    or_,
    select,
    table,
    text,
)

from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.store.looking import FOUND, visible, visible_as
from tws.directory.store.rows import contacts_with_ids
from tws.directory.store.tables import contact
from tws.directory.text import LEAST_PART, Groups
from tws.directory.typing_errors import can_be_wrong, fragments, nearly, pattern

Choices = Sequence[Sequence[Sequence[str]]]

_FOUND = SimpleNamespace(
    **{name: contact.c[name].concat("") for name in ("company", "directory", "owner")}
)
"The columns as PostgreSQL has no index for them: `|| ''` of nothing is nothing."
PARTS = table("search_parts", column("rowid"), column("rank"))
"Of SQLite: the smaller the rank, the likelier."
CANDIDATES = 1_000
"Contacts that are looked at: a search stays short, whatever was typed."
MOST_READ = 20_000
"Contacts that PostgreSQL looks at itself."


def search_nearly(
    db: Connection, seen: Seen, wanted: Groups, limit: int
) -> list[tuple[int, str, Contact]]:
    """As `search`, words of some length with one typing error each."""
    choices = [_choices(group) for group in wanted]
    if db.dialect.name == "sqlite":
        query = _sqlite(choices)
    else:
        # It thinks ten questions to the index dearer than a look at everybody.
        db.execute(text("SET LOCAL enable_seqscan = off"))
        query = _postgresql(choices, wanted)
    candidates = db.execute(query.limit(CANDIDATES), visible(seen)).all()
    near = sorted((row for row in candidates if nearly(row.folded, wanted)), key=_order)[:limit]
    contacts = contacts_with_ids(db, [row.id for row in near])
    return [(0, row.sort, found) for row, found in zip(near, contacts, strict=True)]


def _order(row: Row[tuple[str, str, str]]) -> tuple[str, str]:
    return row.sort, row.id


def _choices(group: Sequence[str]) -> list[list[str]]:
    """Fragments that the index knows; none where the group is too short to be asked for."""
    if can_be_wrong(group):
        return [list(choice) for choice in fragments(group[0])]
    return [[word] for word in group] if all(len(word) >= LEAST_PART for word in group) else []


def _sqlite(choices: Choices) -> Select[tuple[str, str, str]]:
    match = " AND ".join(
        f"({' OR '.join(_all_of(fragments) for fragments in group)})" for group in choices if group
    )
    return (
        select(contact.c.id, contact.c.sort, contact.c.folded)
        .join_from(PARTS, contact, contact.c.search_row == PARTS.c.rowid)
        .where(
            text("search_parts MATCH :match").bindparams(bindparam("match", match)),
            visible_as(FOUND),
        )
        .order_by(PARTS.c.rank)
    )


def _all_of(fragments: Sequence[str]) -> str:
    """In the language of FTS5. Fragments are letters, digits and blanks only."""
    return "(" + " AND ".join(f'"{fragment}"' for fragment in fragments) + ")"


def _postgresql(choices: Choices, wanted: Groups) -> Select[tuple[str, str, str]]:
    conditions: list[ColumnElement[bool]] = [
        or_(*(and_(*(contact.c.folded.contains(one) for one in choice)) for choice in group))
        for group in choices
        if group
    ]
    # First by the index: the limit keeps the expressions, which cost more, out of that.
    having = (
        select(contact.c.id, contact.c.sort, contact.c.folded)
        .where(*conditions, visible_as(_FOUND))
        .limit(MOST_READ)
        .subquery()
    )
    near = (having.c.folded.regexp_match(pattern(g[0])) for g in wanted if can_be_wrong(g))
    return (
        select(having.c.id, having.c.sort, having.c.folded)
        .where(*near)
        .order_by(having.c.sort, having.c.id)
    )
