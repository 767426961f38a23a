"""What joins channels: dials and bridges. A dial that was answered ends as the bridge begins."""

from tws.links.asterisk.channel import Channel, Dial, Role
from tws.links.asterisk.channels import Channels
from tws.protocols.ami.message import Message


class Joining:
    """What the events of dials and bridges change in the table."""

    def __init__(self, channels: Channels) -> None:
        self.channels = channels

    # ------------------------------------------------------------ dials

    def dial(self, message: Message, now: float) -> set[str]:
        """DialBegin, DialEnd."""
        source = self.channels.get(message["Uniqueid"])
        dest = self.channels.get(message["DestUniqueid"])
        if source is not None and message.event == "DialBegin":
            self.channels.refresh(source, message, "")  # a DialEnd may tell of an older place
            source.left = None
        if dest is None:
            self.channels.counters["dial of an unknown channel"] += 1
            return set()
        self.channels.refresh(dest, message, "Dest")
        touched = {dest.uid} | self.channels.neighbours(dest.uid)
        if source is not None:
            touched.add(source.uid)
        if message.event == "DialBegin":
            self._begin(source, dest, message["DialString"])
        elif message["DialStatus"] == "ANSWER":
            if dial := self.channels.dials.get(dest.uid):
                dial.answered = True
            self.settle(dest.uid)
        else:
            self.channels.dials.pop(dest.uid, None)
            if source is not None and source.bridge is None:
                if not self.channels.ringing_for(source.uid):
                    source.left = now  # the dialplan decides what next
        return touched

    def _begin(self, source: Channel | None, dest: Channel, string: str) -> None:
        self.channels.dials[dest.uid] = Dial(source.uid if source else None)
        if dest.role is None:
            dest.role = Role.CALLED if source else Role.PROMPTED
        if dest.role is Role.CALLED:
            dest.dialled = string.partition("@")[0].rpartition("/")[2] or dest.dialled

    def dialling(self, channel: Channel, message: Message, _: float) -> None:
        if message["DialStatus"] in ("PROGRESS", "PROCEEDING"):
            channel.progress = message["DialStatus"] == "PROGRESS" or channel.progress

    def pickup(self, channel: Channel, message: Message, _: float) -> None:
        """It answers in place of the target: the dial is its own now."""
        if (dial := self.channels.dials.pop(message["TargetUniqueid"], None)) is not None:
            self.channels.dials[channel.uid] = Dial(dial.source, answered=True)
            channel.role = Role.CALLED
            self.settle(channel.uid)  # they may be in their bridge already

    def settle(self, dest: str) -> None:
        """An answered dial is over once both ends are in the same bridge."""
        dial = self.channels.dials.get(dest)
        if dial is None or not dial.answered:
            return
        ends = (self.channels.get(dial.source), self.channels.get(dest))
        bridges = [end.bridge for end in ends if end is not None]
        if len(bridges) < 2 or (bridges[0] is not None and bridges[0] == bridges[1]):
            del self.channels.dials[dest]

    def forget_answered(self, uid: str) -> None:
        """It was sent elsewhere between an answer and its bridge: that dial is over."""
        for dest, dial in tuple(self.channels.dials.items()):
            if dial.answered and uid in (dest, dial.source):
                del self.channels.dials[dest]

    def _take_place(self, channel: Channel, half: str) -> None:
        """Of half of a Local channel: who is to meet that in its bridge may not be there yet."""
        for dest, dial in tuple(self.channels.dials.items()):
            if dial.answered and half == dest:
                del self.channels.dials[dest]
                self.channels.dials[channel.uid] = dial
            elif dial.answered and half == dial.source:
                dial.source = channel.uid

    # ------------------------------------------------------------ bridges

    def enter(self, channel: Channel, message: Message, now: float) -> None:
        self.channels.out(channel)
        self.channels.parted.pop(channel.uid, None)
        bridge = message["BridgeUniqueid"]
        channel.left = channel.place = None
        if message["BridgeTechnology"] == "holding_bridge":
            self.channels.lots.add(bridge)
        if bridge in self.channels.lots:
            return
        channel.parked = None
        self.channels.into(channel, bridge)
        self._take_place(channel, message["SwapUniqueid"])
        for dest, dial in tuple(self.channels.dials.items()):
            if channel.uid in (dest, dial.source):
                self.settle(dest)
            if dial.source == channel.uid and not dial.answered:
                dial.overtaken = now

    def leave(self, channel: Channel, message: Message, now: float) -> None:
        if channel.bridge != message["BridgeUniqueid"]:
            return
        others = [uid for uid in self.channels.bridges[channel.bridge] if uid != channel.uid]
        self.channels.out(channel)
        if not channel.parts.half:  # who takes the place of a half takes its dial too
            self.forget_answered(channel.uid)
        if channel.place is None and channel.parked is None:
            channel.left = now
        if len(others) == 1:
            other = self.channels.all[others[0]]
            other.left = now
            if channel.parts.half or other.parts.half:
                self.channels.parted[channel.uid] = other.uid
