"""A client of the live stream, as a page is one: it keeps what it was told."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import websockets
from websockets.asyncio.client import ClientConnection

DEADLINE = 20.0


class Page:
    """What one client knows. Checks that numbers follow each other."""

    def __init__(self, url: str, headers: Mapping[str, str], watched: Sequence[str] = ()) -> None:
        """`watched`: ids of the users whose presence it shows."""
        self.url = url.replace("http", "ws", 1) + "/api/v1/live"
        self.headers = dict(headers)
        self.watched = list(watched)
        self.stream: str | None = None
        self.n = 0
        self.state: dict[str, Any] = {}
        self.moments: list[Any] = []
        self.frames: list[dict[str, Any]] = []
        "Everything received, in order."
        self._socket: ClientConnection | None = None

    async def open(self, **options: Any) -> Self:
        """Connect and say hello: with the stream that was lost, if there was one."""
        self._socket = await websockets.connect(
            self.url, additional_headers=self.headers, compression=None, **options
        )
        last = self.n if self.stream else None
        hello = {"type": "hello", "stream": self.stream, "last": last, "watch": self.watched}
        await self._socket.send(json.dumps(hello))
        await self.next()
        assert self.frames[-1]["type"] in ("snapshot", "resumed")
        return self

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def socket(self) -> ClientConnection:
        assert self._socket is not None, "not open"
        return self._socket

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def cut(self) -> None:
        """Lose the network: no goodbye."""
        self.socket.transport.abort()
        self._socket = None

    async def watch(self, *users: str) -> None:
        """Show the presence of these and of nobody else."""
        self.watched = list(users)
        await self.socket.send(json.dumps({"type": "watch", "users": self.watched}))

    async def look(self, visible: bool) -> None:
        """Somebody looks at it, or at it no more."""
        await self.socket.send(json.dumps({"type": "sight", "visible": visible}))

    async def next(self) -> None:
        """Read one message."""
        self.take(json.loads(await self.socket.recv()))

    async def until(self, condition: Callable[[Self], bool]) -> Self:
        """Read until `condition` holds; AssertionError after a while."""
        try:
            async with asyncio.timeout(DEADLINE):
                while not condition(self):
                    await self.next()
        except TimeoutError:
            raise AssertionError(f"never came; known: {json.dumps(self.state)[:2000]}") from None
        return self

    async def closed(self) -> int:
        """Read to the end; the close code."""
        try:
            async with asyncio.timeout(DEADLINE):
                while True:
                    self.take(json.loads(await self.socket.recv()))
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd is not None, "no close was received"
            return closed.rcvd.code

    def take(self, message: dict[str, Any]) -> None:
        self.frames.append(message)
        match message["type"]:
            case "snapshot":
                assert message["n"] == 0
                self.stream, self.n, self.state = message["stream"], 0, message["state"]
            case "resumed":
                assert message["stream"] == self.stream and message["n"] >= self.n
            case "change" | "moment":
                assert message["n"] == self.n + 1, "a gap in the numbers"
                self.n = message["n"]
                self._change(message)

    def _change(self, message: dict[str, Any]) -> None:
        if message["type"] == "moment":
            self.moments.append(message["moment"])
            return
        self.state |= message["set"]
        for key in message["gone"]:
            self.state.pop(key, None)

    def calls(self) -> list[Any]:
        return [value for key, value in self.state.items() if key.startswith("call/")]
