"""Pages that read nothing, or a byte a second, while calls go on.

Goals: the server's memory stays within bounds, others see and do everything, and pages that are
too slow are told to begin again, or cut.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from bench.pages import HELLO, masked

from drills.nodes import Node
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged

PAGES = 100
"Of each kind."
SECONDS = 60.0
GROWS = 1.0
"Megabytes that each of them may cost at most: what the system and the outbox hold for it."
PAUSES = 2.0
BUFFER = 4096
"Bytes that the page's own system takes before the page has read them."


async def run() -> list[Outcome]:
    async with staged(Plan()) as stage:
        return [await slow(stage, "pages that do not read", PAGES, SECONDS)]


async def slow(stage: Stage, drill: str, pages: int, seconds: float) -> Outcome:
    (node,) = stage.nodes
    key = next(iter(stage.founded.keys.values()))
    began = await stage.begins()
    before = node.resident()
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(pages):
            await stack.enter_async_context(_page(node, key, reads=False))
            await stack.enter_async_context(_page(node, key, reads=True))
        await asyncio.sleep(seconds)
        grown = node.resident() - before
    paused = stage.hands[0].longest_pause(began)
    bound = GROWS * 2 * pages
    return await stage.outcome(
        drill,
        controlled=paused,
        goal=PAUSES,
        broken=[] if grown <= bound else [f"memory grew by {grown:.0f} MB, not {bound:.0f}"],
        notes=[f"{2 * pages} such pages for {seconds:g} s: memory grew by {grown:.1f} MB"],
    )


@contextlib.asynccontextmanager
async def _page(node: Node, key: str, *, reads: bool) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    with socket.socket() as line:
        line.setblocking(False)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        await loop.sock_connect(line, ("127.0.0.1", node.port))
        upgrade = (
            f"GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:{node.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Authorization: Bearer {key}\r\n\r\n"
        ).encode()
        await loop.sock_sendall(line, upgrade)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += await loop.sock_recv(line, 1)
        assert head.startswith(b"HTTP/1.1 101"), head
        await loop.sock_sendall(line, masked(1, HELLO))
        reading = asyncio.create_task(_a_byte_a_second(line)) if reads else None
        try:
            yield
        finally:
            if reading is not None:
                reading.cancel()
                await asyncio.wait({reading})


async def _a_byte_a_second(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it was cut: that is what may be done to it
        while await asyncio.get_running_loop().sock_recv(line, 1):  # noqa: ASYNC110
            await asyncio.sleep(1)
