"""Text messages in SQL: those that wait, and those that were sent."""

from tws.messaging.sms.store.parts import mark_part, part_of, parts, put_parts
from tws.messaging.sms.store.queue import (
    advance,
    domains,
    due,
    interrupted,
    next_due,
    put,
    waiting,
)
from tws.messaging.sms.store.sent import found, listed, over, remove, sent_before, users
from tws.messaging.sms.store.tables import message, part

__all__ = [
    "advance",
    "domains",
    "due",
    "found",
    "interrupted",
    "listed",
    "mark_part",
    "message",
    "next_due",
    "over",
    "part",
    "part_of",
    "parts",
    "put",
    "put_parts",
    "remove",
    "sent_before",
    "users",
    "waiting",
]
