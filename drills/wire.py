"""A wire to a server that can be cut: what is sent waits, as in the sockets of a network without a
way, and arrives once the wire is mended."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

BLOCK = 64 * 1024


class Wire:
    def __init__(self) -> None:
        self.port = 0
        self._whole = asyncio.Event()
        self._whole.set()
        self._carrying: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    async def carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
    ) -> None:
        """One connection, until either end closes it."""
        task = asyncio.current_task()
        assert task is not None
        self._carrying[task] = writer
        try:
            await self._whole.wait()
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.closing(writer), contextlib.closing(far_writer):
                ways = {
                    asyncio.create_task(self._one_way(reader, far_writer)),
                    asyncio.create_task(self._one_way(far_reader, writer)),
                }
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        finally:
            del self._carrying[task]

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(BLOCK):
                await self._whole.wait()
                writer.write(data)
                await writer.drain()

    async def end(self) -> None:
        self.mend()
        for writer in self._carrying.values():
            writer.transport.abort()
        await asyncio.gather(*self._carrying, return_exceptions=True)


@contextlib.asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """To a server on this machine."""
    wire = Wire()
    server = await asyncio.start_server(lambda r, w: wire.carry(r, w, port), "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        await wire.end()
