"""Forwarding types of ECMA-269 (`forwardNoAnsInt`) and ours (no answer, internal calls)."""

from tws.telephony.model import CallOrigin, Forwarding, ForwardingType

_KINDS = {
    ForwardingType.IMMEDIATE: ("forwardImmediate", "forwardImm"),
    ForwardingType.BUSY: ("forwardBusy", "forwardBusy"),
    ForwardingType.NO_ANSWER: ("forwardNoAns", "forwardNoAns"),
}
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
    """None for the types we have no word for (those of do-not-disturb, or a vendor's)."""
    # A switch with one forwarding type need not name it.
    found = _BY_NAME.get(name or "forwardImmediate")
    if found is None:
        return None
    return Forwarding(*found, active, to, ring_count, duration)
