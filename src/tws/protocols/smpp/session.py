"""A session with a message centre, as a client (2.2): what it is told, and what it tells.

`receive` takes bytes and gives what happened; what is to be sent stands in `outputs`. It reads no
clock: who carries it watches over answers that do not come.
"""

from dataclasses import dataclass
from itertools import count

from tws.protocols.smpp.pdu import (
    RESPONSE,
    Command,
    Malformed,
    Message,
    Pdu,
    Status,
    bind_body,
    first_text,
    message,
    taken,
)
from tws.protocols.smpp.receipts import Receipt, receipt_of

MOST_NUMBER = 0x7FFFFFFF
"Of a sequence number (5.1.4)."


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked under that number is done, or refused."""

    sequence: int
    status: int
    id: str = ""
    "Of `submit_sm`: the message's, as the centre knows it."


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt came; it is acknowledged already."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Unbound:
    """The centre ends the session."""


Happened = Answered | Received | Unbound


class Session:
    def __init__(self) -> None:
        self._buffer = bytearray()
        self._numbers = count(1)
        self._outputs: list[bytes] = []

    def bind(self, system_id: str, password: str, system_type: str) -> int:
        """The number under which it is answered."""
        return self._ask(Command.BIND_TRANSCEIVER, bind_body(system_id, password, system_type))

    def submit(self, message: Message) -> int:
        return self._ask(Command.SUBMIT_SM, message.body())

    def enquire(self) -> int:
        return self._ask(Command.ENQUIRE_LINK)

    def unbind(self) -> int:
        return self._ask(Command.UNBIND)

    def outputs(self) -> bytes:
        """What is to be sent, once."""
        sent, self._outputs = b"".join(self._outputs), []
        return sent

    def receive(self, data: bytes) -> list[Happened]:
        """Malformed where what comes cannot be read any more."""
        self._buffer += data
        happened: list[Happened] = []
        while (pdu := taken(self._buffer)) is not None:
            if (one := self._handle(pdu)) is not None:
                happened.append(one)
        return happened

    def _handle(self, pdu: Pdu) -> Happened | None:
        match pdu.command:
            case Command.DELIVER_SM:
                return self._delivered(pdu)
            case Command.ENQUIRE_LINK:
                self._tell(Pdu(Command.ENQUIRE_LINK_RESP, pdu.sequence))
            case Command.UNBIND:
                self._tell(Pdu(Command.UNBIND_RESP, pdu.sequence))
                return Unbound()
            case Command.SUBMIT_SM_RESP:
                return Answered(pdu.sequence, pdu.status, first_text(pdu.body))
            case command if command & RESPONSE:
                return Answered(pdu.sequence, pdu.status)
            case _:
                nack = Pdu(Command.GENERIC_NACK, pdu.sequence, status=Status.INVALID_COMMAND)
                self._tell(nack)
        return None

    def _delivered(self, pdu: Pdu) -> Received | None:
        """Taken whatever it says: one that is refused comes again for days."""
        self._tell(Pdu(Command.DELIVER_SM_RESP, pdu.sequence, b"\0"))
        try:
            receipt = receipt_of(message(pdu.body))
        except Malformed:
            return None
        return None if receipt is None else Received(receipt)

    def _ask(self, command: Command, body: bytes = b"") -> int:
        sequence = next(self._numbers) & MOST_NUMBER or next(self._numbers)
        self._tell(Pdu(command, sequence, body))
        return sequence

    def _tell(self, pdu: Pdu) -> None:
        self._outputs.append(pdu.encoded())
