"""Commands and their results on the wire between nodes."""

from typing import Any, get_args

import msgspec
from msgspec import Struct

from tws.telemetry import request_id
from tws.telephony.commands import Command, operation
from tws.telephony.requests import Refusal
from tws.telephony.told import KINDS

RESULTS: dict[type[Command[Any]], Any] = {
    kind: get_args(kind.__orig_bases__[0])[0]  # type: ignore[attr-defined]
    for kind in KINDS.values()
}


class Asked(Struct, frozen=True, omit_defaults=True):
    name: str
    "Of the service, as ECMA-269 has it."
    command: msgspec.Raw
    request: str = ""
    "For which it is done, by its id in the logs; a node of an earlier version does not say."


class Answered(Struct, frozen=True, omit_defaults=True):
    result: msgspec.Raw = msgspec.Raw(b"\xc0")
    "Nothing, where it was refused."
    refused: str | None = None
    "The cause: an ECMA-269 error, or one of a link."
    detail: str | None = None


_encode = msgspec.msgpack.encode


def asked(command: Command[Any]) -> bytes:
    return _encode(
        Asked(operation(type(command)), msgspec.Raw(_encode(command)), request=request_id())
    )


def read_asked(message: bytes) -> Asked:
    """UNDECODABLE."""
    return msgspec.msgpack.decode(message, type=Asked)


def command_of(read: Asked) -> Command[Any] | None:
    """None for a service that this node does not know: a newer one asks. UNDECODABLE."""
    kind = KINDS.get(read.name)
    return None if kind is None else msgspec.msgpack.decode(read.command, type=kind)


def answered(result: object) -> bytes:
    return _encode(Answered(msgspec.Raw(_encode(result))))


def refused(refusal: Refusal) -> bytes:
    return _encode(Answered(refused=refusal.cause, detail=refusal.detail))


def result_of(command: Command[Any], message: bytes) -> Any:
    """Refusal as the owner met it."""
    read = msgspec.msgpack.decode(message, type=Answered)
    if read.refused is not None:
        raise Refusal(read.refused, read.detail)
    return msgspec.msgpack.decode(read.result, type=RESULTS[type(command)])
