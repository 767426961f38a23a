"""What stands for an account, or for an address, where tries are counted: a number of eight bytes,
however long the name is. It is the same at every node of a server, by the key of secrets that they
share, and tells nobody else what it stands for."""

import asyncio
import hmac
import os
from collections.abc import Callable, Hashable

from tws.schedule import Schedule

PURPOSE = b"TWS tries of passwords"
LOOK, EVERY = "look for the key of tries", 60.0
"A job; seconds."


class Marks:
    def __init__(self, derived: Callable[[bytes], bytes | None]) -> None:
        """`derived`: a key for that purpose; None: there is none yet that others know. It may look
        at a file, so it is not asked at each try: a disk that hangs would hold up everybody."""
        self._derived = derived
        self._key = derived(PURPOSE) or os.urandom(32)
        "Until there is one that others know this process counts for itself."

    def start(self, schedule: Schedule) -> None:
        schedule.every(LOOK, EVERY, self.look)

    async def look(self) -> None:
        """The key may be another one now."""
        found = await asyncio.to_thread(self._derived, PURPOSE)
        self._key = found or self._key

    def of(self, what: Hashable) -> int:
        """`what`: texts, or tuples of them."""
        written = repr(what).encode(errors="surrogatepass")
        return int.from_bytes(hmac.digest(self._key, written, "sha256")[:8], "big", signed=True)
