"""A gate before a server of this machine, on a port of its own: closed, it lets nobody in; held,
nothing through."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self


class Gate:
    def __init__(self, port: int) -> None:
        """`port`: the server's own."""
        self.port = 0
        self.is_open = True
        self._there = port
        self._passing: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def cut(self) -> None:
        """Close it, for those too who are in."""
        self.is_open = False
        for task in self._passing:
            task.cancel()
        if self._passing:
            await asyncio.wait(self._passing)
        self._passing.clear()

    def hold(self) -> None:
        """What is sent waits, as in the sockets of a network without a way, until `flow`."""
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self.flow()
        await self.cut()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(OSError):
            if not self.is_open:
                return
            await self._flows.wait()
            there = await asyncio.open_connection("127.0.0.1", self._there)
            with contextlib.closing(there[1]):
                both = (self._pass(reader, there[1]), self._pass(there[0], writer))
                tasks = {asyncio.create_task(one) for one in both}
                self._passing |= tasks
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
