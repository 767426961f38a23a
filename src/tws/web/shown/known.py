"""What is in memory, for reading: all that is shown is made of it."""

from dataclasses import dataclass

from tws.naming import Names
from tws.organisation.registry import Registry
from tws.telephony.state import TelephonyState


@dataclass(frozen=True, slots=True)
class Known:
    registry: Registry
    state: TelephonyState
    names: Names
