"""What a request that failed is answered with (ECMA-323 clause 9.3.2)."""

from typing import Annotated

from tws.protocols.csta.marks import EMPTY, tag
from tws.protocols.csta.message import Response


class CSTAErrorCode(Response, frozen=True, kw_only=True):
    """The answer to a request that failed: exactly one of the fields is set (clause 9.3.2)."""

    operation: str | None = None
    security: str | None = None
    state_incompatibility: str | None = None
    system_resource_availability: Annotated[str | None, tag("systemResourceAvailibility")] = None
    subscribed_resource_availability: str | None = None
    performance_management: str | None = None
    private_data: str | None = None
    private_error_code: str | None = None
    unspecified: Annotated[bool, EMPTY] = False

    @property
    def category(self) -> str:
        """`operation`, `stateIncompatibility`...; `unspecified` when the switch gave none."""
        for name, value in self._given():
            if value is not None:
                return name
        return "unspecified"

    @property
    def value(self) -> str:
        """`invalidDeviceID`, `resourceBusy`...; `unspecified` when the switch gave none."""
        for _, value in self._given():
            if value is not None:
                return value
        return "unspecified"

    def _given(self) -> tuple[tuple[str, str | None], ...]:
        return (
            ("operation", self.operation),
            ("security", self.security),
            ("stateIncompatibility", self.state_incompatibility),
            ("systemResourceAvailability", self.system_resource_availability),
            ("subscribedResourceAvailability", self.subscribed_resource_availability),
            ("performanceManagement", self.performance_management),
            ("privateData", self.private_data),
            ("privateErrorCode", self.private_error_code),
        )
