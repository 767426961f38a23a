"""The application session of one client (ECMA-354): start, renewal, end, and who may start one."""

from tws.protocols.csta import messages as m
from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.namespaces import edition_of, namespace
from tws.protocols.csta.session import SessionError
from tws.protocols.csta.values import Opaque
from tws.simulator.settings import LinkSettings

_USER = ("username", "user", "login", "userid")
_PASSWORD = ("password", "pwd", "passwd")


class ApplicationSession:
    def __init__(self, link: LinkSettings) -> None:
        self._link = link
        self.id: str | None = None
        self.edition: int | None = None
        "What the client asked for, of what we speak."
        self.ends: float | None = None
        "When it expires, if it is not renewed."

    def answer(self, request: Request, number: int, now: float) -> Response | None:
        """The response to a session request; None where it is not one. `number` makes new ids."""
        match request:
            case m.StartApplicationSession():
                return self._start(request, number, now)
            case m.ResetApplicationSessionTimer():
                if request.session_id != self.id:
                    return m.ResetApplicationSessionTimerNegResponse(
                        error_code=SessionError(defined_error="invalidSessionID")
                    )
                granted = self._grant(request.requested_session_duration, now)
                return m.ResetApplicationSessionTimerPosResponse(actual_session_duration=granted)
            case m.StopApplicationSession():
                if request.session_id != self.id:
                    return m.StopApplicationSessionNegResponse(
                        error_code=SessionError(defined_error="invalidSessionID")
                    )
                self.end()
                return m.StopApplicationSessionPosResponse()
        return None

    @property
    def missing(self) -> bool:
        """Whether the client may ask for nothing else before it has started one."""
        needed = self._link.session == "required" or bool(self._link.password)
        return needed and self.id is None

    def end(self) -> None:
        self.id = self.ends = None

    def _start(self, request: m.StartApplicationSession, number: int, now: float) -> Response:
        if self._link.session == "none":
            return _refused("requestedProtocolVersionNotSupported")
        info = request.application_info
        if not self._known(info.application_specific_info if info is not None else None):
            return _refused("invalidApplicationInfo")
        wanted = request.requested_protocol_versions
        editions = [e for e in map(edition_of, wanted) if e is not None]
        if wanted and not editions:
            return _refused("requestedProtocolVersionNotSupported")
        # The standard's: the first of the client's versions that the server has. Ours is fixed.
        self.edition = self._link.edition if self._link.edition in editions else None
        if editions and self.edition is None:
            self.edition = editions[0]
        self.id = f"{number:09d}"
        granted = self._grant(request.requested_session_duration, now)
        return m.StartApplicationSessionPosResponse(
            session_id=self.id,
            actual_protocol_version=namespace(self.edition or self._link.edition),
            actual_session_duration=granted,
        )

    def _grant(self, wanted: int | None, now: float) -> int:
        most = self._link.session_duration
        granted = most if wanted is None or wanted <= 0 else min(wanted, most)
        self.ends = now + granted
        return granted

    def _known(self, given: Opaque | None) -> bool:
        if not self._link.password:
            return True
        user = password = ""
        for element in given.element.iter() if given is not None else ():
            name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
            if name in _USER:
                user = (element.text or "").strip()
            elif name in _PASSWORD:
                password = (element.text or "").strip()
        return user == self._link.user and password == self._link.password


def _refused(error: str) -> m.StartApplicationSessionNegResponse:
    return m.StartApplicationSessionNegResponse(error_code=SessionError(defined_error=error))
