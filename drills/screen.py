"""A page that stays open: what it shows, and when it shows nothing because its line is lost."""

import asyncio
import json
import time
from typing import Any

import websockets

from drills.nodes import Node

AGAIN = 0.1
"Seconds until a lost line is tried again. (Pages wait a little longer, and at random.)"
OPEN = 5.0
Json = dict[str, Any]


class Screen:
    """Of the user with this API key. Moves to the next node when its own is away."""

    def __init__(self, nodes: list[Node], key: str) -> None:
        self._nodes, self._key = nodes, key
        self.state: dict[str, Json] = {}
        self.frames = self.snapshots = 0
        self.skipped = 0
        "Numbers of frames that never came."
        self.away: list[tuple[float, float]] = []
        "From when to when (`time.monotonic()`) the line was lost."
        self.shown: set[str] = set()
        "States of the user's telephone that it showed, since `fresh`."
        self.connected = asyncio.Event()
        self._stream: str | None = None
        self._last: int | None = None
        self._task: asyncio.Task[None] | None = None
        self._lost: float | None = None
        self._turn = 0

    async def open(self) -> None:
        self._task = asyncio.create_task(self._stay())
        await asyncio.wait_for(self.connected.wait(), 30)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def move(self, node: Node) -> None:
        """To that node, as by opening the page again."""
        await self.close()
        self._turn = self._nodes.index(node)
        self._stream = self._last = self._lost = None
        self.connected.clear()
        await self.open()

    def fresh(self) -> None:
        """The fault begins: what is told by `words` counts from now."""
        self.away.clear()
        self.shown.clear()
        self._look()

    def calls(self) -> list[Json]:
        return [value for key, value in self.state.items() if key.startswith("call/")]

    def words(self) -> str:
        """What the user saw since `fresh`."""
        now = time.monotonic()
        away = [*self.away, *([(self._lost, now)] if self._lost is not None else [])]
        seen = sorted(self.shown - {"monitored"})
        states = f"; the telephone {' and '.join(seen)}" if seen else ""
        if not away:
            return f"live throughout{states}"
        longest = max(until - since for since, until in away)
        times = "" if len(away) == 1 else f", {len(away)} times"
        return f"without a line for {longest:.1f} s{times}, then as it was{states}"

    # ------------------------------------------------------------ the line

    async def _stay(self) -> None:
        while True:
            node = self._nodes[self._turn % len(self._nodes)]
            try:
                await self._follow(node)
            except (OSError, TimeoutError, websockets.WebSocketException):
                self._turn += 1
            self.connected.clear()
            self._lost = self._lost or time.monotonic()
            await asyncio.sleep(AGAIN)

    async def _follow(self, node: Node) -> None:
        url = f"ws://127.0.0.1:{node.port}/api/v1/live"
        headers = {"Authorization": f"Bearer {self._key}"}
        async with websockets.connect(
            url, additional_headers=headers, open_timeout=OPEN, close_timeout=1
        ) as socket:
            hello = {"type": "hello", "stream": self._stream, "last": self._last}
            await socket.send(json.dumps(hello))
            async for text in socket:
                self._take(json.loads(text))

    def _take(self, frame: Json) -> None:
        self.frames += 1
        if not self.connected.is_set():
            self.connected.set()
            if self._lost is not None:
                self.away.append((self._lost, time.monotonic()))
                self._lost = None
        match frame["type"]:
            case "snapshot":
                self.snapshots += 1
                self.state = dict(frame["state"])
                self._stream = frame["stream"]
            case "change":
                self.state.update(frame.get("set", {}))
                for key in frame.get("gone", ()):
                    self.state.pop(key, None)
            case "restart":
                self._stream = self._last = None
        if (n := frame.get("n")) is not None:
            if frame["type"] != "snapshot" and self._last is not None:
                self.skipped += n - self._last - 1
            self._last = n
        self._look()

    def _look(self) -> None:
        devices = (value for key, value in self.state.items() if key.startswith("device/"))
        self.shown.update(str(device["state"]) for device in devices if "state" in device)
