"""The tables of contacts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
)
from sqlalchemy.types import TypeEngine

from tws.storage import Json, UtcTime, metadata


# Compared byte by byte on both databases, as Python does.
def _bytewise(length: int) -> TypeEngine[str]:
    return String(length).with_variant(String(length, collation="C"), "postgresql")


contact = Table(
    "contact",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("domain", String(36), ForeignKey("domain.id", ondelete="SET NULL"), index=True),
    # Whose private contact it is; it goes with its user.
    Column("owner", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), index=True),
    Column("creator", String(36)),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("organisation", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("sort", _bytewise(1000), nullable=False),
    Column("folded", Text, nullable=False),
    # By what SQLite's indexes of words know it (see `finding`).
    Column("search_row", BigInteger),
    # No foreign key: 150,000 rows would go in one transaction with their directory.
    Column("directory", String(36)),
    # By what its source knows it, and what its source had then.
    Column("external", String(250)),
    Column("raw_hash", LargeBinary),
    Column("website", String(500), nullable=False, server_default=""),
    Column("private", Json),
    # What private fields are found by; null where they are empty.
    Column("private_folded", Text),
    # The hash of its photo.
    Column("photo", String(32), nullable=False, server_default=""),
    # Of the dial plan that read its numbers.
    Column("plan", String(16), nullable=False),
    Column("changed", UtcTime, nullable=False),
    Index(None, "company", "sort", "id"),
    Index("uq_contact_search_row", "search_row", unique=True),
    Index("uq_contact_external", "directory", "external", unique=True),
)

contact_number = Table(
    "contact_number",
    metadata,
    Column("contact", String(36), ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("company", String(36), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("number", String(64), nullable=False),
    # How it is compared: the E.164 form where known, the digits from the last to the first.
    Column("e164", String(20)),
    Column("reversed", _bytewise(64), nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("red", Boolean, nullable=False, server_default=false()),
    Index(None, "company", "e164"),
    Index(None, "company", "reversed"),
)

contact_email = Table(
    "contact_email",
    metadata,
    Column("contact", String(36), ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    # Of its field: that of the second is 1, also where the first is empty.
    Column("position", Integer, primary_key=True),
    Column("company", String(36), nullable=False),
    Column("email", String(254), nullable=False),
    # By what people are known to be the same (8.2.2).
    Column("folded", String(254), nullable=False),
    Index(None, "company", "folded"),
)

contact_photo = Table(
    "contact_photo",
    metadata,
    Column("contact", String(36), ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
