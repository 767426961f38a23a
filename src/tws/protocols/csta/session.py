"""Application sessions (ECMA-354)."""

from dataclasses import dataclass, field
from typing import ClassVar

from tws.protocols.csta.message import Message, Request, Response
from tws.protocols.csta.values import Opaque, listing


@dataclass(frozen=True, slots=True)
class ApplicationInfo:
    application_id: str | None = None
    application_specific_info: Opaque | None = None
    "Credentials, in a vendor's own elements."


@dataclass(frozen=True, slots=True)
class SessionError:
    """Why a session request was refused: `invalidApplicationInfo`,
    `requestedProtocolVersionNotSupported`, `serverResourcesBusy`, `maxNumberSessions`,
    `invalidSessionID`, `serverCannotResetSessionTimer`, or the application's own words.
    """

    defined_error: str | None = None
    appl_error: str | None = None

    @property
    def value(self) -> str:
        return self.defined_error or self.appl_error or "unspecified"


@dataclass(frozen=True, slots=True)
class SessionEndReason:
    defined_end_reason: str | None = None
    app_end_reason: str | None = None


@dataclass(frozen=True, slots=True)
class SessionTermReason:
    """`resourceLimitation`, `sessionTimerExpired`, or the server's own words."""

    defined_term_reason: str | None = None
    server_term_reason: str | None = None

    @property
    def value(self) -> str:
        return self.defined_term_reason or self.server_term_reason or "unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartApplicationSession(Request):
    SESSION: ClassVar[bool] = True
    application_info: ApplicationInfo | None = None
    requested_protocol_versions: tuple[str, ...] = field(
        default=(), metadata=listing("protocolVersion")
    )
    "Namespaces of editions, the preferred one first."
    requested_session_duration: int | None = None
    "Seconds, as all durations here."


@dataclass(frozen=True, slots=True, kw_only=True)
class StartApplicationSessionPosResponse(Response):
    SESSION: ClassVar[bool] = True
    session_id: str
    actual_protocol_version: str | None = None
    actual_session_duration: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartApplicationSessionNegResponse(Response):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetApplicationSessionTimer(Request):
    SESSION: ClassVar[bool] = True
    session_id: str
    requested_session_duration: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetApplicationSessionTimerPosResponse(Response):
    SESSION: ClassVar[bool] = True
    actual_session_duration: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetApplicationSessionTimerNegResponse(Response):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopApplicationSession(Request):
    SESSION: ClassVar[bool] = True
    session_id: str
    session_end_reason: SessionEndReason = SessionEndReason(defined_end_reason="normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopApplicationSessionPosResponse(Response):
    SESSION: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StopApplicationSessionNegResponse(Response):
    SESSION: ClassVar[bool] = True
    error_code: SessionError = SessionError()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSessionTerminated(Message):
    """The server ends the session; not answered."""

    SESSION: ClassVar[bool] = True
    session_id: str | None = None
    session_term_reason: SessionTermReason = SessionTermReason()
