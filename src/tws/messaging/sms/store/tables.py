"""Tables: text messages, and the parts by which gateways know them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from tws.storage import Json, UtcTime, metadata

message = Table(
    "sms_message",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("domain", String(36), nullable=False),
    Column("user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False),
    Column("number", String(20), nullable=False),
    Column("contact", String(64)),
    Column("name", String(300), nullable=False),
    Column("text", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Json, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", UtcTime),
    Column("provider", String(36)),
    Column("key", String(64)),
    Index(None, "company"),
    Index(None, "user", "id"),
    Index(None, "domain", "due"),
    Index(None, "state"),
    Index("uq_sms_message_user_key", "user", "key", unique=True),
)

part = Table(
    "sms_part",
    metadata,
    Column(
        "message",
        String(36),
        ForeignKey("sms_message.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True),
    Column("provider", String(36), nullable=False),
    Column("reference", String(128), nullable=False),
    Column("state", String(10), nullable=False),
    Index(None, "provider", "reference"),
)
"How the gateway knows each part of a message, and what it told of it."
