"""Monitors: what reports its events (ECMA-323 clause 13)."""

from msgspec import Struct

from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.values import ConnectionID, DeviceID, Opaque


class MonitorObject(Struct, frozen=True):
    """What to monitor: a device, or one call."""

    call_object: ConnectionID | None = None
    device_object: DeviceID | None = None


class MonitorStart(Request, frozen=True, kw_only=True):
    monitor_object: MonitorObject
    requested_monitor_filter: Opaque | None = None
    "Flags of events that are not to be reported."
    monitor_type: str | None = None
    "`call` or `device`."
    requested_monitor_media_class: Opaque | None = None


class MonitorStartResponse(Response, frozen=True, kw_only=True):
    monitor_cross_ref_id: str
    actual_monitor_filter: Opaque | None = None
    actual_monitor_media_class: Opaque | None = None
    monitor_existing_calls: bool | None = None


class MonitorStop(Request, frozen=True, kw_only=True):
    """Sent by the switch too, when it ends a monitor of its own accord."""

    monitor_cross_ref_id: str


class MonitorStopResponse(Response, frozen=True, kw_only=True):
    pass
