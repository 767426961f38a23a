"""The same again and again on a real Asterisk: what each round told is compared."""

from collections.abc import Awaitable, Callable
from itertools import groupby

from tests.links.asterisk.conftest import Lab
from tws.telephony.model import ConnectionId, DeviceId

TIMES = 20
Round = Callable[[], Awaitable[None]]


async def again_and_again(lab: Lab, one: Round) -> list[str]:
    """What one round told, as did all the others."""
    told = await rounds(lab, one)
    others = {turn: each for turn, each in enumerate(told) if each != told[0]}
    assert not others, f"of {told[0]} told otherwise: {others}"
    return told[0]


async def rounds(lab: Lab, one: Round) -> list[list[str]]:
    """What each round told."""
    told = []
    for _ in range(TIMES):
        for phone in lab.phones.phones.values():
            await phone.room()
        lab.pump.mark()
        await one()
        told.append(story(lab))
    return told


def story(lab: Lab) -> list[str]:
    """The events of a round. Who ends first is Asterisk's choice: those that end connections
    together are in order of their devices.
    """
    runs = groupby(lab.pump.calls(), lambda event: event.startswith("ConnectionCleared"))
    return [event for ends, run in runs for event in (sorted(run) if ends else run)]


def of(own: ConnectionId, device: str) -> ConnectionId:
    return ConnectionId(own.call, DeviceId(device))
