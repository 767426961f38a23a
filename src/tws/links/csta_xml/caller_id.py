"""Calls without a number: to ECMA-269 a feature of the device (Set Caller ID Status), which is
switched off for the time of one MakeCall or ConsultationCall and then as it was.

A device has one such call at a time: the next waits until the switch is as it was. What calls
meanwhile, by TWS or at the telephone, is without a number too: it is not put back under a call
that was to have none. Where it was lost before it could be asked to put it back, it is asked
before the next call, and once the link is up again: what it is to be asked is remembered, before
it is switched off, by whoever keeps that over a restart.
"""

from collections import deque
from collections.abc import Callable, Collection

from tws.links.csta_xml.identifiers import Identifiers
from tws.links.csta_xml.wire import Refusal, Wire
from tws.protocols.csta import Response
from tws.protocols.csta import messages as m
from tws.telephony.model import DeviceId

SERVICES = frozenset({"getCallerIDStatus", "setCallerIDStatus"})
"As GetCSTAFeatures lists them."
Then = Callable[[Refusal | None], None]


class CallerId:
    def __init__(self, wire: Wire, ids: Identifiers) -> None:
        self._wire, self._ids = wire, ids
        self._ours: set[DeviceId] = set()
        "Devices that do not tell their number because we said so."
        self._remember: Callable[[Collection[DeviceId]], None] = lambda _: None
        self._turns: dict[DeviceId, deque[Then]] = {}
        "Devices of which something is asked, and the calls that wait for that."

    def remembers(
        self,
        withheld: Collection[DeviceId],
        remember: Callable[[Collection[DeviceId]], None],
    ) -> None:
        """`withheld`: those left so by another driver of the link; `remember`: told all of them at
        each change, before the switch is asked."""
        self._ours.update(withheld)
        self._remember = remember

    def withhold(self, device: DeviceId, then: Then) -> None:
        """Refusal: the number would be told. Else `dialled` is to follow."""
        if device in self._turns:
            self._turns[device].append(then)
        else:
            self._turns[device] = deque()
            self._look(device, then)

    def dialled(self, device: DeviceId) -> None:
        """The call that was to have no number is made, or was refused."""
        if self._turns[device] or device not in self._ours:
            self._next(device)
        else:
            self._put_back(device)

    def put_back(self, device: DeviceId) -> None:
        """Where it is still to be, and nothing is under way."""
        if device in self._ours and device not in self._turns:
            self._turns[device] = deque()
            self._put_back(device)

    def put_all_back(self) -> None:
        for device in tuple(self._ours):
            self.put_back(device)

    def leave(self) -> None:
        """For good: asked behind the calls under way, whose answers nobody waits for any more."""
        for device in tuple(self._ours):
            self._set(device, provided=True, then=lambda _: None)

    def _look(self, device: DeviceId, then: Then) -> None:
        def told(answer: Response | Refusal) -> None:
            if isinstance(answer, Refusal):
                failed(answer)
            elif isinstance(answer, m.GetCallerIDStatusResponse) and answer.caller_id_provided:
                self._ours.add(device)
                self._remember(self._ours)
                self._set(device, provided=False, then=done)
            else:
                then(None)  # the user has it so, or we had no answer to the last put back

        def done(answer: Response | Refusal) -> None:
            if isinstance(answer, Refusal):
                failed(answer)
            else:
                then(None)

        def failed(refusal: Refusal) -> None:
            then(refusal)
            self.dialled(device)

        request = m.GetCallerIDStatus(device=self._ids.wire(device))
        self._wire.request(request, (m.GetCallerIDStatusResponse,), told)

    def _put_back(self, device: DeviceId) -> None:
        def done(answer: Response | Refusal) -> None:
            if not isinstance(answer, Refusal):
                self._ours.discard(device)
                self._remember(self._ours)
            self._next(device)

        self._set(device, provided=True, then=done)

    def _next(self, device: DeviceId) -> None:
        if self._turns[device]:
            self._look(device, self._turns[device].popleft())
        else:
            del self._turns[device]

    def _set(
        self, device: DeviceId, *, provided: bool, then: Callable[[Response | Refusal], None]
    ) -> None:
        request = m.SetCallerIDStatus(device=self._ids.wire(device), caller_id_provided=provided)
        self._wire.request(request, (m.SetCallerIDStatusResponse,), then)
