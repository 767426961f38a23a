"""Application sessions (ECMA-354)."""

from typing import Annotated, ClassVar

from msgspec import Struct

from tws.protocols.csta.marks import listing
from tws.protocols.csta.message import Message, Request, Response
from tws.protocols.csta.values import Opaque


class ApplicationInfo(Struct, frozen=True):
    application_id: str | None = None
    application_specific_info: Opaque | None = None
    "Credentials, in a vendor's own elements."


class SessionError(Struct, frozen=True):
    """Why a session request was refused: `invalidApplicationInfo`,
    `requestedProtocolVersionNotSupported`, `serverResourcesBusy`, `maxNumberSessions`,
    `invalidSessionID`, `serverCannotResetSessionTimer`, or the application's own words.
    """

    defined_error: str | None = None
    appl_error: str | None = None

    @property
    def value(self) -> str:
        return self.defined_error or self.appl_error or "unspecified"


class SessionEndReason(Struct, frozen=True):
    defined_end_reason: str | None = None
    app_end_reason: str | None = None


class SessionTermReason(Struct, frozen=True):
    """`resourceLimitation`, `sessionTimerExpired`, or the server's own words."""

    defined_term_reason: str | None = None
    server_term_reason: str | None = None

    @property
    def value(self) -> str:
        return self.defined_term_reason or self.server_term_reason or "unspecified"


class StartApplicationSession(Request, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    application_info: ApplicationInfo | None = None
    requested_protocol_versions: Annotated[tuple[str, ...], listing("protocolVersion")] = ()
    "Namespaces of editions, the preferred one first."
    requested_session_duration: int | None = None
    "Seconds, as all durations here."


class StartApplicationSessionPosResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    session_id: str
    actual_protocol_version: str | None = None
    actual_session_duration: int | None = None


class StartApplicationSessionNegResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


class ResetApplicationSessionTimer(Request, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    session_id: str
    requested_session_duration: int | None = None


class ResetApplicationSessionTimerPosResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    actual_session_duration: int | None = None


class ResetApplicationSessionTimerNegResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


class StopApplicationSession(Request, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    session_id: str
    session_end_reason: SessionEndReason = SessionEndReason(defined_end_reason="normal")


class StopApplicationSessionPosResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True


class StopApplicationSessionNegResponse(Response, frozen=True, kw_only=True):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


class ApplicationSessionTerminated(Message, frozen=True, kw_only=True):
    """The server ends the session; not answered."""

    SESSION: ClassVar[bool] = True
    session_id: str | None = None
    session_term_reason: SessionTermReason = SessionTermReason()
