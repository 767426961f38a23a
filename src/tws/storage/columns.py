"""The metadata on which every room declares its tables, their column types, and row ids."""

import os
import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import JSON, DateTime, Dialect, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"Column type: what JSON can say. None is SQL's NULL."


class Values(TypeDecorator[tuple[Any, ...]]):
    """Column type: a tuple of small immutable values, kept as a list of JSON objects."""

    impl = Json
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(
        self, value: tuple[Any, ...] | None, dialect: Dialect
    ) -> list[Any] | None:
        return None if value is None else [msgspec.to_builtins(one) for one in value]

    def process_result_value(
        self, value: list[Any] | None, dialect: Dialect
    ) -> tuple[Any, ...] | None:
        return None if value is None else tuple(msgspec.convert(one, self.kind) for one in value)


class Whole(TypeDecorator[Any]):
    """Column type: one small immutable value, kept as a JSON object. What was not kept of it is
    what the value comes with; what it no longer has is left aside."""

    impl = Json
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else msgspec.to_builtins(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else msgspec.convert(value, self.kind)


class Member(TypeDecorator[Any]):
    """Column type: one of an enumeration, kept as its name in small letters."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[Enum], length: int) -> None:
        super().__init__(length)
        self.kind = kind

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.name.lower()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        return None if value is None else self.kind[value.upper()]


class UtcTime(TypeDecorator[datetime]):
    """A moment. Refuses a datetime without a time zone (ValueError), stores UTC, gives back
    aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], object]:
        return _text if dialect.name == "sqlite" else _in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.utcoffset() is None:
        raise ValueError(f"a time without a time zone can't be stored: {value.isoformat()}")
    return value.astimezone(UTC)


@lru_cache(maxsize=16)
def _text(value: datetime | None) -> str | None:
    """SQLite keeps text: always UTC without its mark, so that the order of texts is that of
    times."""
    in_utc = _in_utc(value)
    return None if in_utc is None else in_utc.isoformat(" ", "microseconds")[:26]


class _Stamps:
    """The first 60 free bits of UUIDv7: milliseconds and their 4096ths, never twice the same nor
    backwards."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        milliseconds, rest = divmod(time.time_ns(), 1_000_000)
        stamp = milliseconds << 12 | rest * 4096 // 1_000_000
        with self._lock:
            self._last = max(stamp, self._last + 1)
            return self._last


class _Chances:
    """62 bits at a time of the system's randomness, asked for in blocks: each asking is a call
    into the system."""

    BLOCK = 256

    def __init__(self) -> None:
        self._left: list[int] = []
        os.register_at_fork(after_in_child=self._left.clear)

    def next(self) -> int:
        try:
            return self._left.pop()
        except IndexError:
            block = os.urandom(8 * self.BLOCK)
            self._left += (bits >> 2 for (bits,) in struct.iter_unpack("Q", block))
            return self._left.pop()


_stamps = _Stamps()
_chances = _Chances()


def new_id() -> str:
    """A UUIDv7 (RFC 9562, 5.7, method 3) as text: ids of one process sort in the order they were
    made."""
    stamp = _stamps.next()
    high = (stamp >> 12) << 16 | 0x7000 | (stamp & 0xFFF)
    low = 1 << 63 | _chances.next()
    text = f"{high << 64 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
