"""The number inside a device identifier, however a client writes it (ECMA-269 clause 12.3.13)."""

from tws.protocols.csta.values import ConnectionID, DeviceID
from tws.simulator.switching.model import Refusal


def number_of(device: DeviceID | None, error: str = "invalidDeviceID") -> str:
    """`4001`, `N<4001>Alice`, `sip:4001@pbx`, `tel:4001;ext=1` -> `4001`. Raises `Refusal`."""
    text = device.text.strip() if device is not None else ""
    if text.startswith("N<"):
        text = text[2:].partition(">")[0].partition("!")[0].partition("&")[0]
    scheme, colon, rest = text.partition(":")
    if colon and scheme in ("sip", "sips", "tel"):
        text = rest.partition("@")[0].partition(";")[0]
    text = text.partition(";")[0]
    if not text:
        raise Refusal("operation", error)
    return text


def parts_of(connection: ConnectionID, error: str = "invalidConnectionID") -> tuple[str, str]:
    """Call id and device number of a ConnectionID; both must be there."""
    if connection.call_id is None or connection.device_id is None:
        raise Refusal("operation", error)
    return connection.call_id, number_of(connection.device_id)
