"""Keeping order of our own accord: marks on new channels, and nobody forgotten.

Nobody stays on hold when who held them is gone, nor waits when whom they held is gone, nor sits
alone in a conference of ours.
"""

from collections import Counter
from collections.abc import Callable

from tws.links.asterisk.channel import Channel
from tws.links.asterisk.dialplan import HOLD, MARK, WAIT
from tws.links.asterisk.line import Fields
from tws.links.asterisk.naming import DIALABLE
from tws.links.asterisk.reasons import Reason
from tws.links.asterisk.settings import Settings
from tws.links.asterisk.watch import Watch
from tws.protocols.ami.message import Unwritable
from tws.telephony.model import Cause, Party


class Tidying:
    """Of one link; `tidy` is called when a batch of messages has been taken."""

    def __init__(
        self,
        settings: Settings,
        watch: Watch,
        request: Callable[[str, Fields], str],
        counters: Counter[str],
    ) -> None:
        self.settings, self.watch = settings, watch
        self.request, self.counters = request, counters
        self._rescued: set[str] = set()

    def clear(self) -> None:
        self._rescued.clear()

    def tidy(self, now: float) -> None:
        channels = self.watch.channels
        for uid, mark in self.watch.marks_wanted().items():
            channel = channels.get(uid)
            if channel is not None and uid not in self.watch.frozen:
                channel.mark = mark
                self._tell("Setvar", Channel=channel.name, Variable=MARK, Value=str(mark))
        lonely, self.watch.lonely_rooms = self.watch.lonely_rooms, []
        for uid in lonely:
            if (channel := channels.get(uid)) is not None:
                self._tell("Hangup", Channel=channel.name, Cause="16")
        self._rescued &= channels.all.keys()
        for channel in [c for c in channels if c.place in (HOLD, WAIT) and c.bridge is None]:
            if channel.uid not in self._rescued and not self.watch.unsettled(channel, now):
                self._rescue(channel)

    def _rescue(self, channel: Channel) -> None:
        """Whom it held is gone: it is done. Who held it is gone: it rings there again."""
        channels = self.watch.channels
        if channel.place == WAIT:
            if not channels.held_by(channel.uid):
                self._rescued.add(channel.uid)
                self._tell("Hangup", Channel=channel.name, Cause="16")
            return
        holder = channels.holder(channel)
        if holder is None or holder in channels:
            return
        self._rescued.add(channel.uid)
        device = channel.mark.device if channel.mark else None
        if device is None or not DIALABLE.fullmatch(device):
            self._tell("Hangup", Channel=channel.name, Cause="16")
            return
        if call := self.watch.projector.member.get(channel.uid):
            self.watch.reasons.arriving[call] = Reason(Cause.RECALL, by=Party(device))
        self._tell(
            "Redirect",
            Channel=channel.name,
            Context=self.settings.context,
            Exten=device,
            Priority="1",
        )

    def _tell(self, action: str, **fields: str) -> None:
        try:
            self.request(action, fields.items())
        except Unwritable:
            self.counters["could not be written"] += 1
