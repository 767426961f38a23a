"""What every procedure has at hand: the calls, the way to Asterisk, and its moves on channels."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from tws.links.asterisk.calls import Part, Projected
from tws.links.asterisk.channel import Channel, Mark, Role
from tws.links.asterisk.channels import Channels
from tws.links.asterisk.dialplan import CALL, HOLD, MARK, ROOM, WAIT
from tws.links.asterisk.line import Fields, Line
from tws.links.asterisk.naming import DIALABLE
from tws.links.asterisk.reasons import Reason
from tws.links.asterisk.running import Late, Refusal, Steps, Until
from tws.links.asterisk.settings import Settings
from tws.links.asterisk.watch import Watch
from tws.protocols.ami.session import Answer
from tws.telephony.event_reports import DeviceEvent
from tws.telephony.model import CallId, ConnectionId, ConnectionState, DeviceId

S = ConnectionState
AUTO_ANSWER = (
    ("Variable", "PJSIP_HEADER(add,Call-Info)=<sip:tws>\\;answer-after=0"),
    ("Variable", "PJSIP_HEADER(add,Alert-Info)=<http://tws>\\;info=alert-autoanswer\\;delay=0"),
)
"Makes a desk phone go off hook by itself."
REMEMBERED = 1_000
SOON = 0.5


@dataclass(frozen=True, slots=True)
class Own:
    """A device's place in a call: its part, and its channel where it has one there."""

    call: Projected
    part: Part
    channel: Channel

    @property
    def id(self) -> ConnectionId:
        return self.call.connection(self.part.device)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a channel was before a procedure moved it."""

    channel: Channel
    bridge: str | None
    pair: str | None
    "The other one, in a bridge of two."
    place: str | None
    mark: Mark | None
    holding: bool
    home: str | None
    "The extension of the cti context that it goes back to; in a bridge of two: none."


class Originated:
    """Calls that we asked for and that could not be made, by the Uniqueid that we chose."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}

    def take(self, uid: str, reason: str) -> None:
        self.failed[uid] = reason
        while len(self.failed) > REMEMBERED:
            del self.failed[next(iter(self.failed))]


@dataclass(slots=True)
class Task:
    """The surroundings of one running procedure."""

    watch: Watch
    line: Line
    settings: Settings
    originated: Originated
    tell_device: Callable[[DeviceEvent], None]
    new: CallId
    "For the call that it makes, if it makes one."
    moved: set[str] = field(default_factory=set)
    "What was frozen once."
    stood: dict[str, Standing] = field(default_factory=dict)
    "Where those were that it moves, by Uniqueid."
    sent: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    "Those that it sent somewhere: the bridge or the place that they leave."
    rung: list[str] = field(default_factory=list)
    "Channels of its own making."
    _frozen: list[str] = field(default_factory=list)
    _reasons: list[CallId] = field(default_factory=list)
    _wanted: list[str] = field(default_factory=list)

    @property
    def channels(self) -> Channels:
        return self.watch.channels

    # ------------------------------------------------------------ what it moves

    def freeze(self, *keys: str) -> None:
        """Compare these channels and calls only when the procedure has ended."""
        self.watch.frozen.update(keys)
        self._frozen.extend(keys)
        self.note(*(c for key in keys if (c := self.channels.get(key)) is not None))

    def freeze_again(self) -> None:
        """What was thawed before it failed."""
        self.freeze(*(self.moved - set(self._frozen)))

    def note(self, *channels: Channel) -> None:
        """Where these are put back if the procedure fails."""
        for channel in channels:
            self.stood.setdefault(channel.uid, self._standing(channel))

    def keep(self) -> None:
        """Nothing is put back from here on: the calls are as they were to be."""
        self.stood.clear()
        self.sent.clear()

    def _standing(self, channel: Channel) -> Standing:
        others, place, home = self.beside(channel), channel.place, channel.place
        if channel.bridge is not None:
            home = channel.exten if channel.exten.startswith(ROOM) else None
        elif place is not None and place.startswith(CALL):
            home = place if self.channels.ringing_for(channel.uid) else WAIT
        pair = others[0].uid if len(others) == 1 and home is None else None
        return Standing(channel, channel.bridge, pair, place, channel.mark, channel.holding, home)

    def is_at(self, channel: Channel, home: str) -> bool:
        """Whether it has arrived at an extension of the cti context."""
        if home.startswith(ROOM):
            return channel.bridge is not None and channel.exten == home
        return channel.place == home and channel.bridge is None

    def because(self, call: CallId, reason: Reason) -> None:
        self.watch.reasons.operation[call] = reason
        self._reasons.append(call)

    def will_be(self, channel: str, call: CallId) -> None:
        """The next new call of a channel is to have this id."""
        self.watch.projector.wanted[channel] = call
        self._wanted.append(channel)

    def thaw(self) -> None:
        """Everything may be compared again."""
        self.watch.thaw(self._frozen)
        self.moved.update(self._frozen)
        self._frozen.clear()

    def close(self) -> None:
        """After the last comparison."""
        for call in self._reasons:
            self.watch.reasons.operation.pop(call, None)
        for channel in self._wanted:
            self.watch.projector.wanted.pop(channel, None)
            self.channels.expected.pop(channel, None)
            self.channels.hidden.discard(channel)
        self._reasons.clear()
        self._wanted.clear()

    # ------------------------------------------------------------ who is who

    def own(self, connection: ConnectionId, *states: ConnectionState) -> Own:
        """The part of a connection, in one of `states`; raises Refusal."""
        call = self.watch.calls.get(connection.call)
        part = call.parts.get(connection.device) if call else None
        if call is None or part is None:
            raise Refusal("invalidConnectionID", "there is no such call any more")
        if states and part.state not in states:
            raise Refusal("invalidConnectionState", f"the connection is {part.state}")
        found = [c for uid in part.channels if (c := self.channels.get(uid)) is not None]
        if not found:
            raise Refusal("invalidConnectionState", "nothing of it is left to act on")
        strong = [c for c in found if self._is(c, part.state)]
        return Own(call, part, (strong or found)[0])

    def queued(self, connection: ConnectionId) -> Own | None:
        """The caller who waits in a queue, which has no channel of its own; None where it is no
        queue."""
        call = self.watch.calls.get(connection.call)
        part = call.parts.get(connection.device) if call else None
        if call is None or part is None or part.state is not S.QUEUED:
            return None
        uids = (uid for other in call.parts.values() for uid in other.channels)
        found = (self.channels.get(uid) for uid in uids)
        waiting = next((c for c in found if c is not None and c.queue is not None), None)
        return None if waiting is None else Own(call, part, waiting)

    def _is(self, channel: Channel, state: ConnectionState) -> bool:
        return channel.state == "Ringing" if state is S.ALERTING else channel.up

    def beside(self, channel: Channel) -> list[Channel]:
        """The others in its bridge."""
        inside = self.channels.bridges.get(channel.bridge or "", {})
        others = (self.channels.get(uid) for uid in inside if uid != channel.uid)
        return [other for other in others if other is not None]

    def company(self, own: Own) -> Generator[Until, None, list[Channel]]:
        """The others in its bridge, once they are there and no Local channel stands between.

        There is a moment between an answer and the bridge, and Asterisk takes Local channels out
        of the way with the first sound. One that stays stands for its party.
        """
        phone = own.channel
        if sum(part.state in (S.CONNECTED, S.HOLD) for part in own.call.parts.values()) > 1:
            yield Until(lambda: bool(self.beside(phone)) or self.gone(phone), "a bridge")

        def direct() -> bool:
            uids = self.channels.component(phone.uid)
            return bool(self.beside(phone)) and not any(
                self.channels.all[uid].parts.half for uid in uids
            )

        if self.beside(phone):
            try:
                yield Until(lambda: self.gone(phone) or direct(), "no Local channel", SOON)
            except Late:
                return self.beside(phone)
        return self.beside(phone)

    def peer(self, own: Own) -> Generator[Until, None, Channel]:
        """The one it talks with; raises Refusal where there is none, or more than one."""
        others = yield from self.company(own)
        if len(others) > 1 or len(own.call.parts) > 2:
            raise Refusal("requestIncompatibleWithConnection", "not in a conference")
        if not others:
            raise Refusal("invalidConnectionState", "nobody has answered")
        return others[0]

    def held(self, own: Own) -> Channel:
        """The one whom `own` holds in this call, in our place; raises Refusal."""
        for channel in self.channels.held_by(own.channel.uid):
            if channel.uid in own.call.joined:
                return channel
        raise Refusal("invalidHeldConnectionState", "nobody is on hold there")

    def parties(self, own: Own) -> list[Channel]:
        """All other party channels of the call."""
        uids = [uid for uid in own.call.joined if uid not in own.part.channels]
        found = (self.channels.get(uid) for uid in uids)
        return [channel for channel in found if channel is not None and channel.is_party]

    def phone(self, device: DeviceId) -> str:
        return self.settings.channel(device)

    # ------------------------------------------------------------ moves

    def ask(self, action: str, **fields: str) -> Generator[Until, None, Answer]:
        return (yield from self.line.ask(action, tuple(fields.items())))

    def ask_with(self, action: str, fields: Fields) -> Generator[Until, None, Answer]:
        return (yield from self.line.ask(action, fields))

    def tell(self, action: str, **fields: str) -> None:
        self.line.tell(action, **fields)

    def redirect(
        self, channel: Channel, exten: str, context: str, extra: tuple[Channel, str] | None = None
    ) -> Steps:
        """Send a channel to an extension, and its own leg to a place, in one action."""
        fields = {
            "Channel": channel.name,
            "Context": context,
            "Exten": exten,
            "Priority": "1",
        }
        if extra is not None:
            leg, place = extra
            fields |= {
                "ExtraChannel": leg.name,
                "ExtraContext": self.settings.cti_context,
                "ExtraExten": place,
                "ExtraPriority": "1",
            }
        leaving = {c.uid: (c.bridge, c.place) for c in (channel, *(extra or ())[:1])}
        self.sent |= {uid: was for uid, was in leaving.items() if was != (None, None)}
        try:
            yield from self.ask("Redirect", **fields)
        except Late:
            raise
        except Refusal:
            for uid in leaving:
                self.sent.pop(uid, None)
            raise

    def put_on_hold(
        self, own: Channel, peer: Channel, call: CallId, device: str
    ) -> Generator[Until, None, Channel]:
        """`peer` to the hold place, marked as held by `own`, which waits; returns who that is."""
        try:
            yield from self._mark(own, peer, call, device)
        except Refusal as refusal:
            peer = yield from self._instead(own, peer, refusal)
            self.freeze(peer.uid)
            yield from self._mark(own, peer, call, device)
        yield from self.redirect(peer, HOLD, self.settings.cti_context, (own, WAIT))
        yield Until(
            lambda: (
                (self.channels.waits(own) and self.channels.holder(peer) == own.uid)
                or self.gone(own, peer)
            ),
            "both in their places",
        )
        self.both_here(own, peer)
        return peer

    def _mark(self, own: Channel, peer: Channel, call: CallId, device: str) -> Steps:
        mark = Mark(call, own.uid, device, peer.holding, peer.role is Role.CALLED)
        yield from self.ask("Setvar", Channel=peer.name, Variable=MARK, Value=str(mark))
        peer.mark = mark

    def _instead(
        self, own: Channel, peer: Channel, refusal: Refusal
    ) -> Generator[Until, None, Channel]:
        """Who stands where `peer` stood: a Local channel that Asterisk took out of the way just
        as it was named. Raises `refusal` if it was not that."""
        try:
            yield Until(lambda: self.gone(peer) and bool(self.beside(own)), "another", SOON)
        except Late:
            raise refusal from None
        (other,) = self.beside(own)[:1]
        return other

    def bridge(self, one: Channel, other: Channel) -> Steps:
        yield from self.ask("Bridge", Channel1=one.name, Channel2=other.name)
        yield Until(
            lambda: (
                (one.bridge is not None and one.bridge == other.bridge) or self.gone(one, other)
            ),
            "both in one bridge",
        )
        self.both_here(one, other)

    def hang_up(self, channel: Channel, cause: str = "16") -> Steps:
        if self.gone(channel):
            return
        try:
            yield from self.ask("Hangup", Channel=channel.name, Cause=cause)
        except Refusal as refusal:  # its own Dial may have ended it first
            try:
                yield Until(lambda: self.gone(channel), "it ends by itself", SOON)
            except Late:
                raise refusal from None
        yield Until(lambda: self.gone(channel), "it is hung up")

    def gone(self, *channels: Channel) -> bool:
        return any(channel.uid not in self.channels for channel in channels)

    def both_here(self, *channels: Channel) -> None:
        if self.gone(*channels):
            raise Refusal("invalidConnectionState", "a party hung up meanwhile")

    def number(self, typed: str, cause: str) -> str:
        """What may be dialled; raises Refusal with `cause`."""
        if not DIALABLE.fullmatch(typed):
            raise Refusal(cause, "digits, letters, * # + . - _ only, at most 64")
        return typed
