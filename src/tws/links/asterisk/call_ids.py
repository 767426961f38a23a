"""Ids of calls, which Asterisk has none of: one after the other from a seed, so that a replay of a
trace makes the same."""

from uuid import UUID, uuid4, uuid5

from tws.telephony.model import CallId


class CallIds:
    def __init__(self) -> None:
        self.seed = uuid4()
        self._made = 0

    def sow(self, seed: str) -> None:
        """ValueError for what is no seed."""
        self.seed, self._made = UUID(seed), 0

    def __call__(self) -> CallId:
        self._made += 1
        return CallId(str(uuid5(self.seed, str(self._made))))
