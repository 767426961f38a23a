"""What the server and the process that makes a backup say to each other."""

from dataclasses import dataclass

import msgspec

from tws.maintenance.backups.making import Order
from tws.maintenance.backups.model import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: one of them."""

    progress: Progress | None = None
    made: Made | None = None
    failed: Failed | None = None


def encode_order(order: Order) -> bytes:
    return msgspec.json.encode(order) + b"\n"


def decode_order(line: bytes) -> Order:
    return msgspec.json.decode(line, type=Order)


def decode_told(line: bytes) -> Told:
    return msgspec.json.decode(line, type=Told)
