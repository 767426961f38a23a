"""Of the database, and of the journal, which goes on without it."""

from collections.abc import Iterator

from tws.journal.service import JournalService
from tws.storage import Storage
from tws.telemetry import Source


def sources(storage: Storage, journal: JournalService) -> Iterator[Source]:
    counts = storage.counts
    yield Source(
        name="tws_database_seconds",
        words="How long uses of the database took, waiting for a connection included",
        labels=("kind",),
        times=counts.seconds,
    )
    yield Source(
        name="tws_database_under_way",
        words="Uses of the database under way, or waiting for a connection",
        labels=("kind",),
        values={(kind,): count for kind, count in counts.under_way.items()},
    )
    yield Source(
        name="tws_database_connections",
        words="How many uses of the database there can be at once: beyond that they wait",
        labels=("kind",),
        values={(kind,): count for kind, count in counts.connections.items()},
    )
    yield Source(
        name="tws_database_unavailable",
        words="Uses of the database that found it away",
        values={(): counts.unavailable},
        grows=True,
    )
    yield Source(
        name="tws_journal_legs",
        words="Legs of calls: written, refused, waiting to be written, open, cleaned",
        labels=("what",),
        values={(what,): count for what, count in journal.counters.items()},
    )
    yield Source(
        name="tws_journal_spool_bytes",
        words="Legs that wait in files for the database",
        values={(): journal.spooled},
    )
    yield Source(
        name="tws_journal_away",
        words="1 while legs go to a file since the database does not take them",
        values={(): journal.away},
    )
