"""The table of channels: what Asterisk reports, keyed by Uniqueid, and nothing concluded from it.

A channel keeps its Uniqueid through every Redirect and every swap; its name may change. What a
channel does is either in the table (bridge, running dial, place in the cti context, queue,
parking) or it is *on its way*: it left a bridge and has not been reported anywhere else yet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tws.links.asterisk.channel import Channel, Dial, Mark, Role
from tws.links.asterisk.dialplan import HOLD, MARK, WAIT
from tws.links.asterisk.naming import party, take_apart
from tws.protocols.ami.message import Message
from tws.telephony.model import UNKNOWN

ON_ITS_WAY = 0.25
"Seconds that a channel may be nowhere before it counts as alone: a busy Asterisk takes its time."
UNDIALLED = 2.0
"Seconds that half of a Local channel may be there before it is told who dials it."


class Channels:
    """The table. `reports.py` changes it with each event, `status.py` fills it at once."""

    def __init__(self, cti: str) -> None:
        self.cti = cti
        self.all: dict[str, Channel] = {}
        self.bridges: dict[str, dict[str, None]] = {}
        self.lots: set[str] = set()
        "Bridges that only hold (parking): those in one have nothing to do with each other."
        self.dials: dict[str, Dial] = {}
        "The running dials, by the Uniqueid that is dialled."
        self.pairs: dict[str, dict[int, str]] = {}
        self.joins: dict[str, str] = {}
        "Channels that belong with another though no bridge joins them: spies and the invited."
        self.parted: dict[str, str] = {}
        "Who left a bridge of two, and who stayed there, where one is half of a Local channel."
        self.counters: Counter[str] = Counter()
        self.hidden: set[str] = set()
        "Of channels to come, those that we make call without their number."
        self.expected: dict[str, str] = {}
        "What channels that we asked for will dial, by the Uniqueid we chose."
        self._numbers = 0

    def __iter__(self) -> Iterator[Channel]:
        return iter(self.all.values())

    def __contains__(self, uid: str) -> bool:
        return uid in self.all

    def get(self, uid: str | None) -> Channel | None:
        return self.all.get(uid) if uid is not None else None

    # ------------------------------------------------------------ relations

    def neighbours(self, uid: str) -> set[str]:
        """Those it is joined with: in a bridge, by a dial, as the other half, as a spy.

        Asterisk takes a Local channel out of the way by moving those at its ends, one message for
        each: whoever left one of its halves is still joined with it until reported elsewhere.
        """
        channel = self.all[uid]
        near = set(self.bridges.get(channel.bridge or "", ()))
        if (dial := self.dials.get(uid)) and dial.source:
            near.add(dial.source)
        near.update(dest for dest, dial in self.dials.items() if dial.source == uid)
        near.update(self.pairs.get(channel.parts.pair, {}).values())
        if uid in self.joins:
            near.add(self.joins[uid])
        near.update(one for one, other in self.joins.items() if other == uid)
        for leaver, stayed in self.parted.items():
            if (
                uid in (leaver, stayed)
                and leaver in self.all
                and self.all[leaver].left is not None
            ):
                near |= {leaver, stayed}
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

    def undialled(self, channel: Channel) -> bool:
        """Who dials this half of a Local channel is about to be told.

        What is beyond the other half is told by another thread, which may be faster.
        """
        return channel.parts.half == 1 and channel.role is None and not channel.up

    def ringing_for(self, uid: str) -> list[Channel]:
        """The channels that a dial of `uid` makes ring."""
        dests = (self.all.get(d) for d, dial in self.dials.items() if dial.source == uid)
        return [channel for channel in dests if channel is not None]

    def overtaken(self, uid: str) -> list[float]:
        """When running dials from or into it were overtaken by a bridge."""
        near = (dial for dest, dial in self.dials.items() if uid in (dest, dial.source))
        return [dial.overtaken for dial in near if dial.overtaken is not None]

    # ------------------------------------------------------------ one channel

    def add(self, uid: str, name: str) -> Channel:
        self._numbers += 1
        channel = self.all[uid] = Channel(uid, name, take_apart(name), self._numbers)
        if uid in self.hidden:
            self.hidden.discard(uid)
            channel.hides = True
            channel.withhold()
        if (dialled := self.expected.pop(uid, None)) is not None:
            channel.role, channel.dialled = Role.PROMPTED, dialled or None
        if channel.parts.half:
            self.pairs.setdefault(channel.parts.pair, {})[channel.parts.half] = uid
        return channel

    def remove(self, channel: Channel) -> None:
        """It was hung up: nothing is joined with it any more."""
        self.out(channel)
        del self.all[channel.uid]
        self.dials.pop(channel.uid, None)
        for dest in [d for d, dial in self.dials.items() if dial.source == channel.uid]:
            del self.dials[dest]  # nobody calls it any more: it is about to stop ringing
        for table in (self.joins, self.parted):
            for one in [o for o, other in table.items() if channel.uid in (o, other)]:
                del table[one]
        if (halves := self.pairs.get(channel.parts.pair)) is not None:
            halves.pop(channel.parts.half, None)
            if not halves:
                del self.pairs[channel.parts.pair]

    def clear(self, lots: Iterable[str]) -> None:
        """Forget all but `lots`, the bridges that only hold."""
        for table in (self.all, self.bridges, self.dials, self.pairs, self.joins, self.parted):
            table.clear()
        self.lots = set(lots)

    def into(self, channel: Channel, bridge: str) -> None:
        channel.bridge = bridge
        self.bridges.setdefault(bridge, {})[channel.uid] = None

    def out(self, channel: Channel) -> None:
        if channel.bridge is None:
            return
        inside = self.bridges.get(channel.bridge, {})
        inside.pop(channel.uid, None)
        if not inside:
            self.bridges.pop(channel.bridge, None)
        channel.bridge = None

    def refresh(self, channel: Channel, message: Message, prefix: str) -> None:
        """What every event says of its channel."""
        if f"{prefix}ChannelStateDesc" in message:
            channel.advance(message[f"{prefix}ChannelStateDesc"])
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
