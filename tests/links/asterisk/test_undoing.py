"""A procedure that fails half-way: whatever action Asterisk refuses, the calls are as before.

The same calls serve for every action of the procedure in turn; that the command succeeds on them
at last shows that they were really put back.
"""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.pump import Refused
from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    Command,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    DirectedPickupCall,
    GetDoNotDisturb,
    GetForwarding,
    GroupPickupCall,
    HoldCall,
    MakeCall,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SetDoNotDisturb,
    SetForwarding,
    SingleStepConferenceCall,
    SingleStepTransferCall,
    TransferCall,
)
from tws.telephony.model import CallOrigin, ConnectionId, DeviceId, Forwarding, ForwardingType
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]

Shown = dict[ConnectionId, S]
Prepare = Callable[[Lab], Awaitable[dict[str, object]]]


def shown(lab: Lab) -> Shown:
    """Every connection with its state."""
    calls = lab.pump.driver.watch.calls.values()
    return {c.connection(device): part.state for c in calls for device, part in c.parts.items()}


async def as_before(lab: Lab, before: Shown) -> None:
    await lab.pump.until(lambda: shown(lab) == before or None, f"{before} again")
    assert not lab.pump.mirror.wrong


def asked(lab: Lab, kind: type[Command[Any]], fields: dict[str, object]) -> Command[Any]:
    own = next((f for f in fields.values() if isinstance(f, ConnectionId)), None)
    values: dict[str, Any] = {"device": DeviceId(own.device if own else "1001"), **fields}
    return kind(id=lab.pump.id(), **values)


async def refuse_each(lab: Lab, kind: type[Command[Any]], prepare: Prepare) -> None:
    """Refuse the first action, then the second..., until the command needs no more."""
    fields = await prepare(lab)
    for number in count():
        assert number < 20
        await lab.pump.settled()
        before = shown(lab)
        lab.pump.refuse_after(number)
        try:
            await lab.pump.do(asked(lab, kind, fields))
        except Refused:
            await as_before(lab, before)
            continue
        if not lab.pump.has_refused():
            assert number > 0, "no action was sent"
            return
        await lab.clear()  # it came to the same end another way
        fields = await prepare(lab)


async def talking(lab: Lab) -> dict[str, object]:
    return {"connection": await lab.talk()}


async def talking_active(lab: Lab) -> dict[str, object]:
    return {"active": await lab.talk()}


async def held(lab: Lab) -> dict[str, object]:
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    return {"connection": own}


async def two_calls(lab: Lab) -> dict[str, object]:
    first = await lab.talk()
    return {"held": first, "active": await lab.consult(first)}


async def consulted_rings(lab: Lab) -> dict[str, object]:
    first = await lab.talk()
    second = await lab.do(ConsultationCall, existing=first, consulted="1003")
    await lab.c.rings()
    await lab.pump.state("1003", S.ALERTING)
    return {"held": first, "active": second}


async def two_lines(lab: Lab) -> dict[str, object]:
    call = await lab.a.dial("1002")
    await (await lab.b.rings()).answer()
    await call.until("confirmed")
    await call.hold()
    first = await lab.pump.state("1001", S.HOLD)
    await lab.a.dial("1003")
    await (await lab.c.rings()).answer()
    await lab.pump.state("1003", S.CONNECTED)
    return {"held": first, "active": await lab.pump.state("1001", S.CONNECTED)}


async def ringing(lab: Lab) -> dict[str, object]:
    await lab.a.dial("1002")
    await lab.b.rings()
    return {"connection": await lab.pump.state("1002", S.ALERTING)}


async def ringing_there(lab: Lab) -> dict[str, object]:
    return {"device": DeviceId("1003"), "ringing": (await ringing(lab))["connection"]}


async def ringing_in_the_group(lab: Lab) -> dict[str, object]:
    await ringing(lab)
    return {"device": DeviceId("1003")}


async def nothing(lab: Lab) -> dict[str, object]:
    return {}


def adding(prepare: Prepare, **more: object) -> Prepare:
    """Scenes of the same calls, and what the command says besides."""

    async def prepared(lab: Lab) -> dict[str, object]:
        return {**await prepare(lab), **more}

    return prepared


def existing(prepare: Prepare) -> Prepare:
    async def prepared(lab: Lab) -> dict[str, object]:
        return {"existing": (await prepare(lab))["connection"], "consulted": "1003"}

    return prepared


SCENES: dict[str, tuple[type[Command[Any]], Prepare]] = {
    "make": (MakeCall, adding(nothing, called="1002")),
    "answer": (AnswerCall, ringing),
    "clear": (ClearConnection, talking),
    "clear_held": (ClearConnection, held),
    "hold": (HoldCall, talking),
    "retrieve": (RetrieveCall, held),
    "consult": (ConsultationCall, existing(talking)),
    "consult_from_hold": (ConsultationCall, existing(held)),
    "alternate": (AlternateCall, two_calls),
    "alternate_lines": (AlternateCall, two_lines),
    "reconnect": (ReconnectCall, two_calls),
    "transfer": (TransferCall, two_calls),
    "transfer_lines": (TransferCall, two_lines),
    "transfer_ringing": (TransferCall, consulted_rings),
    "conference": (ConferenceCall, two_calls),
    "conference_lines": (ConferenceCall, two_lines),
    "blind_transfer": (SingleStepTransferCall, adding(talking_active, transferred_to="1003")),
    "invite": (SingleStepConferenceCall, adding(talking_active, joining="1003")),
    "listen": (
        SingleStepConferenceCall,
        adding(talking_active, joining="1003", participation="silent"),
    ),
    "deflect": (DeflectCall, adding(ringing, destination="1003")),
    "pick_up": (DirectedPickupCall, ringing_there),
    "pick_up_group": (GroupPickupCall, ringing_in_the_group),
    "park": (ParkCall, talking),
}


@pytest.mark.parametrize("scene", SCENES)
async def test_whatever_action_is_refused_the_calls_are_as_before(lab: Lab, scene: str) -> None:
    await refuse_each(lab, *SCENES[scene])


async def test_who_was_put_back_talks_and_is_held_as_before(lab: Lab) -> None:
    """The third leg of a conference is refused after two have moved."""
    fields = await two_calls(lab)
    await lab.pump.settled()
    lab.pump.refuse_after(1)
    with pytest.raises(Refused):
        await lab.pump.do(asked(lab, ConferenceCall, fields))
    await lab.a.hears(lab.c)
    await lab.b.hears()
    await lab.pump.do(asked(lab, AlternateCall, fields))
    await lab.a.hears(lab.b)


async def test_nobody_stays_in_a_room_when_the_invited_cannot_be_reached(lab: Lab) -> None:
    await lab.c.behave(refuse=486)
    own = await lab.talk()
    before = shown(lab)
    with pytest.raises(Refused) as refused:
        await lab.do(SingleStepConferenceCall, active=own, joining="1003")
    assert refused.value.cause == "invalidDestinationDeviceState"
    await as_before(lab, before)
    assert not [c for c in await lab.pbx.channels() if c["application"] == "ConfBridge"]
    await lab.do(HoldCall, connection=own)
    await lab.b.hears()


FORWARDING = Forwarding(ForwardingType.NO_ANSWER, CallOrigin.ALL, True, "1003", None, 7)


NO_FORWARDING = Forwarding(ForwardingType.NO_ANSWER, CallOrigin.ALL, False)


@pytest.mark.parametrize(
    ("kind", "question", "name", "on", "off"),
    [
        (SetForwarding, GetForwarding, "forwarding", FORWARDING, NO_FORWARDING),
        (SetDoNotDisturb, GetDoNotDisturb, "on", True, False),
    ],
)
async def test_settings_are_written_whole_or_not_at_all(
    lab: Lab, kind: Any, question: Any, name: str, on: object, off: object
) -> None:
    before = await lab.do(question, "1002")
    for number in count():
        lab.pump.refuse_after(number)
        try:
            await lab.do(kind, "1002", **{name: on})
        except Refused:
            assert await lab.do(question, "1002") == before
            continue
        assert not lab.pump.has_refused()
        assert number > 1
        break
    assert await lab.do(question, "1002") != before
    await lab.do(kind, "1002", **{name: off})
