"""Puts together what counts tries."""

from collections.abc import Callable, Hashable, Iterator
from datetime import datetime

from tws.access.events import TryRefused
from tws.access.tries.guessing import Guessing
from tws.access.tries.marks import Marks
from tws.access.tries.shared import SharedTries
from tws.access.tries.throttle import Throttle
from tws.bus import Bus
from tws.storage.secrets import Secrets


class Tries:
    def __init__(
        self,
        bus: Bus,
        clock: Callable[[], datetime],
        secrets: Secrets,
        addresses_of: Callable[[Hashable], Iterator[str]],
    ) -> None:
        """`addresses_of`: where an account has signed in from, and still is."""
        self.marks = Marks(secrets)

        def refused(who: Hashable, locked: bool) -> None:
            bus.publish(_refused(who, locked))

        self.throttle = Throttle(refused, self.marks.of)
        self.guessing = Guessing(self.throttle, addresses_of, self.marks.of)
        self._shared = SharedTries(bus, clock, self.throttle, self.guessing)


def _refused(who: Hashable, locked: bool) -> TryRefused:
    """`who`: the account, which may be anything, and the address, where it matters."""
    account, address = who if isinstance(who, tuple) and len(who) == 2 else (who, "")
    return TryRefused(str(account), str(address), locked)
