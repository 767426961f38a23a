"""Forwarding types of ECMA-269 (`forwardNoAnsInt`) and ours (no answer, internal calls)."""

from tws.telephony.model import CallOrigin, Forwarding, ForwardingType

_KINDS = {
    ForwardingType.IMMEDIATE: ("forwardImmediate", "forwardImm"),
    ForwardingType.BUSY: ("forwardBusy", "forwardBusy"),
    ForwardingType.NO_ANSWER: ("forwardNoAns", "forwardNoAns"),
}
SECONDS_A_RING = 5
"The ringing cadence of most of Europe."
_ORIGINS = {CallOrigin.INTERNAL: "Int", CallOrigin.EXTERNAL: "Ext"}

NAMES = {
    (kind, origin): alone if origin is CallOrigin.ALL else stem + _ORIGINS[origin]
    for kind, (alone, stem) in _KINDS.items()
    for origin in CallOrigin
}
_BY_NAME = {name: key for key, name in NAMES.items()}


def forwarding(
    name: str | None, active: bool, to: str | None, ring_count: int | None, duration: int | None
) -> Forwarding | None:
    """None for the types we have no word for (those of do-not-disturb, or a vendor's). Where the
    PBX counts rings the seconds are those that they take."""
    # A switch with one forwarding type need not name it.
    found = _BY_NAME.get(name or "forwardImmediate")
    if found is None:
        return None
    if duration is None and ring_count is not None:
        duration = ring_count * SECONDS_A_RING
    return Forwarding(*found, active, to, ring_count, duration)
