"""Outside callers: whether they withhold their number is told only to those who ask."""

from collections import Counter
from collections.abc import Callable

from tws.links.asterisk.channel import PRESENTATION
from tws.links.asterisk.line import Fields
from tws.links.asterisk.watch import Watch
from tws.protocols.ami.message import Unwritable
from tws.protocols.ami.session import Answer


class Strangers:
    """Of one link; `ask` is called when messages have been taken."""

    def __init__(
        self, watch: Watch, request: Callable[[str, Fields], str], counters: Counter[str]
    ) -> None:
        self.watch, self.request, self.counters = watch, request, counters
        self._asked: dict[str, str] = {}
        "Whose presentation was asked, by action."

    def clear(self) -> None:
        self._asked.clear()

    def ask(self) -> None:
        """Ask about those who have just come."""
        for channel in self.watch.strangers():
            fields = (("Channel", channel.name), ("Variable", PRESENTATION))
            try:
                self._asked[self.request("Getvar", fields)] = channel.uid
            except Unwritable:
                self.counters["could not be written"] += 1

    def answered(self, answer: Answer) -> bool:
        """Take an answer; False: it is to another question."""
        if (uid := self._asked.pop(answer.id, None)) is None:
            return False
        if (channel := self.watch.channels.get(uid)) is not None:
            channel.presented(answer.message["Value"] if answer.message else "")
            self.watch.touch([uid])
        return True
