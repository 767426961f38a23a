"""What each event of Asterisk changes in the table of channels."""

from collections.abc import Callable

from tws.links.asterisk.channel import Channel, Departed, Role
from tws.links.asterisk.channels import Channels
from tws.links.asterisk.dialplan import ARRIVED, CALL, HOLD, WAIT
from tws.links.asterisk.joining import Joining
from tws.links.asterisk.naming import take_apart
from tws.protocols.ami.message import Message


class Reports:
    """`take` applies one event and gives the Uniqueids it touched."""

    def __init__(self, channels: Channels) -> None:
        self.channels, self.joining = channels, Joining(channels)
        self._handlers: dict[str, Callable[[Channel, Message, float], None]] = {
            "BridgeEnter": self.joining.enter,
            "BridgeLeave": self.joining.leave,
            "DialState": self.joining.dialling,
            "Hold": self._hold,
            "NewCallerid": self._caller,
            "Newchannel": self._new,
            "Newexten": self._place,
            "Pickup": self.joining.pickup,
            "QueueCallerJoin": self._queue,
            "QueueCallerLeave": self._unqueue,
            "Rename": self._rename,
            "Unhold": self._unhold,
            "UserEvent": self._goes_on,
        }

    def take(self, message: Message, now: float) -> tuple[set[str], Departed | None]:
        """Apply an event: the channels touched, and the one that it ended."""
        event = message.event
        if event in ("DialBegin", "DialEnd"):
            return self.joining.dial(message, now), None
        if event == "Hangup":
            return self._hang_up(message)
        if event in ("ParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp", "UnParkedCall"):
            return self._park(message, now), None
        if event in ("ChanSpyStart", "ChanSpyStop"):
            return self._spy(message), None
        uid = message["Uniqueid"]
        if event == "DialState":
            uid = message["DestUniqueid"]
        channel = self.channels.all.get(uid)
        if channel is None and event == "Newchannel" and uid:
            channel = self.channels.add(uid, message["Channel"])
        if channel is None:
            return set(), None
        touched = {uid}
        if event != "DialState":
            self.channels.refresh(channel, message, "")
        handler = self._handlers.get(event)
        if handler is not None:
            touched |= self.channels.neighbours(uid)
            handler(channel, message, now)
        return touched, None

    # ------------------------------------------------------------ what a channel is

    def _new(self, channel: Channel, message: Message, now: float) -> None:
        channel.appeared = now
        if channel.state in ("Ring", "Up") and not channel.parts.half:
            channel.role = channel.role or Role.CALLER
        if channel.role is Role.CALLER and channel.exten not in ("", "s"):
            channel.dialled = channel.exten

    def _caller(self, channel: Channel, message: Message, _: float) -> None:
        presentation = message["CID-CallingPres"].split(" ", 1)[0]
        told = presentation.isdecimal() and int(presentation) & 0x60 == 0x20
        channel.restricted = told or channel.hides
        if channel.restricted:
            channel.withhold()

    def _rename(self, channel: Channel, message: Message, _: float) -> None:
        channel.name = message["Newname"]
        channel.parts = take_apart(channel.name)

    def _hang_up(self, message: Message) -> tuple[set[str], Departed | None]:
        channel = self.channels.get(message["Uniqueid"])
        if channel is None:
            return set(), None
        touched = self.channels.neighbours(channel.uid)
        self.channels.remove(channel)
        return touched | {channel.uid}, Departed(channel, message["Cause-txt"], message["Cause"])

    # ------------------------------------------------------------ where it is

    def _place(self, channel: Channel, message: Message, now: float) -> None:
        """Newexten: of the cti context only, when the filter is on."""
        self.joining.forget_answered(channel.uid)
        channel.left = channel.place = None
        if message["Context"] != self.channels.cti:
            return
        exten = message["Extension"] or message["Exten"]
        if message["Priority"] == ARRIVED:
            if exten in (HOLD, WAIT):
                channel.place = exten
            elif exten.startswith(CALL):
                channel.place, channel.dialled = exten, exten.removeprefix(CALL)
                channel.consultations += 1
        elif exten in (HOLD, WAIT) or exten.startswith(CALL):
            channel.left = now  # sent there, or going away from there

    def _goes_on(self, channel: Channel, message: Message, _: float) -> None:
        """The dialplan reports what it does with this channel."""
        channel.left = None

    def _queue(self, channel: Channel, message: Message, _: float) -> None:
        channel.queue, channel.left = message["Queue"], None
        count, position = message["Count"], message["Position"]
        channel.queue_waiting = int(count) if count.isdecimal() else 0
        channel.queue_position = int(position) if position.isdecimal() else 0

    def _unqueue(self, channel: Channel, message: Message, _: float) -> None:
        channel.queue = None

    def _park(self, message: Message, now: float) -> set[str]:
        channel = self.channels.all.get(message["ParkeeUniqueid"])
        if channel is None:
            return set()
        touched = {channel.uid} | self.channels.neighbours(channel.uid)
        if message.event == "ParkedCall":
            channel.parked, channel.left = message["ParkingSpace"], None
        else:
            channel.parked = None
            if message.event == "UnParkedCall":
                channel.left = now  # for the bridge with whoever fetched it
        return touched

    def _hold(self, channel: Channel, message: Message, _: float) -> None:
        channel.holding = True

    def _unhold(self, channel: Channel, message: Message, _: float) -> None:
        channel.holding = False

    def _spy(self, message: Message) -> set[str]:
        spy, spied = message["SpyerUniqueid"], message["SpyeeUniqueid"]
        known = {uid for uid in (spy, spied) if uid in self.channels}
        if message.event == "ChanSpyStart" and known == {spy, spied}:
            self.channels.joins[spy] = spied
        else:
            self.channels.joins.pop(spy, None)
        return known
