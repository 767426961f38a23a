"""A user of a carrier that writes down what it hears, for tests of what one kind does."""

import asyncio
from collections.abc import Callable

from tws.sentences import Words

PATIENCE = 15.0


class Notes:
    """`heard`: (event, peer, words or text), in order."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self._changed = asyncio.Event()

    def _note(self, what: str, peer: str, words: str) -> None:
        self.heard.append((what, peer, words))
        self._changed.set()

    def connected(self, peer: str) -> None:
        self._note("connected", peer, "")

    def received(self, peer: str, data: bytes) -> None:
        self._note("received", peer, data.decode("latin-1"))

    def disconnected(self, peer: str, why: Words) -> None:
        self._note("disconnected", peer, str(why))

    def whys(self, peer: str | None = None) -> list[str]:
        return [
            why for what, who, why in self.heard if what == "disconnected" and peer in (None, who)
        ]

    def count(self, what: str) -> int:
        return sum(event == what for event, _, _ in self.heard)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()
