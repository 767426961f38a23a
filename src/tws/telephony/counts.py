"""What a running link has counted, for those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tws.telemetry import Timings


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Numbers since the link was started; by name where there are several."""

    up: bool
    monitored: int
    "Devices that are listened to now."
    starts: int
    "How often the link came up."
    received: int
    sent: int
    "Bytes, from and to the PBX."
    calls: int
    "Calls of our devices now."
    events: Mapping[str, int]
    "What the PBX reported."
    commands: Mapping[str, int]
    "By outcome."
    command_seconds: Timings
    """By what came of it: `done`, `refused`, `noAnswer`, `linkDown`; from when it was asked."""
    unexpected: Mapping[str, int]
    "Events that fit no state."
    survived: Mapping[str, int]
    "Irregular messages."
    carried: Mapping[str, int]
    "Failures of the network, and mistakes of ours."
