"""One connection to a switch: frames, invoke ids, answers and their deadlines, the trace."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

from tws.links.csta_xml.trace import devices_in, traced
from tws.protocols.csta import (
    EVENT,
    Event,
    Frame,
    Framer,
    J2Framer,
    Malformed,
    Message,
    NulFramer,
    Request,
    Response,
    Unknown,
    read,
    write,
)
from tws.protocols.csta.messages import CSTAErrorCode
from tws.sentences import Sentence, sentence
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER
from tws.telephony.link import Pdu, Peer

MOST_KINDS_COUNTED = 200
"Names of irregularities kept apart; a peer invents as many as it likes."
GENERIC_ERROR = "generic"
"The ECMA-269 operation error that says no more."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that did not succeed: an ECMA-269 error, LINK_DOWN or NO_ANSWER."""

    cause: str
    detail: str | None = None


Then = Callable[[Response | Refusal], None]
"Called once for each request: with a response of the type asked for, or why there is none."


@dataclass(slots=True)
class _Pending:
    request: Request
    expected: tuple[type[Response], ...]
    then: Then
    deadline: float


class Wire:
    """Everything the peer sends that is not an answer goes to `inbound(message, invoke id)`."""

    def __init__(
        self,
        peer: Peer,
        *,
        framing: str,
        edition: int,
        timeout: float,
        secrets: tuple[str, ...],
        inbound: Callable[[Message, int | None], None],
        counters: Counter[str],
    ) -> None:
        self.peer, self.edition, self.counters = peer, edition, counters
        self.tracing = False
        self.spoken: int | None = None
        "Edition of ECMA-323 the peer writes."
        self.now = 0.0
        "Set by the driver before anything else."
        self.heard = 0.0
        "When the peer last sent a message."
        self.received = 0
        "Messages, since the start."
        self.sent: list[bytes] = []
        self.pdus: list[Pdu] = []
        self._nul, self.timeout, self._secrets = framing == "nul", timeout, secrets
        self._inbound = inbound
        self._framer: Framer | None = None
        self._pending: dict[int, _Pending] = {}
        self._waiting: deque[_Pending] = deque()
        # Without invoke ids an answer belongs to the one request under way.
        self._window = 1 if self._nul else EVENT
        self._next = 0

    # ------------------------------------------------------------ the connection

    @property
    def is_open(self) -> bool:
        return self._framer is not None

    def open(self) -> None:
        self._framer = NulFramer() if self._nul else J2Framer()
        self.heard, self.spoken, self._next = self.now, None, 0

    def close(self) -> None:
        """Every request under way is refused: whether the switch obeyed is not known."""
        self._framer = None
        self.refuse_all()

    def refuse_all(self) -> None:
        ending = [*self._pending.values(), *self._waiting]
        self._pending.clear()
        self._waiting.clear()
        for pending in ending:
            pending.then(Refusal(LINK_DOWN))

    # ------------------------------------------------------------ out

    def request(self, request: Request, expected: tuple[type[Response], ...], then: Then) -> None:
        if self._framer is None:
            then(Refusal(LINK_DOWN))
            return
        pending = _Pending(request, expected, then, self.now + self.timeout)
        if len(self._pending) >= self._window:
            self._waiting.append(pending)
        else:
            self._ask(pending)

    def _ask(self, pending: _Pending) -> None:
        while self._next in self._pending:
            self._next = (self._next + 1) % EVENT
        invoke_id = self._next
        try:
            self._send(invoke_id, pending.request)
        except ValueError as error:
            pending.then(Refusal("invalidParameterValue", str(error)))
            return
        self._next = (self._next + 1) % EVENT
        self._pending[invoke_id] = pending

    def respond(self, invoke_id: int | None, response: Response) -> None:
        """What came with the invoke id of events is never answered."""
        if invoke_id != EVENT:
            self._send(invoke_id or 0, response)

    def _send(self, invoke_id: int, message: Message) -> None:
        """Raises ValueError, in words, for what XML or a frame cannot carry."""
        if self._framer is None:
            return
        body = write(message, self.edition)
        self.sent.append(self._framer.frame(invoke_id, body))
        if self.tracing:
            self._trace(True, invoke_id, body, message)

    # ------------------------------------------------------------ in

    def receive(self, data: bytes) -> Sentence | None:
        """Take what the peer sent; returns why the connection cannot go on, if it cannot."""
        framer = self._framer
        if framer is None:
            return None
        for frame in framer.receive(data):
            if self._framer is not framer:
                return None
            self.heard = self.now
            self.received += 1
            self._frame(frame)
        return framer.failure

    def _frame(self, frame: Frame) -> None:
        try:
            message = read(frame.body)
        except Malformed as error:
            self.count("malformedMessage")
            if self.tracing:
                self._trace(False, frame.invoke_id, frame.body, None)
            if b"Response" in frame.body[:400]:
                self._answer(frame.invoke_id, None, f"the answer could not be read: {error}")
            return
        if self.tracing:
            self._trace(False, frame.invoke_id, frame.body, message)
        for note in message.notes:
            self.count(note)
        if message.edition is not None:
            self.spoken = message.edition
        if isinstance(message, Event):
            self._inbound(message, None)
        elif isinstance(message, Response):
            self._answer(frame.invoke_id, message, "")
        elif isinstance(message, Unknown) and message.name.endswith("Response"):
            self._answer(frame.invoke_id, None, f"unknown answer {message.name}")
        else:
            self._inbound(message, frame.invoke_id)

    def _answer(self, invoke_id: int | None, response: Response | None, why: str) -> None:
        if self._nul:
            invoke_id = next(iter(self._pending), None)
        pending = self._pending.get(invoke_id) if invoke_id is not None else None
        known = pending is not None and isinstance(response, (CSTAErrorCode, *pending.expected))
        if pending is None or invoke_id is None or (self._nul and response and not known):
            self.count("unexpectedResponse")
            if response is not None:
                self._inbound(response, None)
            return
        del self._pending[invoke_id]
        if response is None or not known:
            name = type(response).__name__ if response is not None else ""
            pending.then(Refusal(GENERIC_ERROR, why or f"answered with {name}"))
        elif isinstance(response, CSTAErrorCode):
            pending.then(_refusal(response))
        else:
            pending.then(response)
        self._advance()

    def _advance(self) -> None:
        while self._waiting and len(self._pending) < self._window:
            self._ask(self._waiting.popleft())

    # ------------------------------------------------------------ time

    def deadline(self) -> float | None:
        """All requests have the same time, so the oldest is the first to expire."""
        if not self._pending:
            return None
        first = next(iter(self._pending.values()))
        queued = self._waiting[0] if self._waiting else None
        return min(first.deadline, queued.deadline) if queued is not None else first.deadline

    def expire(self) -> Sentence | None:
        """Refuse what is overdue; returns why the connection cannot go on, if it cannot."""
        overdue = False
        while (due := self.deadline()) is not None and due <= self.now:
            first = next(iter(self._pending.items()), None)
            if first is not None and first[1].deadline <= self.now:
                pending = self._pending.pop(first[0])
            else:
                pending = self._waiting.popleft()
            overdue = True
            self.count("requestUnanswered")
            pending.then(Refusal(NO_ANSWER))
            self._advance()
        if overdue and self._nul:
            return sentence(
                "an answer is missing, and without invoke ids those after it belong to nobody"
            )
        return None

    # ------------------------------------------------------------ counting and tracing

    def count(self, kind: str) -> None:
        if kind in self.counters or len(self.counters) < MOST_KINDS_COUNTED:
            self.counters[kind] += 1
        else:
            self.counters["other"] += 1

    def _trace(
        self, sent: bool, invoke_id: int | None, body: bytes, message: Message | None
    ) -> None:
        if self._framer is None:
            return
        devices = devices_in(message) if message is not None else ()
        text = traced(body, self._secrets)
        head, tail = self._framer.around(invoke_id or 0, len(text.encode()))
        self.pdus.append(Pdu(sent, self.peer, devices, text, head, tail))


def _refusal(error: CSTAErrorCode) -> Refusal:
    if error.private_error_code is not None:
        return Refusal(error.category, error.private_error_code)
    return Refusal(error.value, error.category)
