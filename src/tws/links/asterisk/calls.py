"""The projection: what the table of channels means as calls, in the words of ECMA-269. Pure.

A call = party channels joined by a bridge, a running dial, the halves of a Local channel or a
spy; and who put somebody on hold in our place is in the call with the one on hold. Ids stick: what
was a call and still has its members keeps its id; a mark on a channel brings the id back after a
restart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from tws.links.asterisk.channel import UNTOLD, Channel, Role
from tws.links.asterisk.channels import Channels
from tws.links.asterisk.naming import Devices
from tws.telephony.model import UNKNOWN, CallId, ConnectionId, ConnectionState, DeviceId, Party

S = ConnectionState
STRENGTH = {S.NULL: 0, S.INITIATED: 1, S.QUEUED: 2, S.ALERTING: 3, S.HOLD: 4, S.CONNECTED: 5}
"Of two channels of one device in one call, the stronger says the state."


@dataclass(frozen=True, slots=True)
class Part:
    """One device in a call."""

    device: DeviceId
    state: ConnectionState
    party: Party
    channels: tuple[str, ...]
    "Uniqueids; empty for a queue or a park place."
    calls: bool
    "It began the call, or was prompted to."
    reached: bool = False
    "Connected with the network's announcements only: nobody has answered yet."


@dataclass(frozen=True, slots=True)
class Projected:
    id: CallId
    born: int
    "Order of appearance among calls."
    parts: Mapping[DeviceId, Part]
    calling: Party = UNKNOWN
    called: Party = UNKNOWN
    members: frozenset[str] = field(default=frozenset())
    "The Uniqueids that are in this call and no other; a holder waiting is, one consulting is not."
    joined: frozenset[str] = field(default=frozenset())
    "All Uniqueids of the component, halves of Local channels included."

    def connection(self, device: DeviceId) -> ConnectionId:
        return ConnectionId(self.id, device)


@dataclass(slots=True)
class _Shape:
    """A component of the table with what it is as a call, before it has an id."""

    uids: frozenset[str]
    "Of parties."
    joined: frozenset[str]
    parts: dict[DeviceId, Part]
    calling: Party
    called: Party
    first: int
    holders: set[str]


class Projector:
    """Keeps the ids of calls; everything else comes from the table each time."""

    def __init__(
        self,
        channels: Channels,
        devices: Devices,
        known: Callable[[], set[DeviceId]],
        new_id: Callable[[], CallId],
    ) -> None:
        self.channels, self.devices, self.known = channels, devices, known
        self.new_id = new_id
        self.calls: dict[CallId, Projected] = {}
        self.member: dict[str, CallId] = {}
        "Which call each channel is a member of."
        self._of_device: dict[DeviceId, set[CallId]] = {}
        self.wanted: dict[str, CallId] = {}
        "The id that a channel's next new call is to have."
        self.loading = False
        "True while the table has just been read whole: marks are believed then."
        self._born = 0

    # ------------------------------------------------------------ scope

    def around(self, touched: Iterable[str]) -> tuple[set[str], set[CallId]]:
        """The channels and present calls that a change of `touched` may concern, to the end."""
        uids: set[str] = set()
        calls: set[CallId] = set()
        todo = set(touched)
        while todo:
            uid = todo.pop()
            if uid in uids:
                continue
            uids.add(uid)
            if (call := self.member.get(uid)) and call not in calls:
                calls.add(call)
                todo |= self._channels_of(self.calls[call])
            if (channel := self.channels.get(uid)) is None:
                continue
            todo |= self.channels.component(uid)
            if holder := self.channels.holder(channel):
                todo.add(holder)
            todo.update(held.uid for held in self.channels.held_by(uid))
        return uids, calls

    def _channels_of(self, call: Projected) -> set[str]:
        return set(call.members).union(*(part.channels for part in call.parts.values()))

    def of(self, device: DeviceId) -> list[Projected]:
        """The calls of a device, oldest first."""
        calls = (self.calls[call] for call in self._of_device.get(device, ()))
        return sorted(calls, key=lambda call: call.born)

    def clear(self) -> None:
        for table in (self.calls, self.member, self._of_device, self.wanted):
            table.clear()

    # ------------------------------------------------------------ projection

    def project(self, uids: set[str], calls: set[CallId]) -> dict[CallId, Projected]:
        """What `uids` are as calls now; `calls` are the present ones that they may continue."""
        shapes = [shape for shape in self._shapes(uids) if shape.parts]
        chosen = self._name(shapes, calls)
        return {call.id: call for call in chosen}

    def replace(self, old: Iterable[CallId], new: Mapping[CallId, Projected]) -> None:
        for call_id in old:
            if (gone := self.calls.pop(call_id, None)) is not None:
                for uid in gone.members:
                    if self.member.get(uid) == call_id:
                        del self.member[uid]
                for device in gone.parts:
                    self._of_device[device].discard(call_id)
                    if not self._of_device[device]:
                        del self._of_device[device]
        for call in new.values():
            self.calls[call.id] = call
            for device in call.parts:
                self._of_device.setdefault(device, set()).add(call.id)
            for uid in call.members:
                self.member[uid] = call.id

    def _shapes(self, uids: set[str]) -> list[_Shape]:
        left = {uid for uid in uids if uid in self.channels}
        shapes = []
        while left:
            component = self.channels.component(min(left, key=self._number))
            left -= component
            if shape := self._shape(component):
                shapes.append(shape)
        return shapes

    def _number(self, uid: str) -> int:
        return self.channels.all[uid].number

    def _shape(self, component: set[str]) -> _Shape | None:
        members = sorted((self.channels.all[uid] for uid in component), key=lambda c: c.number)
        parties = [channel for channel in members if channel.is_party]
        if not parties:
            return None
        if len(parties) == 1 and self.channels.waits(parties[0]):
            if self.channels.held_by(parties[0].uid):
                return None  # it is in the calls of those that it holds
        parts: dict[DeviceId, Part] = {}
        for channel in parties:
            if part := self._part(channel, taken=parts):
                self._join(parts, part)
        holders = self._add_holders(parts, members)
        self._add_queue(parts, members)
        self._add_place(parts, members)
        uids = frozenset(channel.uid for channel in parties)
        begins = next((c for c in parties if c.role in (Role.CALLER, Role.PROMPTED)), parties[0])
        first = self._part(begins, taken={}) if parts else None
        calling = first.party if first else UNKNOWN
        if begins.role is Role.CALLED:
            calling = begins.connected
        called = Party(begins.dialled) if begins.dialled else self._called(members)
        return _Shape(
            uids, frozenset(component), parts, calling, called, members[0].number, holders
        )

    def _called(self, members: list[Channel]) -> Party:
        halves = (c for c in members if c.parts.half == 2 and c.exten not in ("", "s"))
        if half := next(halves, None):
            return Party(half.exten)
        rung = next((c for c in members if c.role is Role.CALLED and c.is_party), None)
        return rung.caller if rung else UNKNOWN

    def _join(self, parts: dict[DeviceId, Part], part: Part) -> None:
        """Several channels of one device in one call are one connection."""
        if (other := parts.get(part.device)) is not None:
            strong, weak = part, other
            if STRENGTH[other.state] >= STRENGTH[part.state]:
                strong, weak = other, part
            uids = tuple(dict.fromkeys((*strong.channels, *weak.channels)))
            part = replace(strong, channels=uids, calls=other.calls or part.calls)
        parts[part.device] = part

    def _part(self, channel: Channel, taken: Mapping[DeviceId, Part]) -> Part | None:
        state = self._state(channel)
        if state is S.NULL:
            return None
        calls = channel.role in (Role.CALLER, Role.PROMPTED)
        extension = self.devices.extension(channel.parts.endpoint, self.known())
        if extension is not None:
            who = Party(extension, channel.caller.name, channel.caller.restricted)
            return Part(extension, state, who, (channel.uid,), calls)
        device = self._outside(channel)
        who = channel.caller
        if who.number is None and not who.restricted and channel.role is Role.CALLED:
            who = Party(channel.dialled, who.name)
        return Part(
            device, state, who, (channel.uid,), calls, reached=not channel.up and channel.progress
        )

    def _outside(self, channel: Channel) -> DeviceId:
        """Fixed when first used, so that a later caller id does not make another device of it."""
        if channel.device is None:
            number = channel.dialled if channel.role is Role.CALLED else channel.caller.number
            serial = channel.name.partition("/")[2] or channel.name
            channel.device = number or serial
        return DeviceId(channel.device)

    def _state(self, channel: Channel) -> ConnectionState:
        if self.channels.waits(channel):
            return S.HOLD
        if channel.holding:
            return S.HOLD
        if channel.up:
            return S.CONNECTED
        match channel.role:
            case Role.CALLER:
                return S.CONNECTED
            case Role.PROMPTED if channel.state == "Ringing":
                return S.INITIATED
            case Role.CALLED if channel.uid in self.channels.dials:
                if channel.state == "Ringing":
                    return S.ALERTING
                if channel.progress and self._is_outside(channel):
                    return S.CONNECTED
        return S.NULL

    def _is_outside(self, channel: Channel) -> bool:
        return self.devices.extension(channel.parts.endpoint, self.known()) is None

    def _add_holders(self, parts: dict[DeviceId, Part], members: list[Channel]) -> set[str]:
        """Who holds somebody here from another place."""
        holders: set[str] = set()
        for channel in members:
            holder = self.channels.get(self.channels.holder(channel))
            if holder is None or not (part := self._part(holder, taken={})):
                continue
            holders.add(holder.uid)
            self._join(parts, replace(part, state=S.HOLD))
        return holders

    def _add_queue(self, parts: dict[DeviceId, Part], members: list[Channel]) -> None:
        waiting = next((c for c in members if c.queue is not None), None)
        if waiting is None or waiting.queue is None:
            return
        rung = self.channels.ringing_for(waiting.uid)
        if any(channel.state == "Ringing" or channel.up for channel in rung):
            return
        number = waiting.dialled or waiting.queue
        who = Party(number, waiting.queue)
        device = DeviceId(number)
        parts.setdefault(device, Part(device, S.QUEUED, who, (), calls=False))

    def _add_place(self, parts: dict[DeviceId, Part], members: list[Channel]) -> None:
        """The park place where somebody waits."""
        for place in (channel.parked for channel in members):
            if place is not None and place != UNTOLD:
                device = DeviceId(place)
                parts.setdefault(device, Part(device, S.QUEUED, Party(place), (), calls=False))

    # ------------------------------------------------------------ ids

    def _name(self, shapes: list[_Shape], calls: set[CallId]) -> list[Projected]:
        """Each present id goes to the component that continues it best; each gets at most one."""
        held = {uid: shape for shape in shapes for uid in shape.holders}
        claims: list[tuple[int, int, int, CallId]] = []
        for index, shape in enumerate(shapes):
            strength = Counter(self.member[uid] for uid in shape.uids if uid in self.member)
            for uid in shape.uids:
                claimed = self.member.get(uid)
                if claimed and uid in held and held[uid] is not shape:
                    # who consults left the first call to the one on hold
                    if claimed in {self.member.get(other) for other in held[uid].uids}:
                        strength[claimed] -= 1
            for call_id, count in strength.items():
                if count > 0 and call_id in calls:
                    claims.append((-self.calls[call_id].born, count, -index, call_id))
        taken: dict[int, CallId] = {}
        owned: set[CallId] = set()
        # the oldest call first, and in it the component with most of its members
        for _, _, index, call_id in sorted(claims, reverse=True):
            if call_id not in owned and -index not in taken:
                taken[-index] = call_id
                owned.add(call_id)
        return [self._named(shape, taken.get(index), owned) for index, shape in enumerate(shapes)]

    def _named(self, shape: _Shape, call_id: CallId | None, owned: set[CallId]) -> Projected:
        waiting = {
            uid for uid in shape.holders if self._only_waits(uid)
        }  # those are in this call and no other
        members = shape.uids | waiting
        if call_id is not None:
            old = self.calls[call_id]
            calling = old.calling if old.calling != UNKNOWN else shape.calling
            called = old.called if old.called != UNKNOWN else shape.called
            return Projected(
                call_id, old.born, shape.parts, calling, called, members, shape.joined
            )
        self._born += 1
        wanted = next((self.wanted.pop(uid) for uid in shape.uids if uid in self.wanted), None)
        marked = self._marked(shape, owned) if self.loading else wanted
        new = marked or self.new_id()
        owned.add(new)
        return Projected(
            new, self._born, shape.parts, shape.calling, shape.called, members, shape.joined
        )

    def _only_waits(self, uid: str) -> bool:
        channel = self.channels.get(uid)
        return channel is not None and self.channels.waits(channel)

    def _marked(self, shape: _Shape, owned: set[CallId]) -> CallId | None:
        """The id that an earlier owner of the link gave it."""
        channels = (self.channels.all[uid] for uid in shape.uids)
        marks = [c.mark.call for c in sorted(channels, key=lambda c: c.number) if c.mark]
        free = [m for m in marks if m not in owned and m not in self.calls]
        return Counter(free).most_common(1)[0][0] if free else None
