"""SQLite: who writes many contacts in one transaction may write the indexes of their words itself.

A trigger makes each row a statement with a savepoint, at which FTS5 writes out what it has
gathered: four times as long as all rows of a batch at once.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

INDEXES = ("search_parts", "search_words")
UNLESS_BY_HAND = "WHEN NOT EXISTS (SELECT 1 FROM search_by_hand)"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("CREATE TABLE search_by_hand (yes INTEGER NOT NULL)")
    forget = "".join(
        f"INSERT INTO {name} ({name}, rowid, folded)"  # noqa: S608
        " VALUES ('delete', old.search_row, old.folded);"
        for name in INDEXES
    )
    learn = "".join(
        f"INSERT INTO {name} (rowid, folded) VALUES (new.search_row, new.folded);"  # noqa: S608
        for name in INDEXES
    )
    for trigger, when, body in (
        ("search_made", "INSERT", learn),
        ("search_gone", "DELETE", forget),
        ("search_changed", "UPDATE OF folded, search_row", forget + learn),
    ):
        op.execute(f"DROP TRIGGER {trigger}")
        op.execute(
            f"CREATE TRIGGER {trigger} AFTER {when} ON contact {UNLESS_BY_HAND} BEGIN {body} END"
        )
