"""Calls without a number: to ECMA-269 a feature of the device (Set Caller ID Status), which is
switched off for the time of one MakeCall and then as it was.

A call that is made meanwhile at the telephone is without a number too. Where the switch was lost
before it could be asked to put it back, it is asked before the next call.
"""

from collections.abc import Callable

from tws.links.csta_xml.identifiers import Identifiers
from tws.links.csta_xml.wire import Refusal, Wire
from tws.protocols.csta import Response
from tws.protocols.csta import messages as m
from tws.telephony.model import DeviceId

SERVICES = frozenset({"getCallerIDStatus", "setCallerIDStatus"})
"As GetCSTAFeatures lists them."


class CallerId:
    def __init__(self, wire: Wire, ids: Identifiers) -> None:
        self._wire, self._ids = wire, ids
        self._ours: set[DeviceId] = set()
        "Devices that do not tell their number because we said so."

    def withhold(self, device: DeviceId, then: Callable[[Refusal | None], None]) -> None:
        """Refusal: the number would be told."""

        def told(answer: Response | Refusal) -> None:
            if isinstance(answer, Refusal):
                then(answer)
            elif isinstance(answer, m.GetCallerIDStatusResponse) and answer.caller_id_provided:
                self._ours.add(device)
                self._set(device, provided=False, then=done)
            else:
                then(None)  # the user has it so

        def done(answer: Response | Refusal) -> None:
            if isinstance(answer, Refusal):
                self._ours.discard(device)
                then(answer)
            else:
                then(None)

        request = m.GetCallerIDStatus(device=self._ids.wire(device))
        self._wire.request(request, (m.GetCallerIDStatusResponse,), told)

    def put_back(self, device: DeviceId) -> None:
        def done(answer: Response | Refusal) -> None:
            if not isinstance(answer, Refusal):
                self._ours.discard(device)

        if device in self._ours:
            self._set(device, provided=True, then=done)

    def _set(
        self, device: DeviceId, *, provided: bool, then: Callable[[Response | Refusal], None]
    ) -> None:
        request = m.SetCallerIDStatus(device=self._ids.wire(device), caller_id_provided=provided)
        self._wire.request(request, (m.SetCallerIDStatusResponse,), then)
