"""What a running link has counted, for those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Numbers since the link was started; by name where there are several."""

    up: bool
    monitored: int
    "Devices that are listened to now."
    calls: int
    "Calls of our devices now."
    events: Mapping[str, int]
    "What the PBX reported."
    commands: Mapping[str, int]
    "By outcome."
    unexpected: Mapping[str, int]
    "Events that fit no state."
    survived: Mapping[str, int]
    "Irregular messages."
    carried: Mapping[str, int]
    "Failures of the network, and mistakes of ours."
