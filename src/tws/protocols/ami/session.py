"""One AMI connection: greeting, login by challenge, actions and their answers, events.

The secret never goes over the wire: MD5 of challenge + secret does (Asterisk has no better).
An answer is complete with its list, where it has one (`EventList: start` ... `Complete`).
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from tws.protocols.ami.message import Message, encode
from tws.protocols.ami.reader import Reader
from tws.sentences import Words, sentence

MAX_ITEMS = 200_000
"Of one list: devices, channels, bridges."


@dataclass(frozen=True, slots=True)
class LoggedIn:
    banner: str


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """`wrong` = the server understood and said no: another try would end the same."""

    why: Words
    wrong: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that answers nothing (or follows an action long after, with its `action` id)."""

    message: Message
    action: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """To the action `id`: its response and the items of its list. `message` None = no answer."""

    id: str
    message: Message | None
    items: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        return self.message is not None and self.message.ok

    @property
    def why(self) -> str:
        """The words of a refusal."""
        return "no answer" if self.message is None else self.message["Message"]


Outcome = LoggedIn | LoginRefused | Happened | Answer


@dataclass(slots=True)
class _Waiting:
    deadline: float
    response: Message | None = None
    items: list[Message] = field(default_factory=list)


class _Step(Enum):
    GREETING = auto()
    CHALLENGE = auto()
    LOGIN = auto()
    READY = auto()
    ENDED = auto()


class Session:
    """The client's side of one connection; a new connection needs a new one."""

    def __init__(self, user: str, secret: str, timeout: float, now: float) -> None:
        self.user, self.secret, self.timeout = user, secret, timeout
        self.reader = Reader()
        self.counters: Counter[str] = self.reader.counters
        self._step = _Step.GREETING
        self._deadline: float | None = now + timeout
        self._login: str | None = None
        self._number = 0
        self._waiting: dict[str, _Waiting] = {}
        self._sent: list[bytes] = []
        self._outcomes: deque[Outcome] = deque()
        self.heard: Callable[[str | Message], None] | None = None
        "Told the greeting and each message as it comes, whatever becomes of it."

    @property
    def ready(self) -> bool:
        return self._step is _Step.READY

    # ------------------------------------------------------------ sending

    def request(
        self,
        action: str,
        fields: Iterable[tuple[str, str]],
        now: float,
        timeout: float | None = None,
    ) -> str:
        """Send an action; its `Answer` follows, at the latest when its time is up.

        Raises Unwritable; then nothing is sent.
        """
        action_id = f"tws-{self._number + 1}"
        data = encode(action, (("ActionID", action_id), *fields))
        self._number += 1
        self._sent.append(data)
        self._waiting[action_id] = _Waiting(now + (timeout or self.timeout))
        return action_id

    def data_to_send(self) -> list[bytes]:
        """Take the bytes to send, one item for each action."""
        sent, self._sent = self._sent, []
        return sent

    # ------------------------------------------------------------ receiving

    def receive_data(self, data: bytes, now: float) -> None:
        """Any bytes, split anywhere; never raises."""
        greeted = self.reader.banner is not None
        messages = self.reader.feed(data)
        if not greeted and self.reader.banner is not None:
            if self.heard is not None:
                self.heard(self.reader.banner)
            self._greeted(self.reader.banner, now)
        for message in messages:
            if self.heard is not None:
                self.heard(message)
            self._take(message, now)

    def outcomes(self) -> list[Outcome]:
        """Take what happened, in order."""
        outcomes = list(self._outcomes)
        self._outcomes.clear()
        return outcomes

    def timer(self) -> float | None:
        times = [waiting.deadline for waiting in self._waiting.values()]
        if self._deadline is not None:
            times.append(self._deadline)
        return min(times, default=None)

    def handle_timer(self, now: float) -> None:
        if self._deadline is not None and now >= self._deadline:
            self._refused(sentence("no answer to the login"), wrong=False)
        late = [key for key, waiting in self._waiting.items() if now >= waiting.deadline]
        for action_id in late:
            del self._waiting[action_id]
            self._outcomes.append(Answer(action_id, None))

    # ------------------------------------------------------------ login

    def _greeted(self, banner: str, now: float) -> None:
        if self._step is not _Step.GREETING:
            return
        if not banner.startswith("Asterisk Call Manager/"):
            said = repr(banner[:60])
            why = sentence("this is not an Asterisk manager port: {said}", said=said)
            self._refused(why, wrong=True)
            return
        self._step = _Step.CHALLENGE
        self._login = self.request("Challenge", [("AuthType", "MD5")], now)

    def _logging_in(self, message: Message, now: float) -> None:
        if not message.ok:
            said = message["Message"] or "login refused"
            why = sentence("Asterisk refuses this manager user or its secret: {said}", said=said)
            self._refused(why, wrong=True)
        elif self._step is _Step.CHALLENGE:
            digest = hashlib.md5(
                (message["Challenge"] + self.secret).encode(), usedforsecurity=False
            ).hexdigest()
            fields = [("AuthType", "MD5"), ("Username", self.user), ("Key", digest)]
            self._step = _Step.LOGIN
            self._login = self.request("Login", fields, now)
        else:
            self._step, self._deadline = _Step.READY, None
            self._outcomes.append(LoggedIn(self.reader.banner or ""))

    def _refused(self, why: Words, *, wrong: bool) -> None:
        self._step, self._deadline = _Step.ENDED, None
        self._outcomes.append(LoginRefused(why, wrong))

    # ------------------------------------------------------------ messages

    def _take(self, message: Message, now: float) -> None:
        if self._step is _Step.ENDED:
            return
        action_id = message["ActionID"]
        if "Event" in message:
            self._event(message, action_id)
        elif "Response" not in message:
            self.counters["neither event nor response"] += 1
        elif action_id not in self._waiting:
            self.counters["response to nothing"] += 1
        elif action_id == self._login:
            del self._waiting[action_id]
            self._logging_in(message, now)
        elif message.ok and message["EventList"].lower() == "start":
            self._waiting[action_id].response = message
        else:
            del self._waiting[action_id]
            self._outcomes.append(Answer(action_id, message))

    def _event(self, message: Message, action_id: str) -> None:
        waiting = self._waiting.get(action_id)
        if waiting is None or waiting.response is None:
            if self.ready or message.event == "FullyBooted":
                self._outcomes.append(Happened(message, action_id or None))
            else:
                self.counters["event before login"] += 1
            return
        if message["EventList"]:  # Complete or Cancelled
            del self._waiting[action_id]
            self._outcomes.append(Answer(action_id, waiting.response, tuple(waiting.items)))
        elif len(waiting.items) < MAX_ITEMS:
            waiting.items.append(message)
        else:
            self.counters["list too long"] += 1
