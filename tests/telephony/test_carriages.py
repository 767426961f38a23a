"""A link by each way in which bytes can come: what a dialect asks for, a supervisor runs."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count

import pytest

from tests.contracts.far_ends import SERVER_TLS, Switch, call
from tests.contracts.runner import PATIENCE
from tests.contracts.toy import ToyDriver
from tws.net import carriers
from tws.net.carrier import Carriage, Carrier, CarrierUser, Dials, Exchanges, Listens
from tws.net.datagram import Datagram
from tws.net.listener import Listener
from tws.telephony.events import LinkStatusChanged
from tws.telephony.link import Address
from tws.telephony.model import LinkId, LinkState
from tws.telephony.supervisor import Supervisor


class Linked:
    """A supervisor of the toy dialect."""

    def __init__(self, by: Carriage, address: Address | None = None) -> None:
        self.states: asyncio.Queue[LinkState] = asyncio.Queue()
        self.carrier: Carrier
        numbers = count(1)

        def carried(user: CarrierUser) -> Carrier:
            self.carrier = carriers.carrier(by, user)
            return self.carrier

        self.supervisor = Supervisor(
            LinkId("pbx"),
            driver=ToyDriver(address),
            carrier=carried,
            capacity=10,
            epoch=1,
            known={},
            publish=self._publish,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: f"id{next(numbers)}",
        )

    def _publish(self, event: object) -> None:
        if isinstance(event, LinkStatusChanged):
            self.states.put_nowait(event.status.state)

    async def until(self, wanted: LinkState) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.states.get() is not wanted:
                pass


@pytest.fixture
async def linked(request: pytest.FixtureRequest) -> AsyncIterator[Linked]:
    linked = Linked(request.param)
    await linked.supervisor.start()
    yield linked
    await linked.supervisor.stop()


async def test_a_dialect_that_dials() -> None:
    switch = Switch()
    await switch.start()
    linked = Linked(Dials(), Address("127.0.0.1", switch.port))
    await linked.supervisor.start()
    line = await switch.line()
    await linked.until(LinkState.UP)
    await line.say(b"echo hello\n")
    assert await line.hear(6) == b"hello\n"
    await linked.supervisor.stop()
    await switch.stop()


@pytest.mark.parametrize(
    "linked",
    [Listens("127.0.0.1", 0), Listens("127.0.0.1", 0, SERVER_TLS)],
    ids=["plain", "tls"],
    indirect=True,
)
async def test_a_dialect_whose_telephones_call_us(linked: Linked) -> None:
    assert isinstance(linked.carrier, Listener)
    one, other = [
        await call(linked.carrier.port, tls=linked.carrier._tls is not None) for _ in range(2)
    ]
    await linked.until(LinkState.UP)
    for line in (one, other):
        await line.say(b"echo hello\n")
        assert await line.hear(6) == b"hello\n"
    await one.close()
    await other.close()
    await linked.until(LinkState.DOWN)


@pytest.mark.parametrize("linked", [Exchanges("127.0.0.1", 0)], ids=["udp"], indirect=True)
async def test_a_dialect_of_datagrams(linked: Linked) -> None:
    assert isinstance(linked.carrier, Datagram)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.setblocking(False)
        telephone.connect(("127.0.0.1", linked.carrier.port))
        telephone.send(b"echo hello\n")
        await linked.until(LinkState.UP)
        async with asyncio.timeout(PATIENCE):
            assert await asyncio.get_running_loop().sock_recv(telephone, 99) == b"hello\n"
