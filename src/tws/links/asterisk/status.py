"""Everything at once: the table of channels from the answers to Status and to ParkedCalls.

What is joined is told for bridges only; who makes whom ring is concluded.
"""

from collections.abc import Iterable

from tws.links.asterisk.channel import PRESENTATION, UNTOLD, Channel, Dial, Mark, Role
from tws.links.asterisk.channels import Channels
from tws.links.asterisk.dialplan import ARRIVED, HOLD, MARK, WAIT
from tws.protocols.ami.message import Message

Calling = list[tuple[Channel, str]]
"Those that dial, each with what it dials."


def load(
    channels: Channels,
    listed: Iterable[Message],
    lots: Iterable[str],
    parked: Iterable[Message],
) -> None:
    """Begin again from what Asterisk has now; `lots` are the bridges that only hold."""
    channels.clear(lots)
    calling: Calling = []
    ringing: list[Channel] = []
    for message in listed:
        if uid := message["Uniqueid"]:
            channel = channels.add(uid, message["Channel"])
            _is(channels, channel, message)
            _is_at(channels, channel, message)
            if message["Application"] in ("Dial", "Queue") and channel.bridge is None:
                calling.append((channel, message["Data"]))
            if channel.role is Role.CALLED and not channel.up:
                ringing.append(channel)
    for channel in ringing:
        _guess_dial(channels, channel, calling)
    for message in parked:
        if found := channels.get(message["ParkeeUniqueid"]):
            found.parked = message["ParkingSpace"]


def _is(channels: Channels, channel: Channel, message: Message) -> None:
    """What it is, and how it began."""
    channels.refresh(channel, message, "")
    variables = message.variables("Variable")
    channel.mark = Mark.read(variables.get(MARK, "")) or channel.mark
    channel.presented(variables.get(PRESENTATION, ""))
    channel.holding = channel.mark is not None and channel.mark.holding
    called = message["Application"] in ("AppDial", "AppQueue")
    if channel.mark is not None:
        called = channel.mark.called
    prompted = channel.state in ("Down", "Ringing")
    begun = Role.PROMPTED if prompted else Role.CALLER
    channel.role = Role.CALLED if called else begun
    if not called:
        channel.dialled = message["DNID"] or None


def _is_at(channels: Channels, channel: Channel, message: Message) -> None:
    """Where it is: in a queue, in a bridge, parked, or in a place of ours."""
    if message["Application"] == "Queue":
        channel.queue = message["Data"].partition(",")[0]
    bridge = message["BridgeID"]
    if bridge and bridge not in channels.lots:
        channels.into(channel, bridge)
    elif bridge:
        channel.parked = UNTOLD
    elif channel.context == channels.cti and channel.exten in (HOLD, WAIT):
        if message["Priority"] == ARRIVED:
            channel.place = channel.exten


def _guess_dial(channels: Channels, channel: Channel, calling: Calling) -> None:
    """Who makes it ring: of the same origin, and dialling its endpoint if several do."""
    near = [(c, data) for c, data in calling if c.linked == channel.linked]
    exact = [c for c, data in near if channel.parts.endpoint in data]
    sources = exact or [c for c, _ in near]
    if sources:
        channels.dials[channel.uid] = Dial(sources[-1].uid)
