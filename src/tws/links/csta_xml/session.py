"""From connected to usable, and whether the switch is still there: application session, system
status, registration, features, heartbeat (ECMA-354; ECMA-269 clauses 13 and 14).

The steps run in one order; each asks one thing and leads to the next, or closes the connection.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from tws.links.csta_xml.settings import Configuration
from tws.links.csta_xml.wire import Refusal, Wire
from tws.protocols.csta import Request, Response, edition_of, messages, namespace
from tws.protocols.csta.namespaces import EDITIONS
from tws.protocols.csta.values import Opaque, quote
from tws.sentences import Parameter, Sentence, Words, said, sentence
from tws.telephony.event_reports import NO_ANSWER

APPLICATION = "TWS"
MISSES = 2
"Heartbeats without a sign of life before the link is given up."
_LOGIN = (
    '<applicationSpecificInfo><SessionLoginInfo xmlns="http://www.avaya.com/csta">'
    "<userName>{user}</userName><password>{password}</password>"
    "</SessionLoginInfo></applicationSpecificInfo>"
)
"The only published way to log in; there is none in ECMA-354 itself."


class Phase(StrEnum):
    CLOSED = "closed"
    GREETING = "greeting"
    "Waiting for the switch's first SystemStatus."
    STARTING = "starting"
    NOT_READY = "notReady"
    "Connected, but the switch says that it is disabled or initializing."
    UP = "up"


UP = Phase.UP
CLOSED = Phase.CLOSED
"By a name of their own: to find a member of an enumeration costs more than to compare it."


_NOT_READY = {"disabled", "initializing"}
_LASTING = {"partiallyDisabled", "overloadImminent", "overloadReached", "overloadRelieved"}


class Link(Protocol):
    """What the session tells its driver."""

    def started(self, version: str | None) -> None: ...

    def stopped(self, why: Words) -> None:
        """Not usable for now; the connection stays."""

    def messages_lost(self) -> None: ...

    def give_up(self, why: Words, *, misconfigured: bool = False) -> None:
        """Close the connection."""

    def features(self, services: messages.SupportedServices) -> None: ...


class Session:
    """One connection at a time."""

    def __init__(self, configuration: Configuration, wire: Wire, link: Link) -> None:
        self._configuration, self._wire, self._link = configuration, wire, link
        self.phase = Phase.CLOSED
        self._id: str | None = None
        self._registration: str | None = None
        self._renew_at: float | None = None
        self._greeting_until: float | None = None
        self._misses = self._received = 0
        self._beat_at: float | None = None

    def connected(self) -> None:
        self._id = self._registration = self._renew_at = None
        self._misses = 0
        self._wire.edition = self._configuration.edition
        self._beat_at = self._wire.now + self._configuration.heartbeat
        if self._configuration.first == "switch":
            self.phase = Phase.GREETING
            self._greeting_until = self._wire.now + self._configuration.timeout
        else:
            self._begin()

    def closed(self) -> None:
        self.phase = Phase.CLOSED
        self._beat_at = self._renew_at = self._greeting_until = None

    # ------------------------------------------------------------ the steps

    def _begin(self) -> None:
        self.phase = Phase.STARTING
        self._greeting_until = None
        if self._configuration.session == "off":
            self._ask_status()
        else:
            self._ask_session()

    def _ask_session(self) -> None:
        wanted = self._configuration.edition
        others = sorted((e for e in EDITIONS if e != wanted), reverse=True)
        info = None
        if self._configuration.user is not None:
            login = _LOGIN.format(
                user=quote(self._configuration.user),
                password=quote(self._configuration.password or ""),
            )
            info = Opaque.of(login)
        request = messages.StartApplicationSession(
            application_info=messages.ApplicationInfo(APPLICATION, info),
            requested_protocol_versions=tuple(namespace(e) for e in (wanted, *others)),
            requested_session_duration=self._configuration.session_duration,
        )
        expected: tuple[type[Response], ...] = (
            messages.StartApplicationSessionPosResponse,
            messages.StartApplicationSessionNegResponse,
        )
        self._request(request, expected, self._session_answered)

    def _session_answered(self, answer: Response | Refusal) -> None:
        match answer:
            case messages.StartApplicationSessionPosResponse():
                self._id = answer.session_id
                agreed = edition_of(answer.actual_protocol_version)
                if agreed in EDITIONS:
                    self._wire.edition = agreed
                self._renew_in(answer.actual_session_duration)
                self._ask_status()
            case messages.StartApplicationSessionNegResponse():
                why = answer.error_code.value
                refused = why in ("invalidApplicationInfo", "requestedProtocolVersionNotSupported")
                said = sentence("application session refused: {said}", said=why)
                self._link.give_up(said, misconfigured=refused)
            case Refusal(cause=cause) if self._configuration.session == "auto":
                self._wire.count(f"noApplicationSession {cause}")
                self._ask_status()
            case Refusal(cause=cause, detail=detail):
                said = _words(cause, detail)
                self._link.give_up(sentence("no application session: {said}", said=said))

    def _ask_status(self) -> None:
        request = messages.RequestSystemStatus()
        expected = (messages.RequestSystemStatusResponse,)
        self._request(request, expected, self._status_answered)

    def _status_answered(self, answer: Response | Refusal) -> None:
        match answer:
            case messages.RequestSystemStatusResponse(system_status=status):
                if status in _NOT_READY:
                    self._not_ready(status)
                else:
                    self._register()
            case Refusal(cause=cause) if cause == NO_ANSWER:
                self._link.give_up(sentence("the PBX does not answer RequestSystemStatus"))
            case _:
                self._register()  # without that service, but it speaks

    def _register(self) -> None:
        if not self._configuration.register or self._registration is not None:
            self._ask_features()
            return
        types = messages.RequestTypes(system_status=True, request_system_status=False)
        request = messages.SystemRegister(request_types=types)
        self._request(request, (messages.SystemRegisterResponse,), self._registered)

    def _registered(self, answer: Response | Refusal) -> None:
        match answer:
            case messages.SystemRegisterResponse():
                self._registration = answer.sys_stat_register_id
            case Refusal(cause=cause):
                self._wire.count(f"notRegistered {cause}")
        self._ask_features()

    def _ask_features(self) -> None:
        if not self._configuration.features:
            self._up()
            return
        expected = (messages.GetCSTAFeaturesResponse,)
        self._request(messages.GetCSTAFeatures(), expected, self._features_answered)

    def _features_answered(self, answer: Response | Refusal) -> None:
        if isinstance(answer, messages.GetCSTAFeaturesResponse) and answer.supported_services:
            self._link.features(answer.supported_services)
        self._up()

    def _up(self) -> None:
        if self.phase is Phase.STARTING:
            self.phase = Phase.UP
            spoken = self._wire.spoken
            self._link.started(None if spoken is None else f"CSTA edition {spoken}")

    def _not_ready(self, status: str) -> None:
        self.phase = Phase.NOT_READY
        self._link.stopped(sentence("the PBX says that it is {status}", status=status))

    def _request(
        self,
        request: Request,
        expected: tuple[type[Response], ...],
        then: Callable[[Response | Refusal], None],
    ) -> None:
        def answered(answer: Response | Refusal) -> None:
            # A connection that is closing refuses what was under way: the steps end there.
            if self.phase is Phase.STARTING:
                then(answer)

        self._wire.request(request, expected, answered)

    # ------------------------------------------------------------ what the switch says by itself

    def status(self, status: str) -> None:
        """A SystemStatus, or the answer to a heartbeat."""
        if status in _LASTING:
            self._wire.count(f"systemStatus {status}")
        if status == "messagesLost" and self.phase is Phase.UP:
            self._link.messages_lost()
        elif status in _NOT_READY:
            if self.phase is not Phase.NOT_READY:
                self._greeting_until = None
                self._not_ready(status)
        elif self.phase is Phase.GREETING:
            self._begin()
        elif self.phase is Phase.NOT_READY:
            self.phase = Phase.STARTING
            if self._configuration.session == "off" or self._id is not None:
                self._register()
            else:
                self._begin()

    def registration_ended(self) -> None:
        """SystemRegisterAbort."""
        self._registration = None
        if self.phase is Phase.UP and self._configuration.register:
            types = messages.RequestTypes(system_status=True, request_system_status=False)
            request = messages.SystemRegister(request_types=types)
            self._wire.request(request, (messages.SystemRegisterResponse,), _ignore)

    def terminated(self, reason: str) -> None:
        """ApplicationSessionTerminated."""
        self._link.give_up(sentence("the PBX ended the application session: {said}", said=reason))

    # ------------------------------------------------------------ time

    def timer(self) -> float | None:
        if self.phase is CLOSED:
            return None
        due = self._beat_at
        if (renew := self._renew_at) is not None and (due is None or renew < due):
            due = renew
        if (greeting := self._greeting_until) is not None and (due is None or greeting < due):
            due = greeting
        return due

    def handle_timer(self) -> None:
        now = self._wire.now
        if self._greeting_until is not None and self._greeting_until <= now:
            self._link.give_up(sentence("the PBX did not send its first SystemStatus"))
        elif self._renew_at is not None and self._renew_at <= now:
            self._renew()
        elif self._beat_at is not None and self._beat_at <= now:
            self._beat()

    def _beat(self) -> None:
        period = self._configuration.heartbeat
        if self._wire.heard + period > self._wire.now:
            self._beat_at = self._wire.heard + period
            return
        if self._wire.received != self._received:
            self._misses = 0
        self._received = self._wire.received
        if self._misses >= MISSES:
            seconds = f"{(MISSES + 1) * period}"
            self._link.give_up(sentence("the PBX was silent for {seconds} s", seconds=seconds))
            return
        self._misses += 1
        self._wire.count("heartbeatSent")
        self._beat_at = self._wire.now + period
        self._wire.request(
            messages.RequestSystemStatus(),
            (messages.RequestSystemStatusResponse,),
            self._beat_answered,
        )

    def _beat_answered(self, answer: Response | Refusal) -> None:
        if isinstance(answer, messages.RequestSystemStatusResponse):
            self.status(answer.system_status)

    def _renew_in(self, duration: int | None) -> None:
        # Half its time leaves room for one renewal that is lost.
        lasts = duration is not None and duration > 0
        self._renew_at = self._wire.now + max(duration or 0, 2) / 2 if lasts else None

    def _renew(self) -> None:
        self._renew_at = None
        request = messages.ResetApplicationSessionTimer(
            session_id=self._id or "",
            requested_session_duration=self._configuration.session_duration,
        )
        expected: tuple[type[Response], ...] = (
            messages.ResetApplicationSessionTimerPosResponse,
            messages.ResetApplicationSessionTimerNegResponse,
        )
        self._wire.request(request, expected, self._renewed)

    def _renewed(self, answer: Response | Refusal) -> None:
        if self.phase is Phase.CLOSED:
            return
        match answer:
            case messages.ResetApplicationSessionTimerPosResponse(actual_session_duration=lasts):
                self._renew_in(lasts or self._configuration.session_duration)
            case messages.ResetApplicationSessionTimerNegResponse(error_code=error):
                self._not_renewed(error.value)
            case Refusal(cause=cause, detail=detail):
                self._not_renewed(_words(cause, detail))

    def _not_renewed(self, said: Parameter) -> None:
        self._link.give_up(sentence("application session not renewed: {said}", said=said))

    # ------------------------------------------------------------ an orderly end

    def goodbye(self) -> None:
        if self._registration is not None:
            cancel = messages.SystemRegisterCancel(sys_stat_register_id=self._registration)
            self._wire.request(cancel, (messages.SystemRegisterCancelResponse,), _ignore)
        if self._id is not None:
            stop = messages.StopApplicationSession(session_id=self._id)
            self._wire.request(stop, (messages.StopApplicationSessionPosResponse,), _ignore)


def _ignore(answer: Response | Refusal) -> None:
    """Nothing depends on it."""


def _words(cause: str, detail: str | None) -> Sentence:
    words = sentence("no answer") if cause == NO_ANSWER else said(cause)
    return sentence("{what} ({detail})", what=words, detail=detail) if detail else words
