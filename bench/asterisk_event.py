"""One event of a real Asterisk on a page's socket: what is added over a bare AMI client.

Real telephones call each other. The bare client reads the same manager port with the account that
TWS uses, and splits lines, no more; both moments are taken on one clock in this process. Measured
is the event that makes a telephone ring (`Newstate`, Ringing) and the one that ends it (`Hangup`).
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import cast

from tests.peers import PeerMissing
from tests.peers import asterisk as asterisk_peer
from tests.peers import phones as phones_peer
from tests.peers.asterisk import running_asterisk
from tests.peers.phones import Phone, running_phones

from bench.company import make_company
from bench.figures import Figure, median, percentile
from bench.pages import Page, open_page
from bench.processes import monitored, serving
from tws.links.asterisk.settings import Settings

CALLER, CALLED = "1001", "1002"
CALLS = 20
RUNS = 3
PATIENCE = 20.0
SOON = 0.05
"Seconds between two of the telephones' doings, so that one event is under way at a time."


class BareClient(asyncio.Protocol):
    """`at`: when the last event came, by what it meant to the called telephone."""

    transport: asyncio.Transport

    def __init__(self, settings: Settings) -> None:
        self.at: dict[str, float] = {}
        self.ready = asyncio.Event()
        self._heard = asyncio.Event()
        self._login = (
            f"Action: Login\r\nUsername: {settings.user}\r\nSecret: {settings.password}\r\n\r\n"
        ).encode()
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._login)

    def data_received(self, data: bytes) -> None:
        *messages, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for message in messages:
            lines = message.split(b"\r\n")
            fields = dict(line.split(b": ", 1) for line in lines if b": " in line)
            self._take(fields)

    def _take(self, fields: dict[bytes, bytes]) -> None:
        if fields.get(b"Response") == b"Success":
            self.ready.set()
        if not fields.get(b"Channel", b"").startswith(f"PJSIP/{CALLED}-".encode()):
            return
        event = fields.get(b"Event"), fields.get(b"ChannelStateDesc")
        if event == (b"Newstate", b"Ringing"):
            self.at["alerting"] = time.monotonic()
        elif event[0] == b"Hangup":
            self.at["gone"] = time.monotonic()
        self._heard.set()

    async def until(self, event: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while event not in self.at:
                self._heard.clear()
                await self._heard.wait()


class Shown:
    """When the called person's page showed each state."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}
        self._changed = asyncio.Event()

    def on_state(self, _: Page, state: str | None) -> None:
        self.at.setdefault(state or "gone", time.monotonic())
        self._changed.set()

    async def until(self, state: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while state not in self.at:
                self._changed.clear()
                await self._changed.wait()


async def measure() -> list[Figure]:
    try:
        asterisk_peer.prepare()
        phones_peer.prepare()
    except PeerMissing as missing:
        print(f"  not measured: {missing}")
        return []
    runs = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asterisk = await stack.enter_async_context(running_asterisk())
        phones = await stack.enter_async_context(
            running_phones(asterisk.registrar, CALLER, CALLED)
        )
        numbers = [CALLER, CALLED]
        link = asdict(asterisk.settings)
        members = await make_company(folder, len(numbers), "asterisk", link, numbers)
        server = await stack.enter_async_context(serving(folder))
        await monitored(server, len(numbers))
        shown = Shown()
        page = await open_page(server.port, members[1].key, shown.on_state)
        stack.callback(page.transport.abort)
        loop = asyncio.get_running_loop()
        transport, bare = await loop.create_connection(
            lambda: BareClient(asterisk.settings), "127.0.0.1", asterisk.ports.ami
        )
        stack.callback(transport.abort)
        await asyncio.wait_for(bare.ready.wait(), PATIENCE)
        for _ in range(RUNS):
            runs.append(await _calls(phones[CALLER], phones[CALLED], bare, shown))
    return figures(runs)


async def _calls(
    caller: Phone, called: Phone, bare: BareClient, shown: Shown
) -> dict[str, tuple[float, float, float]]:
    """For each of the two events, medians in milliseconds: from the telephone's doing to the bare
    client and to the page, and what the page adds."""
    samples: dict[str, list[tuple[float, float]]] = {"alerting": [], "gone": []}
    begun = {}
    for _ in range(CALLS):
        bare.at.clear()
        shown.at.clear()
        begun["alerting"] = time.monotonic()
        await caller.dial(CALLED)
        ringing = await called.rings()
        await shown.until("alerting")
        await ringing.answer()
        await shown.until("connected")
        await asyncio.sleep(SOON)
        begun["gone"] = time.monotonic()
        for call in caller.live:
            await call.hang_up()
        await shown.until("gone")
        await bare.until("gone")
        await caller.idle()
        await called.idle()
        await asyncio.sleep(SOON)
        for event, taken in samples.items():
            taken.append((bare.at[event] - begun[event], shown.at[event] - begun[event]))
    return {
        event: (
            percentile([limit for limit, _ in taken], 0.5) * 1000,
            percentile([page for _, page in taken], 0.5) * 1000,
            percentile([page - limit for limit, page in taken], 0.5) * 1000,
        )
        for event, taken in samples.items()
    }


def figures(runs: list[dict[str, tuple[float, float, float]]]) -> list[Figure]:
    made = []
    for event, words in (("alerting", "dialled -> it rings"), ("gone", "hung up -> it is over")):
        bare, page, added = zip(*(run[event] for run in runs), strict=True)
        limit = median("", "", bare).value
        made += [
            median(f"{words}, on the page: p50", "ms", page, bare=limit),
            median("  of which added to the AMI event: p50", "ms", added, at_most=5.0),
        ]
    return made
