"""One Asterisk, its phones and a driver for each test module; every test leaves them idle."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio

from tests.links.asterisk.pump import Pump, pumped
from tests.peers import require_peer
from tests.peers.asterisk import Asterisk, running_asterisk
from tests.peers.phones import Phone, Phones, running_phones
from tws.telephony.commands import Command, ConsultationCall, MakeCall
from tws.telephony.model import ConnectionId, ConnectionState, DeviceId

USERS = ("1001", "1002", "1003", "1004")


@dataclass
class Lab:
    """What a test of the driver has: `a`, `b`, `c`, `d` are phones 1001 to 1004."""

    pbx: Asterisk
    phones: Phones
    pump: Pump

    @property
    def a(self) -> Phone:
        return self.phones["1001"]

    @property
    def b(self) -> Phone:
        return self.phones["1002"]

    @property
    def c(self) -> Phone:
        return self.phones["1003"]

    @property
    def d(self) -> Phone:
        return self.phones["1004"]

    async def do(self, kind: Any, device: str = "1001", **fields: object) -> Any:
        """Send a command of `device` and wait for its result; raises Refused."""
        command: Command[Any] = kind(id=self.pump.id(), device=DeviceId(device), **fields)
        return await self.pump.do(command)

    async def talk(self, device: str = "1001", called: str = "1002") -> ConnectionId:
        """A call that TWS makes and its phone answers: both talk."""
        connection: ConnectionId = await self.do(MakeCall, device, called=called)
        await (await self.phones[called].rings()).answer()
        await self.pump.state(called, ConnectionState.CONNECTED)
        return connection

    async def talk_at_once(self, device: str, called: str) -> ConnectionId:
        """The same with a phone that answers by itself."""
        connection: ConnectionId = await self.do(MakeCall, device, called=called)
        await self.pump.state(called, ConnectionState.CONNECTED)
        return connection

    def busy(self) -> list[str]:
        """The extensions that have a call."""
        return [n for n in USERS if self.pump.driver.watch.projector.of(DeviceId(n))]

    async def consult(self, first: ConnectionId, third: str = "1003") -> ConnectionId:
        """The first call on hold, the second answered."""
        second: ConnectionId = await self.do(
            ConsultationCall, first.device, existing=first, consulted=third
        )
        await (await self.phones[third].rings()).answer()
        await self.pump.state(third, ConnectionState.CONNECTED)
        return second

    async def clear(self) -> None:
        """Everybody hangs up; nothing may be left in Asterisk nor in the driver."""
        await self.phones.reset()
        await self.pump.until(
            lambda: not self.pump.driver.watch.channels.all or None, "no channel"
        )
        assert self.pump.driver.watch.calls == {}
        wrong, self.pump.mirror.wrong = self.pump.mirror.wrong, []
        assert not wrong, "events and snapshots differ:\n" + "\n".join(wrong)
        self.pump.mark()


@pytest.fixture(scope="module")
def answer() -> str:
    """The setting of that name; a module may have its own."""
    return "talk, then ring again"


@pytest.fixture(scope="module")
def suite() -> str | None:
    """The suite of Debian that Asterisk is taken from; None: as everywhere."""
    return None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(answer: str, suite: str | None) -> AsyncIterator[Lab]:
    require_peer("asterisk" if suite is None else f"asterisk_of_{suite}")
    require_peer("phones")
    async with (
        running_asterisk(suite=suite) as pbx,
        running_phones(pbx.registrar, *USERS) as phones,
        pumped(replace(pbx.settings, answer=answer), *USERS) as pump,
    ):
        yield Lab(pbx, phones, pump)


@pytest_asyncio.fixture(loop_scope="module")
async def lab(shared: Lab) -> AsyncIterator[Lab]:
    shared.pump.mark()
    yield shared
    await shared.clear()
