"""A driver on a carrier: what a supervisor does with bytes and timers, and no more."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.contracts.toy import ToyDriver
from tws.net.carrier import Carrier
from tws.sentences import Words
from tws.telephony.commands import Command
from tws.telephony.event_reports import Event
from tws.telephony.link import Close, Open, Peer, Send

PATIENCE = 15.0
"Seconds that a test waits before it fails: never reached when all is well."


class Runner:
    """The `CarrierUser` of one driver. `events` and `network` grow; `until` waits for them."""

    def __init__(self, driver: ToyDriver) -> None:
        self.driver = driver
        self.carrier: Carrier
        self.events: list[Event] = []
        self.network: list[tuple[str, str, str]] = []
        "What the carrier told: (connected | disconnected, peer, why)."
        self.received_bytes = 0
        self.stopped = False
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    async def start(self, carrier: Carrier) -> None:
        self.carrier = carrier
        await carrier.start()
        self.driver.start(self._loop.time())
        self._drain()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        await self.carrier.stop()
        self.stopped = True

    def command(self, command: Command[Any]) -> None:
        self.driver.send(command, self._loop.time())
        self._drain()

    def connected(self, peer: str) -> None:
        self.network.append(("connected", peer, ""))
        self.driver.connected(Peer(peer), self._loop.time())
        self._drain()

    def received(self, peer: str, data: bytes) -> None:
        self.received_bytes += len(data)
        self.driver.receive_data(Peer(peer), data, self._loop.time())
        self._drain()

    def disconnected(self, peer: str, why: Words) -> None:
        self.network.append(("disconnected", peer, str(why)))
        self.driver.disconnected(Peer(peer), why, self._loop.time())
        self._drain()

    def _drain(self) -> None:
        for output in self.driver.outputs():
            match output:
                case Open(peer, address):
                    self.carrier.open(peer, address.host, address.port, address.tls)
                case Send(peer, data):
                    self.carrier.send(peer, data)
                case Close(peer, why, stop):
                    self.carrier.close(peer, why, stop)
        self.events += self.driver.events()
        self._arm()
        self._changed.set()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        due = self.driver.timer()
        self._timer = None if due is None else self._loop.call_at(due, self._tick)

    def _tick(self) -> None:
        self.driver.handle_timer(self._loop.time())
        self._drain()

    def peers(self) -> list[str]:
        """Those connected now, oldest first."""
        there: list[str] = []
        for what, peer, _ in self.network:
            if what == "connected":
                there.append(peer)
            elif peer in there:
                there.remove(peer)
        return there

    def whys(self) -> list[str]:
        """Why connections and attempts ended, in order."""
        return [why for what, _, why in self.network if what == "disconnected"]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds; it is looked at after everything that happens here."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()
