"""System services: the status of a side, and changes of the switch (ECMA-323 clause 12)."""

from msgspec import Struct

from tws.protocols.csta.message import Message, Request, Response
from tws.protocols.csta.values import Opaque


class SystemStatus(Request, frozen=True, kw_only=True):
    """`system_status` is one of disabled, partiallyDisabled, enabled, initializing, messagesLost,
    normal, overloadImminent, overloadReached, overloadRelieved; some clients leave it out.
    """

    sys_stat_register_id: str | None = None
    system_status: str = "normal"


class SystemStatusResponse(Response, frozen=True, kw_only=True):
    pass


class RequestSystemStatus(Request, frozen=True, kw_only=True):
    sys_stat_register_id: str | None = None


class RequestSystemStatusResponse(Response, frozen=True, kw_only=True):
    system_status: str = "normal"


class RequestTypes(Struct, frozen=True):
    system_status: bool | None = None
    request_system_status: bool | None = None
    switching_function_caps_changed: bool | None = None
    switching_function_devices_changed: bool | None = None


class SystemRegister(Request, frozen=True, kw_only=True):
    request_types: RequestTypes | None = None
    requested_status_filter: Opaque | None = None


class SystemRegisterResponse(Response, frozen=True, kw_only=True):
    sys_stat_register_id: str | None = None
    actual_status_filter: Opaque | None = None


class SystemRegisterCancel(Request, frozen=True, kw_only=True):
    sys_stat_register_id: str


class SystemRegisterCancelResponse(Response, frozen=True, kw_only=True):
    pass


class SystemRegisterAbort(Message, frozen=True, kw_only=True):
    """The switch ends a registration; not answered."""

    sys_stat_register_id: str | None = None


class SwFunctionDevicesChanged(Request, frozen=True, kw_only=True):
    """The devices of the switch changed; not answered with anything but an empty response."""

    sys_stat_register_id: str | None = None


class SwFunctionDevicesChangedResponse(Response, frozen=True, kw_only=True):
    pass
