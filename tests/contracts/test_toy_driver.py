"""The driver contract holds for the toy: so it can be used on the drivers of real PBXs."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.driver import DriverContract
from tests.contracts.toy import ToyDriver
from tws.sentences import Words
from tws.telephony.commands import Command, CommandId
from tws.telephony.event_reports import CommandDone, LinkStopped, Outcome
from tws.telephony.link import Address, LinkDriver, Peer

LINES = st.one_of(
    st.sampled_from([b"ring 4001\n", b"echo hello\n", b"\n", b"\xff\x00\n", b"ring 40"]),
    st.integers(0, 5).map(lambda n: f"done c{n}\n".encode()),
    st.integers(0, 5).map(lambda n: f"refused c{n} invalidDeviceID\n".encode()),
    st.binary(max_size=30),
)


class Dialled(DriverContract):
    def make(self) -> LinkDriver:
        return ToyDriver(Address("127.0.0.1", 3211))

    def bytes_of_the_pbx(self) -> st.SearchStrategy[bytes]:
        return LINES


class Called(Dialled):
    dialled = False

    def make(self) -> LinkDriver:
        return ToyDriver()


TestDialled = Dialled.TestCase
TestCalled = Called.TestCase
TestDialled.settings = TestCalled.settings = settings(max_examples=30)


class EndsTwice(ToyDriver):
    def _end(self, id: CommandId, outcome: Outcome) -> None:
        super()._end(id, outcome)
        if isinstance(outcome, CommandDone) and id in self._outcomes:
            self._events.append(outcome)


class ForgetsOnDisconnection(ToyDriver):
    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        self._buffers.pop(peer, None)
        self._events.append(LinkStopped(why))


class TimerStaysPut(ToyDriver):
    def handle_timer(self, now: float) -> None:
        pass


class Raises(ToyDriver):
    def _line(self, peer: Peer, line: bytes) -> None:
        if not line:
            raise ValueError("empty line")
        super()._line(peer, line)


class SendsToNobody(ToyDriver):
    def send(self, command: Command[object], now: float) -> None:
        self._buffers.setdefault(Peer("pbx"), b"")
        super().send(command, now)


@pytest.mark.parametrize(
    "wrong", [EndsTwice, ForgetsOnDisconnection, TimerStaysPut, Raises, SendsToNobody]
)
def test_the_contract_finds_a_driver_that_breaks_it(wrong: type[ToyDriver]) -> None:
    class Wrong(Dialled):
        def make(self) -> LinkDriver:
            return wrong(Address("127.0.0.1", 3211))

    quick = settings(
        max_examples=300,
        stateful_step_count=30,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )
    with pytest.raises((AssertionError, ValueError)):
        run_state_machine_as_test(Wrong, settings=quick)
