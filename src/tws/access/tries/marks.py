"""What stands for an account, or for an address, where tries are counted: a number of eight bytes,
however long the name is. It is the same at every node of a server, by the key of secrets that they
share, and tells nobody else what it stands for."""

import asyncio
import hmac
import os
from collections.abc import Hashable

from tws.schedule import Schedule
from tws.storage.secrets import Secrets

PURPOSE = b"TWS tries of passwords"
LOOK, EVERY = "look for the key of tries", 2.0
"A job; seconds."


class Marks:
    def __init__(self, secrets: Secrets) -> None:
        """At a try no file of them is looked at: on a disk that hangs everybody would wait."""
        self._secrets = secrets
        self._own = os.urandom(32)
        "Until a key is known that others know, too, this process counts for itself."

    def start(self, schedule: Schedule) -> None:
        schedule.every(LOOK, EVERY, self.look)

    async def look(self) -> None:
        """Another node may have made the first key, or a newer one."""
        await asyncio.to_thread(self._secrets.look)

    def of(self, what: Hashable) -> int:
        """`what`: texts, or tuples of them."""
        key = self._secrets.derived(PURPOSE) or self._own
        written = repr(what).encode(errors="surrogatepass")
        return int.from_bytes(hmac.digest(key, written, "sha256")[:8], "big", signed=True)
