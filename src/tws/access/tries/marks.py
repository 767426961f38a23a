"""What stands for an account, or for an address, where tries are counted: a number of eight bytes,
however long the name is. It is the same at every node of a server, by the key of secrets that they
share, and tells nobody else what it stands for."""

import hmac
import os
from collections.abc import Callable, Hashable

PURPOSE = b"TWS tries of passwords"


class Marks:
    def __init__(self, derived: Callable[[bytes], bytes | None]) -> None:
        """`derived`: a key for that purpose; None: there is none yet that others know."""
        self._derived = derived
        self._own = os.urandom(32)
        "Until there is one: this process counts for itself."

    def of(self, what: Hashable) -> int:
        """`what`: texts, or tuples of them."""
        key = self._derived(PURPOSE) or self._own
        written = repr(what).encode(errors="surrogatepass")
        return int.from_bytes(hmac.digest(key, written, "sha256")[:8], "big", signed=True)
