"""Stands between TWS and PostgreSQL, and breaks a connection at the worst moment."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

SOCKET = ".s.PGSQL.5432"


class Proxy:
    """Listens in `folder` and passes everything on to the server whose socket is in `server`."""

    def __init__(self, server: Path, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._tasks: set[asyncio.Task[None]] = set()
        self.lose_next_commit = False
        "Pass the next COMMIT on, let the server do it, then close without passing its answer."

    def url(self, url: str) -> str:
        return url.replace(str(self._server), str(self._folder))

    async def __aenter__(self) -> Self:
        path = str(self._folder / SOCKET)
        self._listener = await asyncio.start_unix_server(self._connected, path)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        server = await asyncio.open_unix_connection(str(self._server / SOCKET))
        answers = asyncio.create_task(self._pass(server[0], writer))
        try:
            while data := await reader.read(65536):
                lost = self.lose_next_commit and b"COMMIT;" in data
                if lost:
                    self.lose_next_commit = False
                    answers.cancel()
                    await asyncio.wait({answers})
                server[1].write(data)
                await server[1].drain()
                if lost:
                    await server[0].read(1)  # the server's answer: it is done
                    break
        finally:
            answers.cancel()
            await asyncio.wait({answers})
            for end in (writer, server[1]):
                end.close()
            self._tasks.discard(task)

    @staticmethod
    async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()
