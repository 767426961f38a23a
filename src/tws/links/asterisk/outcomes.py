"""How commands ended: each id exactly once, and the same again when it is sent again."""

from collections import OrderedDict

from tws.telephony.commands import CommandId
from tws.telephony.event_reports import Outcome

REMEMBERED = 10_000
"Outcomes kept for a command that is sent again."


class Outcomes:
    """Of the commands of one link."""

    def __init__(self) -> None:
        self._open: set[CommandId] = set()
        self._ended: OrderedDict[CommandId, Outcome] = OrderedDict()

    def open(self, command: CommandId) -> bool:
        """False: it has been sent before."""
        if command in self._open or command in self._ended:
            return False
        self._open.add(command)
        return True

    def known(self, command: CommandId) -> Outcome | None:
        return self._ended.get(command)

    def end(self, outcome: Outcome) -> bool:
        """False: nobody asked for it, it is a command of our own."""
        if outcome.id not in self._open:
            return False
        self._open.discard(outcome.id)
        self._ended[outcome.id] = outcome
        if len(self._ended) > REMEMBERED:
            self._ended.popitem(last=False)
        return True
