"""Whether the live stream is open: whoever keeps the server running may close it for a while."""

from collections.abc import Callable


class Door:
    """`closing`: what sends away those who are inside; `inside`: how many they are."""

    def __init__(self) -> None:
        self.started = True
        self.closing: list[Callable[[], None]] = []
        self.inside: Callable[[], int] = lambda: 0

    async def start(self) -> None:
        self.started = True

    async def stop(self) -> None:
        """Those who come are told to try again later, and so are those who are there."""
        self.started = False
        for each in self.closing:
            each()
