"""The tables of the journal."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    false,
    literal,
)

from tws.journal.model import Outcome
from tws.storage import UtcTime, metadata
from tws.storage.belonging import row_of
from tws.telephony.model import Cause

LOGGED = ("created", "id", "outcome", "direction", "heard", "ended", "folded")
MOST_FOLDED = 1500
"Bytes of what a log is searched by: an index of PostgreSQL takes 2,700 for all of its columns."

# No foreign keys: what was written stays when a device, a user or a link goes.
leg = Table(
    "call_leg",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("link", String(36), nullable=False),
    Column("call", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("company", String(36), nullable=False),
    Column("domain", String(36), nullable=False),
    Column("user", String(36), nullable=False, info=row_of("user_account")),
    Column("device_row", String(36), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("number", String(64), nullable=False),
    Column("heard", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("contact", String(36)),
    Column("red", Boolean, nullable=False, server_default=false()),
    Column("restricted", Boolean, nullable=False),
    Column("peer", String(64), nullable=False),
    Column("queue_number", String(64)),
    Column("queue_name", String(200)),
    Column("via_cause", String(64)),
    Column("via_number", String(64)),
    Column("via_name", String(200)),
    Column("other_number", String(64)),
    Column("other_name", String(200)),
    Column("created", UtcTime, nullable=False),
    Column("alerted", UtcTime),
    Column("answered", UtcTime),
    Column("ended", UtcTime),
    Column("last_seen", UtcTime, nullable=False),
    Column("outcome", String(20)),
    Column("cause", String(64), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("gap", Boolean, nullable=False),
    Column("folded", Text, nullable=False),
    # With all that a log is sought and cleaned by: what does not match is passed over without its
    # row, which lies somewhere among those of everybody.
    Index("ix_call_leg_user_log", "company", "user", *LOGGED),
    Index("ix_call_leg_company_log", "company", *LOGGED),
)

# A PBX uses its call ids again: one of the same name may be open once.
Index(
    "uq_call_leg_open",
    leg.c.link,
    leg.c.call,
    leg.c.device,
    unique=True,
    sqlite_where=leg.c.ended.is_(None),
    postgresql_where=leg.c.ended.is_(None),
)

# Written into the statements: with a parameter SQLite would not take the index that it makes.
UNSEEN = leg.c.outcome == literal(Outcome.END_NOT_SEEN.value, literal_execute=True)
Index(
    "ix_call_leg_unseen",
    leg.c.link,
    leg.c.ended,
    sqlite_where=UNSEEN,
    postgresql_where=UNSEEN,
)

MOVED = and_(
    leg.c.outcome == literal(Outcome.MISSED.value, literal_execute=True),
    leg.c.via_cause == literal(Cause.SINGLE_STEP_TRANSFER.value, literal_execute=True),
)
"Missed at a telephone to which its user may have moved the call himself."
Index(
    "ix_call_leg_moved",
    leg.c.company,
    leg.c.user,
    sqlite_where=MOVED,
    postgresql_where=MOVED,
)

fact = Table(
    "call_fact",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), nullable=False),
    Column("domain", String(36), nullable=False),
    Column("user", String(36), nullable=False, info=row_of("user_account")),
    Column("device_row", String(36), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("alerted", UtcTime),
    Column("answered", UtcTime),
    Column("ended", UtcTime, nullable=False),
    Index(None, "company", "user", "created"),
    Index(None, "company", "created"),
)
"What statistics need of legs that left the log."

gap = Table(
    "journal_gap",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("link", String(36), nullable=False),
    Column("company", String(36), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("ended", Integer, nullable=False),
    Index(None, "company", "until", "id"),
)

heard = Table(
    "journal_heard",
    metadata,
    Column("link", String(36), primary_key=True, info=row_of("link")),
    Column("at", UtcTime, nullable=False),
)
"""When the owner of a link last could hear its PBX."""
