"""The life of one manager session: login, Asterisk starts, everything is read, it is up."""

from collections.abc import Callable, Iterator
from enum import Enum, auto

from tws.links.asterisk.line import Fields
from tws.links.asterisk.loading import Loading
from tws.links.asterisk.running import Refusal
from tws.links.asterisk.settings import Settings
from tws.protocols.ami.message import Message
from tws.protocols.ami.session import Answer, Happened, LoggedIn, LoginRefused, Session
from tws.sentences import Words, sentence
from tws.telephony.event_reports import LINK_DOWN

BOOTING = 60.0
"Seconds within which Asterisk has started, once it lets us log in."


class _Phase(Enum):
    DOWN = auto()
    LOGIN = auto()
    BOOTING = auto()
    LOADING = auto()
    UP = auto()


class Manager:
    """`load` takes what was read at the start, and says whether it will do.

    `give_up` is told what is wrong, and whether only an administrator can mend it.
    """

    def __init__(
        self,
        settings: Settings,
        load: Callable[[Loading], bool],
        give_up: Callable[[Words, bool], None],
    ) -> None:
        self.settings, self.load, self.give_up = settings, load, give_up
        self.session: Session | None = None
        self._phase = _Phase.DOWN
        self._loading: Loading | None = None
        self._now = self._heard = 0.0
        self._ping: str | None = None
        self._deadline: float | None = None

    @property
    def down(self) -> bool:
        return self._phase is _Phase.DOWN

    @property
    def up(self) -> bool:
        return self._phase is _Phase.UP

    def connected(self, now: float) -> None:
        self._now = self._heard = now
        self._phase = _Phase.LOGIN
        timeout = self.settings.answer_timeout
        self.session = Session(self.settings.user, self.settings.password, timeout, now)

    def forget(self) -> None:
        self._phase, self.session, self._loading = _Phase.DOWN, None, None
        self._deadline = self._ping = None

    def request(self, action: str, fields: Fields) -> str:
        """Send an action; its id."""
        if self.session is None:
            raise Refusal(LINK_DOWN)
        return self.session.request(action, fields, self._now)

    # ------------------------------------------------------------ time

    def at(self, now: float) -> None:
        self._now = now

    def timer(self) -> float | None:
        if self.session is None:
            return None
        quiet = self._heard + self.settings.heartbeat
        asks = self.up and self._ping is None
        times = (self.session.timer(), self._deadline, quiet if asks else None)
        return min((time for time in times if time is not None), default=None)

    def handle_timer(self) -> None:
        if self.session is None:
            return
        self.session.handle_timer(self._now)
        if self._deadline is not None and self._now >= self._deadline:
            self.give_up(sentence("Asterisk has not finished starting"), False)
        elif self.up and self._ping is None:
            if self._now >= self._heard + self.settings.heartbeat:
                self._ping = self.request("Ping", ())

    # ------------------------------------------------------------ what came

    def receive_data(self, data: bytes) -> None:
        assert self.session is not None
        self._heard = self._now
        self.session.receive_data(data, self._now)

    def outcomes(self) -> Iterator[Answer | Message]:
        """Answers and events, once we are logged in, as long as the session lives."""
        session = self.session
        if session is None:
            return
        for outcome in session.outcomes():
            match outcome:
                case LoggedIn():
                    self._phase, self._deadline = _Phase.BOOTING, self._now + BOOTING
                case LoginRefused(why, wrong):
                    self.give_up(why, wrong)
                case Answer():
                    yield outcome
                case Happened(message):
                    self._happened(message)
                    yield message
            if self.session is None:
                return

    def _happened(self, message: Message) -> None:
        if message.event == "FullyBooted" and self._phase in (_Phase.BOOTING, _Phase.LOGIN):
            self._phase, self._loading = _Phase.LOADING, Loading()
            self._deadline = None
            self._loading.ask(self.request)

    def answered(self, answer: Answer) -> bool:
        """Take an answer; False: it is not to a question of this file."""
        if answer.id == self._ping:
            self._ping = None
            if answer.message is None:
                self.give_up(sentence("Asterisk does not answer any more"), False)
        elif (loading := self._loading) is not None and loading.take(answer):
            if answer.message is None:
                self.give_up(sentence("Asterisk does not answer"), False)
            elif loading.complete:
                self._loading = None
                if self.load(loading):
                    self._phase = _Phase.UP
        else:
            return False
        return True
