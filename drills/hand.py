"""Somebody who puts a call on hold and takes it back, all the time: are calls controlled?"""

import asyncio
import itertools
import time
from collections import Counter

import httpx

from drills.nodes import Node
from drills.screen import Screen

ASK = 1.0
"Seconds after which an answer is given up."
PAUSE = 0.05


class NeverControlled(Exception):
    """No command was done by the PBX; why not."""


class Hand:
    """Commands the first call that the user's screen shows."""

    def __init__(self, nodes: list[Node], key: str, screen: Screen) -> None:
        self._nodes, self._screen = nodes, screen
        self._headers = {"Authorization": f"Bearer {key}"}
        self.done: list[float] = []
        "When (`time.monotonic()`) a command was done by the PBX."
        self.refused: Counter[str] = Counter()
        self._tried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._turn = 0

    async def begin(self) -> None:
        """Until the first command is done."""
        self._task = asyncio.create_task(self._work())
        await self.works(30)

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    def at(self, node: Node) -> None:
        """From now on, as long as that one answers."""
        self._turn = self._nodes.index(node)

    async def works(self, within: float) -> float:
        """Wait for a command to be done from now on; when it was. NeverControlled."""
        since = time.monotonic()
        while not self.done or self.done[-1] < since:
            if time.monotonic() > since + within:
                raise NeverControlled(f"{dict(self.refused)}; shown: {self._screen.calls()}")
            self._tried.clear()
            await self._tried.wait()
        return self.done[-1]

    def longest_pause(self, since: float) -> float:
        """Seconds between two commands that were done, since then: the longest."""
        times = [since, *(at for at in self.done if at >= since)]
        return max((b - a for a, b in itertools.pairwise(times)), default=0.0)

    async def _work(self) -> None:
        async with httpx.AsyncClient(headers=self._headers, timeout=ASK) as client:
            while True:
                base = self._nodes[self._turn % len(self._nodes)].base
                if (asked := self._next()) is not None:
                    if await self._ask(client, base, *asked):
                        self.done.append(time.monotonic())
                    else:
                        self._turn += 1
                self._tried.set()
                await asyncio.sleep(PAUSE)

    def _next(self) -> tuple[str, dict[str, str]] | None:
        calls = {
            str(call["state"]): {name: str(call[name]) for name in ("device", "connection")}
            for call in self._screen.calls()
        }
        if "hold" in calls:
            return "retrieveCall", calls["hold"]
        return ("holdCall", calls["connected"]) if "connected" in calls else None

    async def _ask(
        self, client: httpx.AsyncClient, base: str, operation: str, body: dict[str, str]
    ) -> bool:
        url = f"{base}/api/v1/telephony/{operation}"
        try:
            response = await client.post(url, json=body)
        except httpx.HTTPError as error:
            self.refused[type(error).__name__] += 1
            return False
        if response.is_success:
            return True
        self.refused[str(response.json().get("code", response.status_code))] += 1
        return False
