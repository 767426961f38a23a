"""How the tables came to be what they are, step by step (alembic).

A migration first adds what the new code needs and a later minor version takes away what nobody
reads any more; it never rewrites a large table, nor holds one (decision 0104; `tests/house` reads
each of them). `python -m tws.storage.migrations "what it
does"` writes the next one, from the difference between the migrations so far and the tables that
the rooms declare; then it is read, corrected, and its number is added here.
"""

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
    "0033",
    "0034",
    "0035",
    "0037",
    "0038",
    "0039",
    "0040",
    "0041",
    "0042",
    "0043",
    "0044",
    "0046",
    "0047",
    "0048",
)
"In order. Kept here so that an up-to-date database is recognised without loading alembic."

HEAD = REVISIONS[-1]

TOGETHER = "0044"
"""Up to here they are one step, for one server alone. On PostgreSQL each of those that follow is a
transaction of its own, which the server of the version before may go on beside."""

STORES = (
    "tws.storage.audit",
    "tws.organisation.store",
    "tws.access.store",
    "tws.licences.store",
    "tws.mail.store",
    "tws.journal.store",
    "tws.directory.store",
    "tws.imports.store",
    "tws.incidents.store",
    "tws.messaging.chat.store",
    "tws.messaging.emails.store",
    "tws.messaging.external.store",
    "tws.messaging.sms.store",
    "tws.presence.store",
    "tws.presence.calendars.store",
    "tws.push.store",
    "tws.rules.store",
    "tws.queues.store",
)
"""Modules that declare tables. They belong to rooms above: loaded by name, and only to compare
tables with migrations."""

SERVES = "schema_serves"
"""The table whose one row says which is the oldest TWS, by its last migration, that a database
still serves: a migration that takes something away raises it."""

BY_HAND = ("search_", SERVES)
"""Beginnings of the names of tables and indexes that migrations make in SQL (full-text search):
not compared, nor part of backups."""
