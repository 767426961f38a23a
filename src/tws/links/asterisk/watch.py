"""From AMI events to call events: the table, the projection, and when to compare.

Two things make a comparison wait. A channel that has just left a bridge is about to be somewhere
else (a transfer moves several, one message each). And a command of several steps moves channels
on purpose: what it touches is compared once, at its end, so that a hold is one Held and not a
clearing and a new call.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from tws.links.asterisk import status
from tws.links.asterisk.calls import Projected, Projector
from tws.links.asterisk.channel import Channel, Mark, Role
from tws.links.asterisk.channels import ON_ITS_WAY, UNDIALLED, Channels
from tws.links.asterisk.dialplan import FORWARDED, HOLD, ROOM
from tws.links.asterisk.difference import Difference
from tws.links.asterisk.naming import FORWARDS, Devices
from tws.links.asterisk.reasons import Reason, Reasons, dial_reason
from tws.links.asterisk.reports import Reports
from tws.protocols.ami.message import Message
from tws.telephony.event_reports import CallEvent
from tws.telephony.model import CallId, Cause, DeviceId, Party

FAILED_DIALS = frozenset({"BUSY", "CONGESTION", "CHANUNAVAIL"})
DEVICE = re.compile(r"[0-9A-Za-z*#._-]{1,64}")


class Watch:
    """The calls of one Asterisk."""

    def __init__(self, cti: str, template: str, new_id: Callable[[], CallId]) -> None:
        self.channels = Channels(cti)
        self.reports = Reports(self.channels)
        self.devices = Devices(template)
        self.monitored: set[DeviceId] = set()
        self.projector = Projector(self.channels, self.devices, lambda: self.monitored, new_id)
        self.reasons = Reasons()
        self.frozen: Counter[str] = Counter()
        "Uniqueids and call ids that a command is moving."
        self.lonely_rooms: list[str] = []
        "Channels left alone in a conference of ours."
        self._accompanied: set[str] = set()
        "Channels that were in a call with others."
        self._touched: set[str] = set()
        self._looked = 0.0
        self._strangers: list[str] = []
        self._moved: list[set[str]] = []
        "What each command moved, while it has not been compared."
        self._changed: set[CallId] = set()

    @property
    def calls(self) -> dict[CallId, Projected]:
        return self.projector.calls

    # ------------------------------------------------------------ in

    def take(self, message: Message, now: float) -> None:
        """One event of Asterisk."""
        self._note(message)
        touched, departed = self.reports.take(message, now)
        if departed is not None:
            self.reasons.departed(departed)
        if message.event == "Newchannel":
            self._greet(message["Uniqueid"], now)
        self._touched |= touched

    def _greet(self, uid: str, now: float) -> None:
        channel = self.channels.get(uid)
        if channel is None or not channel.is_party or channel.role is not Role.CALLER:
            return
        if self.devices.extension(channel.parts.endpoint, self.monitored) is None:
            channel.asked = now
            self._strangers.append(uid)

    def thaw(self, keys: Iterable[str]) -> None:
        """What a command moved may be compared again, all of it at once."""
        together: set[str] = set()
        for key in keys:
            self.frozen[key] -= 1
            if self.frozen[key] <= 0:
                del self.frozen[key]
            together.add(key)
            if call := self.calls.get(CallId(key)):
                together |= call.members
        if together:
            self._touched |= together
            self._moved.append(together)

    def touch(self, uids: Iterable[str]) -> None:
        """Compare these again."""
        self._touched.update(uids)

    def load(
        self, listed: Iterable[Message], lots: Iterable[str], parked: Iterable[Message]
    ) -> None:
        """Begin again from what Asterisk has now: no events, its calls are asked for."""
        status.load(self.channels, listed, lots, parked)
        self.reasons = Reasons()
        self.frozen.clear()
        self.lonely_rooms.clear()
        self._accompanied.clear()
        self._strangers.clear()
        self._touched.clear()
        self._moved.clear()
        self._changed.clear()
        self.projector.clear()
        self.projector.loading = True
        everything = set(self.channels.all)
        self.projector.replace((), self.projector.project(everything, set()))
        self.projector.loading = False
        self._find_lonely(self.calls)

    def clear(self) -> None:
        self.load((), (), ())

    # ------------------------------------------------------------ reasons

    def _note(self, message: Message) -> None:
        """What a message says of the causes of what follows."""
        reasons = self.reasons
        match message.event:
            case "DialEnd" if message["DialStatus"] != "ANSWER":
                self._note_dial(message)
            case "BridgeLeave":
                reasons.left[message["Uniqueid"]] = Reason(Cause.NORMAL_CLEARING)
            case "DialBegin":
                reasons.failed.pop(message["Uniqueid"], None)
            case "BlindTransfer":
                to = Party(message["Extension"])
                reasons.transferred[message["TransfererUniqueid"]] = Reason(
                    Cause.SINGLE_STEP_TRANSFER, to=to
                )
            case "Pickup":
                channel = self.channels.get(message["Uniqueid"])
                who = self._party_of(channel.parts.endpoint) if channel else None
                reasons.picked[message["TargetUniqueid"]] = Reason(Cause.CALL_PICKUP, to=who)
            case "ParkedCall":
                slot = Party(message["ParkingSpace"])
                reasons.parked[message["ParkeeUniqueid"]] = Reason(Cause.PARK, to=slot)
                reasons.unparked.pop(message["ParkeeUniqueid"], None)
            case "UnParkedCall" | "ParkedCallTimeOut" | "ParkedCallGiveUp":
                self._note_unparked(message)
            case "QueueCallerJoin":
                self._note_queue(message)
            case "UserEvent" if message["UserEvent"] == FORWARDED:
                self._note_forward(message)

    def _note_unparked(self, message: Message) -> None:
        """Somebody fetched it, nobody did in time, or it hung up."""
        reasons, uid = self.reasons, message["ParkeeUniqueid"]
        reasons.parked.pop(uid, None)
        match message.event:
            case "UnParkedCall":
                channel = self.channels.get(message["RetrieverUniqueid"])
                who = self._party_of(channel.parts.endpoint) if channel else None
                reasons.unparked[uid] = Reason(Cause.CALL_PICKUP, to=who)
            case "ParkedCallTimeOut":
                reasons.unparked[uid] = Reason(Cause.RECALL)

    def _note_early(self, uids: set[str]) -> None:
        """Who rings beyond a Local channel while it is not known who dials that."""
        channels = [one for uid in uids if (one := self.channels.get(uid)) is not None]
        if any(self.channels.undialled(one) for one in channels):
            for one in channels:
                if one.is_party and one.role is Role.CALLED and one.state == "Ringing":
                    self.reasons.rang[one.uid] = Reason(Cause.NEW_CALL)

    def _party_of(self, endpoint: str) -> Party | None:
        number = self.devices.at(endpoint)
        return Party(number) if number else None

    def _note_dial(self, message: Message) -> None:
        status, dest = message["DialStatus"], message["DestUniqueid"]
        self.reasons.dial[dest] = dial_reason(status)
        channel, source = self.channels.get(dest), message["Uniqueid"]
        if status in FAILED_DIALS and source and channel is not None and channel.is_party:
            who = self._party_of(channel.parts.endpoint)
            if channel.state != "Ringing":  # else it leaves a call it was in: told there
                self.reasons.failed[source] = Reason(dial_reason(status).cause, by=who)

    def _note_queue(self, message: Message) -> None:
        """Whoever is rung next is rung by the queue."""
        if call := self.projector.member.get(message["Uniqueid"]):
            channel = self.channels.get(message["Uniqueid"])
            number = channel.dialled if channel and channel.dialled else message["Queue"]
            self.reasons.arriving[call] = Reason(
                Cause.DISTRIBUTED, by=Party(number, message["Queue"])
            )

    def _note_forward(self, message: Message) -> None:
        device, to, why = message["Device"], message["To"], message["Why"]
        if not DEVICE.fullmatch(device) or why not in FORWARDS:
            self.channels.counters["forwarding without a device"] += 1
            return
        caller = message["Uniqueid"]
        reason = Reason(FORWARDS[why], by=Party(device), to=Party(to) if to else None)
        if to:
            self.reasons.forwarded[caller] = reason
            self.reasons.failed.pop(caller, None)
        else:
            self.reasons.failed[caller] = reason
        self._touched.add(caller)

    # ------------------------------------------------------------ out

    def look(self, now: float) -> list[CallEvent]:
        """The events of everything touched that is not on its way and not being moved."""
        self._looked = now
        events: list[CallEvent] = []
        waiting: set[str] = set()
        while self._touched:
            one = {self._touched.pop()}
            moved = [group for group in self._moved if not group.isdisjoint(one)]
            uids, calls = self.projector.around(one.union(*moved))
            group = uids & self._touched
            self._touched -= group
            if self._blocked(uids, calls, now):
                waiting |= uids
                self._note_early(uids)
            else:
                events += self._compare(uids, calls)
                self._moved = [group for group in self._moved if group not in moved]
        self._touched = waiting
        return events

    def pending(self, keys: set[str]) -> bool:
        """Whether any of these is still to be compared."""
        return not self._touched.isdisjoint(keys)

    def timer(self) -> float | None:
        """When something that is on its way has had its time."""
        touched = (self.channels.get(uid) for uid in self._touched)
        times = (time for one in touched if one is not None for time in self._deadlines(one))
        # what is past blocks nothing any more
        return min((time for time in times if time > self._looked), default=None)

    def strangers(self) -> list[Channel]:
        """Outside callers that have just come: whether they withhold their number is not told."""
        new, self._strangers = self._strangers, []
        found = (self.channels.get(uid) for uid in new)
        return [channel for channel in found if channel is not None]

    def _blocked(self, uids: set[str], calls: set[CallId], now: float) -> bool:
        if any(key in self.frozen for key in (*uids, *calls)):
            return True
        channels = (self.channels.get(uid) for uid in uids)
        return any(channel is not None and self.unsettled(channel, now) for channel in channels)

    def unsettled(self, channel: Channel, now: float) -> bool:
        """A command moves it, it has just left a bridge, or something of it is about to be told.

        That is who it is, when this has been asked; who dials a Local channel; and how a dial
        ended, when the call is in a bridge already: Asterisk tells of a pickup before or after the
        bridge that it leads to.
        """
        return channel.uid in self.frozen or any(now < at for at in self._deadlines(channel))

    def _deadlines(self, channel: Channel) -> Iterator[float]:
        """Until when what is about to be told of it is waited for."""
        if channel.left is not None and self.channels.on_its_way(channel):
            yield channel.left + ON_ITS_WAY
        if channel.asked is not None:
            yield channel.asked + ON_ITS_WAY
        if channel.appeared is not None and self.channels.undialled(channel):
            yield channel.appeared + UNDIALLED
        yield from (at + ON_ITS_WAY for at in self.channels.overtaken(channel.uid))

    def _compare(self, uids: set[str], calls: set[CallId]) -> list[CallEvent]:
        before = {call: self.calls[call] for call in calls}
        after = self.projector.project(uids, calls)
        self.projector.replace(calls, after)
        self._find_lonely(after)
        self._changed |= after.keys()
        seen = {call: old for call, old in before.items() if self._concerns(old)}
        shown = {
            call: new
            for call, new in after.items()
            if call in seen
            or self._concerns(new)
            or any(old.members & new.members for old in seen.values())
        }
        return list(Difference(seen, shown, self.reasons).events())

    def _concerns(self, call: Projected) -> bool:
        return not self.monitored.isdisjoint(call.parts)

    def _find_lonely(self, calls: Mapping[CallId, Projected]) -> None:
        """Of a conference of ours that had more: its last channel. Half a Local channel may be in
        the room a little longer than whom it brought: what had company is remembered."""
        self._accompanied &= self.channels.all.keys()
        for call in calls.values():
            if len(call.parts) > 1:
                self._accompanied.update(call.joined)
                continue
            for channel in (self.channels.get(uid) for uid in call.joined):
                if channel is None or channel.bridge is None:
                    continue
                alone = len(self.channels.bridges.get(channel.bridge, ())) == 1
                if alone and channel.exten.startswith(ROOM) and channel.uid in self._accompanied:
                    self._accompanied.discard(channel.uid)
                    self.lonely_rooms.append(channel.uid)

    # ------------------------------------------------------------ marks

    def marks_wanted(self) -> dict[str, Mark]:
        """Channels of ours whose mark is not that of their call, after changes; in an order that
        a replay has too."""
        changed, self._changed = self._changed, set()
        wanted = {}
        for call in (self.calls[call_id] for call_id in sorted(changed) if call_id in self.calls):
            if not self._concerns(call):
                continue
            for uid in sorted(call.members):
                channel = self.channels.get(uid)
                if channel is None:
                    continue
                called = channel.role is Role.CALLED
                mark = Mark(call.id, holding=channel.holding, called=called)
                if channel.mark and channel.place == HOLD:
                    mark = replace(mark, holder=channel.mark.holder, device=channel.mark.device)
                if mark != channel.mark:
                    wanted[uid] = mark
        return wanted
