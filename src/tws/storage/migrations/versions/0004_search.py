"""Indexes of what contacts are searched by: parts of words, and beginnings of words.

SQLite: two FTS5 tables over `contact.folded`, kept true by triggers. PostgreSQL: trigrams.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = {
    "search_parts": "tokenize = 'trigram'",
    "search_words": (
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3', detail = 'none'"
    ),
}


def upgrade() -> None:
    op.add_column("contact", sa.Column("search_row", sa.BigInteger(), nullable=True))
    op.create_index("uq_contact_search_row", "contact", ["search_row"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX search_parts ON contact USING gin (folded gin_trgm_ops)")


def _sqlite() -> None:
    op.execute("UPDATE contact SET search_row = rowid")
    forget, learn = "", ""
    for name, options in TABLES.items():
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5"
            f"(folded, content = 'contact', content_rowid = 'search_row', {options})"
        )
        op.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608
        forget += (
            f"INSERT INTO {name} ({name}, rowid, folded)"  # noqa: S608
            " VALUES ('delete', old.search_row, old.folded);"
        )
        learn += f"INSERT INTO {name} (rowid, folded) VALUES (new.search_row, new.folded);"  # noqa: S608
    for trigger, when, body in (
        ("search_made", "INSERT", learn),
        ("search_gone", "DELETE", forget),
        ("search_changed", "UPDATE OF folded, search_row", forget + learn),
    ):
        op.execute(f"CREATE TRIGGER {trigger} AFTER {when} ON contact BEGIN {body} END")
