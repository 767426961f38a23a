"""What happens to incidents, published once it is written, or at once while nothing can be."""

from enum import StrEnum

from msgspec import Struct

from tws.incidents.model import Incident


class Step(StrEnum):
    BEGAN = "began"
    RECURRED = "recurred"
    ENDED = "ended"
    ACKNOWLEDGED = "acknowledged"
    FORGOTTEN = "forgotten"
    "Its company is no more."


class IncidentChanged(Struct, frozen=True):
    incident: Incident
    step: Step
