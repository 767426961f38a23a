"""Call queues and intercom groups."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from tws.organisation.shared_device import IntercomGroup, Queue
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Values, metadata
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed


def _shared_device() -> tuple[Column[Any], ...]:
    return (
        id_column(),
        version_column(),
        reference("company", "company"),
        reference("domain", "domain"),
        text_column("name"),
        key_column("name_key"),
        Column("link", String(36), ForeignKey("link.id"), index=True),
        Column("number", String(32), nullable=False, server_default=""),
        Column("protocol", String(20), nullable=False, server_default="CSTA"),
        Column("media_protocol", String(20), nullable=False, server_default="None"),
        Column("lines", Integer, nullable=False, server_default="1"),
        Column("password", Text, nullable=False, server_default="", info=sealed("password")),
    )


queue = Table("call_queue", metadata, *_shared_device(), UniqueConstraint("domain", "name_key"))

intercom_group = Table(
    "intercom_group",
    metadata,
    *_shared_device(),
    Column("count", Integer, nullable=False, server_default="1"),
    Column("supervised", Values(str), nullable=False, server_default="[]"),
    UniqueConstraint("domain", "name_key"),
)

queues = Rows(queue, Queue, NAME)
intercom_groups = Rows(intercom_group, IntercomGroup, NAME)
