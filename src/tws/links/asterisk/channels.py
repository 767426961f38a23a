"""The table of channels: what Asterisk reports, keyed by Uniqueid, and nothing concluded from it.

A channel keeps its Uniqueid through every Redirect and every swap; its name may change. What a
channel does is either in the table (bridge, running dial, place in the cti context, queue,
parking) or it is *on its way*: it left a bridge and has not been reported anywhere else yet.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from msgspec.structs import replace

from tws.links.asterisk.dialplan import ARRIVED, CALL, HOLD, MARK, WAIT
from tws.links.asterisk.naming import Name, party, take_apart
from tws.protocols.ami.message import Message
from tws.telephony.model import UNKNOWN, CallId, Party

PRESENTATION = "CALLERID(pres)"
ON_ITS_WAY = 0.25
"Seconds that a channel may be nowhere before it counts as alone: a busy Asterisk takes its time."


class Role(Enum):
    """How a channel began."""

    CALLER = "caller"
    "It dialled into the PBX."
    PROMPTED = "prompted"
    "The PBX called it, to let it make a call."
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Mark:
    """The value of TWS_CALL: what a new owner of the link could not find out otherwise.

    `id`, then `!` if its phone holds, `<` if it was called, then `~uniqueid~device` of who has
    put it on hold.
    """

    call: CallId
    holder: str | None = None
    device: str | None = None
    holding: bool = False
    "Its phone put the other party on hold: Asterisk tells that once and never again."
    called: bool = False

    def __str__(self) -> str:
        call = self.call + "!" * self.holding + "<" * self.called
        return "~".join((call, self.holder, self.device or "")) if self.holder else call

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        call, _, rest = text.partition("~")
        holder, _, device = rest.partition("~")
        name = call.rstrip("!<")
        if not name or name == "(null)":
            return None
        flags = call[len(name) :]
        return cls(CallId(name), holder or None, device or None, "!" in flags, "<" in flags)


@dataclass(slots=True)
class Channel:
    uid: str
    name: str
    parts: Name
    number: int
    "Order of appearance."
    state: str = "Down"
    caller: Party = UNKNOWN
    connected: Party = UNKNOWN
    restricted: bool = False
    "Its number is withheld."
    asked: float | None = None
    "When Asterisk was asked whether it is, until it answers."
    context: str = ""
    exten: str = ""
    linked: str = ""
    role: Role | None = None
    dialled: str | None = None
    consultations: int = 0
    "How often it was sent to call somebody from our place."
    mark: Mark | None = None
    bridge: str | None = None
    place: str | None = None
    "hold, wait or call-...: where in the cti context it has arrived."
    left: float | None = None
    "When it left a bridge, until it is reported somewhere."
    holding: bool = False
    "Its phone put the other party on hold."
    parked: str | None = None
    queue: str | None = None
    queue_waiting: int = 0
    queue_position: int = 0
    progress: bool = False
    "The far end sent sound before an answer."
    device: str | None = None
    "Of an outside party: fixed when first needed."

    @property
    def up(self) -> bool:
        return self.state == "Up"

    @property
    def is_party(self) -> bool:
        return self.parts.is_party


@dataclass(slots=True)
class Dial:
    """A running dial into a channel; `answered` until both ends are in a bridge."""

    source: str | None
    answered: bool = False
    overtaken: float | None = None
    "When its source entered a bridge though nobody here had answered: how it ended comes later."


@dataclass(frozen=True, slots=True)
class Departed:
    """A channel that was hung up, and why."""

    channel: Channel
    cause: str
    code: str


class Channels:
    """The table. `take` applies one event and gives the Uniqueids it touched."""

    def __init__(self, cti: str) -> None:
        self.cti = cti
        self.all: dict[str, Channel] = {}
        self.bridges: dict[str, dict[str, None]] = {}
        self.lots: set[str] = set()
        "Bridges that only hold (parking): those in one have nothing to do with each other."
        self.dials: dict[str, Dial] = {}
        self.pairs: dict[str, dict[int, str]] = {}
        self.joins: dict[str, str] = {}
        "Channels that belong with another though no bridge joins them: spies and the invited."
        self.counters: Counter[str] = Counter()
        self.expected: dict[str, str] = {}
        "What channels that we asked for will dial, by the Uniqueid we chose."
        self._numbers = 0
        self._handlers: dict[str, Callable[[Channel, Message, float], None]] = {
            "BridgeEnter": self._enter,
            "BridgeLeave": self._leave,
            "DialState": self._dialling,
            "Hold": self._hold,
            "NewCallerid": self._caller,
            "Newchannel": self._new,
            "Newexten": self._place,
            "Pickup": self._pickup,
            "QueueCallerJoin": self._queue,
            "QueueCallerLeave": self._unqueue,
            "Rename": self._rename,
            "Unhold": self._unhold,
            "UserEvent": self._goes_on,
        }

    def __iter__(self) -> Iterator[Channel]:
        return iter(self.all.values())

    def __contains__(self, uid: str) -> bool:
        return uid in self.all

    def get(self, uid: str | None) -> Channel | None:
        return self.all.get(uid) if uid is not None else None

    # ------------------------------------------------------------ relations

    def neighbours(self, uid: str) -> set[str]:
        """Those it is joined with: in a bridge, by a dial, as the other half, as a spy."""
        channel = self.all[uid]
        near = set(self.bridges.get(channel.bridge or "", ()))
        if (dial := self.dials.get(uid)) and dial.source:
            near.add(dial.source)
        near.update(dest for dest, dial in self.dials.items() if dial.source == uid)
        near.update(self.pairs.get(channel.parts.pair, {}).values())
        if uid in self.joins:
            near.add(self.joins[uid])
        near.update(one for one, other in self.joins.items() if other == uid)
        near.discard(uid)
        return {other for other in near if other in self.all}

    def component(self, uid: str) -> set[str]:
        """All that are joined with it, itself included."""
        found, todo = {uid}, [uid]
        while todo:
            for other in self.neighbours(todo.pop()):
                if other not in found:
                    found.add(other)
                    todo.append(other)
        return found

    def held_by(self, uid: str) -> list[Channel]:
        """The channels that `uid` holds in the hold place."""
        return [channel for channel in self if self.holder(channel) == uid]

    def holder(self, channel: Channel) -> str | None:
        """Who holds a channel that is on hold in our place, whether still there or not."""
        if channel.place == HOLD and channel.bridge is None and channel.mark:
            return channel.mark.holder
        return None

    def waits(self, channel: Channel) -> bool:
        return channel.place == WAIT and channel.bridge is None

    def on_its_way(self, channel: Channel) -> bool:
        """It left a bridge, or was left alone in one that is about to be dissolved."""
        if channel.left is None:
            return False
        return channel.bridge is None or len(self.bridges.get(channel.bridge, ())) == 1

    def ringing_for(self, uid: str) -> list[Channel]:
        """The channels that a dial of `uid` makes ring."""
        dests = (self.all.get(d) for d, dial in self.dials.items() if dial.source == uid)
        return [channel for channel in dests if channel is not None]

    def overtaken(self, uid: str) -> list[float]:
        """When running dials from or into it were overtaken by a bridge."""
        near = (dial for dest, dial in self.dials.items() if uid in (dest, dial.source))
        return [dial.overtaken for dial in near if dial.overtaken is not None]

    # ------------------------------------------------------------ events

    def take(self, message: Message, now: float) -> tuple[set[str], Departed | None]:
        """Apply an event: the channels touched, and the one that it ended."""
        event = message.event
        if event in ("DialBegin", "DialEnd"):
            return self._dial(message, now), None
        if event == "Hangup":
            return self._hang_up(message)
        if event in ("ParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp", "UnParkedCall"):
            return self._park(message), None
        if event in ("ChanSpyStart", "ChanSpyStop"):
            return self._spy(message), None
        uid = message["Uniqueid"]
        if event == "DialState":
            uid = message["DestUniqueid"]
        channel = self.all.get(uid)
        if channel is None and event == "Newchannel" and uid:
            channel = self._add(uid, message["Channel"])
        if channel is None:
            return set(), None
        touched = {uid}
        if event != "DialState":
            self._refresh(channel, message, "")
        handler = self._handlers.get(event)
        if handler is not None:
            touched |= self.neighbours(uid)
            handler(channel, message, now)
        return touched, None

    def _add(self, uid: str, name: str) -> Channel:
        self._numbers += 1
        channel = self.all[uid] = Channel(uid, name, take_apart(name), self._numbers)
        if (dialled := self.expected.pop(uid, None)) is not None:
            channel.role, channel.dialled = Role.PROMPTED, dialled or None
        if channel.parts.half:
            self.pairs.setdefault(channel.parts.pair, {})[channel.parts.half] = uid
        return channel

    def _refresh(self, channel: Channel, message: Message, prefix: str) -> None:
        """What every event says of its channel."""
        if f"{prefix}ChannelStateDesc" in message:
            channel.state = message[f"{prefix}ChannelStateDesc"]
        if f"{prefix}CallerIDNum" in message:
            caller = party(
                message[f"{prefix}CallerIDNum"],
                message[f"{prefix}CallerIDName"],
                restricted=channel.restricted,
            )
            if caller.name is None and caller.number == channel.caller.number:
                caller = replace(caller, name=channel.caller.name)
            if caller != UNKNOWN:  # it is emptied for a moment while a call is set up
                channel.caller = caller
            channel.connected = party(
                message[f"{prefix}ConnectedLineNum"], message[f"{prefix}ConnectedLineName"]
            )
        if f"{prefix}Context" in message:
            where = (message[f"{prefix}Context"], message[f"{prefix}Exten"])
            if channel.left is not None and where != (channel.context, channel.exten):
                channel.left = None
            channel.context, channel.exten = where
            if channel.place is not None and channel.context != self.cti:
                channel.place = None
        channel.linked = message[f"{prefix}Linkedid"] or channel.linked
        variables = message.variables("ChanVariable" if not prefix else f"{prefix}ChanVariable")
        if MARK in variables:
            channel.mark = Mark.read(variables[MARK]) or channel.mark

    def _new(self, channel: Channel, message: Message, _: float) -> None:
        if channel.state in ("Ring", "Up") and not channel.parts.half:
            channel.role = channel.role or Role.CALLER
        if channel.role is Role.CALLER and channel.exten not in ("", "s"):
            channel.dialled = channel.exten

    def _caller(self, channel: Channel, message: Message, _: float) -> None:
        presentation = message["CID-CallingPres"].split(" ", 1)[0]
        channel.restricted = presentation.isdecimal() and int(presentation) & 0x60 == 0x20
        if channel.restricted:
            channel.caller = party("", "", restricted=True)

    def presented(self, channel: Channel, presentation: str) -> None:
        """CALLERID(pres) of it is known: events never tell it for a call that comes in."""
        channel.asked = None
        if presentation.startswith("prohib"):
            channel.restricted = True
            channel.caller = party("", "", restricted=True)

    def _rename(self, channel: Channel, message: Message, _: float) -> None:
        channel.name = message["Newname"]
        channel.parts = take_apart(channel.name)

    def _place(self, channel: Channel, message: Message, now: float) -> None:
        """Newexten: of the cti context only, when the filter is on."""
        self._forget_answered(channel.uid)
        channel.left = channel.place = None
        if message["Context"] != self.cti:
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

    def _forget_answered(self, uid: str) -> None:
        """It was sent elsewhere between an answer and its bridge: that dial is over."""
        over = [
            dest
            for dest, dial in self.dials.items()
            if dial.answered and uid in (dest, dial.source)
        ]
        for dest in over:
            del self.dials[dest]

    # ------------------------------------------------------------ dials

    def _dial(self, message: Message, now: float) -> set[str]:
        source, dest = self.get(message["Uniqueid"]), self.get(message["DestUniqueid"])
        if source is not None and message.event == "DialBegin":
            self._refresh(source, message, "")  # a DialEnd may tell of an older place
            source.left = None
        if dest is None:
            self.counters["dial of an unknown channel"] += 1
            return set()
        self._refresh(dest, message, "Dest")
        touched = {dest.uid} | ({source.uid} if source else set()) | self.neighbours(dest.uid)
        if message.event == "DialBegin":
            self._begin(source, dest, message["DialString"])
        elif message["DialStatus"] == "ANSWER":
            if dial := self.dials.get(dest.uid):
                dial.answered = True
            self._settle(dest.uid)
        else:
            self.dials.pop(dest.uid, None)
            if source is not None and source.bridge is None and not self.ringing_for(source.uid):
                source.left = now  # the dialplan decides what next
        return touched

    def _begin(self, source: Channel | None, dest: Channel, string: str) -> None:
        self.dials[dest.uid] = Dial(source.uid if source else None)
        if dest.role is None:
            dest.role = Role.CALLED if source else Role.PROMPTED
        if dest.role is Role.CALLED:
            dest.dialled = string.partition("@")[0].rpartition("/")[2] or dest.dialled

    def _settle(self, dest: str) -> None:
        """An answered dial is over once both ends are in the same bridge."""
        dial = self.dials.get(dest)
        if dial is None or not dial.answered:
            return
        ends = (self.get(dial.source), self.get(dest))
        bridges = [end.bridge for end in ends if end is not None]
        if len(bridges) < 2 or (bridges[0] is not None and bridges[0] == bridges[1]):
            del self.dials[dest]

    def _pickup(self, channel: Channel, message: Message, _: float) -> None:
        """It answers in place of the target: the dial is its own now."""
        if (dial := self.dials.pop(message["TargetUniqueid"], None)) is not None:
            self.dials[channel.uid] = Dial(dial.source, answered=True)
            channel.role = Role.CALLED
            self._settle(channel.uid)  # they may be in their bridge already

    def _dialling(self, channel: Channel, message: Message, _: float) -> None:
        if message["DialStatus"] in ("PROGRESS", "PROCEEDING"):
            channel.progress = message["DialStatus"] == "PROGRESS" or channel.progress

    # ------------------------------------------------------------ bridges

    def _enter(self, channel: Channel, message: Message, now: float) -> None:
        self._out(channel)
        bridge = message["BridgeUniqueid"]
        channel.left = channel.place = None
        if message["BridgeTechnology"] == "holding_bridge":
            self.lots.add(bridge)
        if bridge in self.lots:
            return
        channel.bridge, channel.parked = bridge, None
        self.bridges.setdefault(bridge, {})[channel.uid] = None
        for dest in [d for d, dial in self.dials.items() if channel.uid in (d, dial.source)]:
            self._settle(dest)
        for dial in self.dials.values():
            if dial.source == channel.uid and not dial.answered:
                dial.overtaken = now

    def _leave(self, channel: Channel, message: Message, now: float) -> None:
        if channel.bridge != message["BridgeUniqueid"]:
            return
        others = [uid for uid in self.bridges[channel.bridge] if uid != channel.uid]
        self._out(channel)
        self._forget_answered(channel.uid)
        if channel.place is None and channel.parked is None:
            channel.left = now
        if len(others) == 1:
            self.all[others[0]].left = now

    def _out(self, channel: Channel) -> None:
        if channel.bridge is None:
            return
        inside = self.bridges.get(channel.bridge, {})
        inside.pop(channel.uid, None)
        if not inside:
            self.bridges.pop(channel.bridge, None)
        channel.bridge = None

    # ------------------------------------------------------------ the rest

    def _hold(self, channel: Channel, message: Message, _: float) -> None:
        channel.holding = True

    def _unhold(self, channel: Channel, message: Message, _: float) -> None:
        channel.holding = False

    def _queue(self, channel: Channel, message: Message, _: float) -> None:
        channel.queue, channel.left = message["Queue"], None
        count, position = message["Count"], message["Position"]
        channel.queue_waiting = int(count) if count.isdecimal() else 0
        channel.queue_position = int(position) if position.isdecimal() else 0

    def _goes_on(self, channel: Channel, message: Message, _: float) -> None:
        """The dialplan reports what it does with this channel."""
        channel.left = None

    def _unqueue(self, channel: Channel, message: Message, _: float) -> None:
        channel.queue = None

    def _park(self, message: Message) -> set[str]:
        channel = self.all.get(message["ParkeeUniqueid"])
        if channel is None:
            return set()
        touched = {channel.uid} | self.neighbours(channel.uid)
        if message.event == "ParkedCall":
            channel.parked, channel.left = message["ParkingSpace"], None
        else:
            channel.parked = None
        return touched

    def _spy(self, message: Message) -> set[str]:
        spy, spied = message["SpyerUniqueid"], message["SpyeeUniqueid"]
        if message.event == "ChanSpyStart" and spy in self.all and spied in self.all:
            self.joins[spy] = spied
        else:
            self.joins.pop(spy, None)
        return {uid for uid in (spy, spied) if uid in self.all}

    def _hang_up(self, message: Message) -> tuple[set[str], Departed | None]:
        channel = self.all.get(message["Uniqueid"])
        if channel is None:
            return set(), None
        touched = self.neighbours(channel.uid)
        self._out(channel)
        del self.all[channel.uid]
        self.dials.pop(channel.uid, None)
        for dest in [d for d, dial in self.dials.items() if dial.source == channel.uid]:
            del self.dials[dest]  # nobody calls it any more: it is about to stop ringing
        for one in [o for o, other in self.joins.items() if channel.uid in (o, other)]:
            del self.joins[one]
        if (halves := self.pairs.get(channel.parts.pair)) is not None:
            halves.pop(channel.parts.half, None)
            if not halves:
                del self.pairs[channel.parts.pair]
        return touched | {channel.uid}, Departed(channel, message["Cause-txt"], message["Cause"])

    # ------------------------------------------------------------ everything at once

    def load(self, listed: Iterable[Message], lots: Iterable[str]) -> None:
        """Begin again from the answer to Status: what Asterisk has now, and how it is joined."""
        for table in (self.all, self.bridges, self.dials, self.pairs, self.joins):
            table.clear()
        self.lots = set(lots)
        calling: list[tuple[Channel, str]] = []
        ringing: list[Channel] = []
        for message in listed:
            if uid := message["Uniqueid"]:
                channel = self._add(uid, message["Channel"])
                self._load(channel, message)
                if message["Application"] in ("Dial", "Queue") and channel.bridge is None:
                    calling.append((channel, message["Data"]))
                if channel.role is Role.CALLED and not channel.up:
                    ringing.append(channel)
        for channel in ringing:
            self._guess_dial(channel, calling)

    def load_parked(self, listed: Iterable[Message]) -> None:
        """The places of parked calls, from the answer to ParkedCalls."""
        for message in listed:
            if channel := self.all.get(message["ParkeeUniqueid"]):
                channel.parked = message["ParkingSpace"]

    def _load(self, channel: Channel, message: Message) -> None:
        self._refresh(channel, message, "")
        variables = message.variables("Variable")
        channel.mark = Mark.read(variables.get(MARK, "")) or channel.mark
        self.presented(channel, variables.get(PRESENTATION, ""))
        channel.holding = channel.mark is not None and channel.mark.holding
        application = message["Application"]
        called = application in ("AppDial", "AppQueue")
        if channel.mark is not None:
            called = channel.mark.called
        prompted = channel.state in ("Down", "Ringing")
        begun = Role.PROMPTED if prompted else Role.CALLER
        channel.role = Role.CALLED if called else begun
        if not called:
            channel.dialled = message["DNID"] or None
        if application == "Queue":
            channel.queue = message["Data"].partition(",")[0]
        bridge = message["BridgeID"]
        if bridge and bridge not in self.lots:
            channel.bridge = bridge
            self.bridges.setdefault(bridge, {})[channel.uid] = None
        elif bridge:
            channel.parked = "?"
        elif channel.context == self.cti and channel.exten in (HOLD, WAIT):
            if message["Priority"] == ARRIVED:
                channel.place = channel.exten

    def _guess_dial(self, channel: Channel, calling: list[tuple[Channel, str]]) -> None:
        """Who makes it ring: of the same origin, and dialling its endpoint if several do."""
        near = [(c, data) for c, data in calling if c.linked == channel.linked]
        exact = [c for c, data in near if channel.parts.endpoint in data]
        sources = exact or [c for c, _ in near]
        if sources:
            self.dials[channel.uid] = Dial(sources[-1].uid)
