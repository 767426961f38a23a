"""The telephone's operations: what is asked of the PBX, and what its answer becomes."""

import asyncio
from typing import Any

import pytest

from tests.web.calls import OUTSIDE, answered, at, dials, rings
from tests.web.house import House
from tests.web.operations import begin
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM
from tws.telephony import commands as c
from tws.telephony.commands import USER_COMMANDS, Command, operation
from tws.telephony.event_reports import NO_ANSWER, NOT_SUPPORTED, CommandDone, CommandRefused
from tws.telephony.model import (
    CallOrigin,
    ConnectionState,
    DeviceId,
    Forwarding,
    ForwardingType,
    MessageWaiting,
    Party,
    SnapshotConnection,
)

OWN = at("1", "4001")
HELD, ACTIVE = at("1", "4001"), at("2", "4001")


def two_calls(house: House) -> tuple[str, str]:
    """A held and an active call at 4001: their legs."""
    house.report(rings("1", "4001"), answered("1", "4001"), dials("2", "4001", "4003"))
    held, active = house.legs("4001")
    return held, active


REACHED = {"callId": "9", "deviceId": "4001", "connection": None}
FORWARDING = Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, True, "4003")

# operation, body besides the device, command as it reaches the PBX, the PBX's result, the answer
DONE: list[tuple[str, dict[str, Any], dict[str, Any], object, object]] = [
    ("answerCall", {"connection": "HELD"}, {"connection": HELD}, None, None),
    ("clearConnection", {"connection": "HELD"}, {"connection": HELD}, None, None),
    ("holdCall", {"connection": "HELD"}, {"connection": HELD}, None, None),
    ("retrieveCall", {"connection": "HELD"}, {"connection": HELD}, None, None),
    ("parkCall", {"connection": "HELD"}, {"connection": HELD, "park_to": None}, "71", "71"),
    (
        "parkCall",
        {"connection": "HELD", "parkTo": "4010"},
        {"connection": HELD, "park_to": "4010"},
        None,
        None,
    ),
    (
        "alternateCall",
        {"held": "HELD", "active": "ACTIVE"},
        {"held": HELD, "active": ACTIVE},
        None,
        None,
    ),
    (
        "reconnectCall",
        {"held": "HELD", "active": "ACTIVE"},
        {"held": HELD, "active": ACTIVE},
        None,
        None,
    ),
    (
        "transferCall",
        {"held": "HELD", "active": "ACTIVE"},
        {"held": HELD, "active": ACTIVE},
        at("9", "4001"),
        REACHED,
    ),
    (
        "singleStepTransferCall",
        {"active": "ACTIVE", "transferredTo": "01 55 17 18 89"},
        {"active": ACTIVE, "transferred_to": OUTSIDE},
        at("9", "4001"),
        REACHED,
    ),
    (
        "singleStepConferenceCall",
        {"active": "ACTIVE", "joining": "4003", "participation": "silent"},
        {"active": ACTIVE, "joining": "4003", "participation": "silent"},
        None,
        None,
    ),
    (
        "deflectCall",
        {"connection": "HELD", "destination": "4003"},
        {"connection": HELD, "destination": "4003"},
        None,
        None,
    ),
    (
        "generateDigits",
        {"connection": "HELD", "digits": "12#a"},
        {"connection": HELD, "digits": "12#A"},
        None,
        None,
    ),
    (
        "setForwarding",
        {"type": "immediate", "origin": "all", "active": True, "destination": "4003"},
        {"forwarding": FORWARDING},
        None,
        None,
    ),
    (
        "getForwarding",
        {},
        {},
        (FORWARDING,),
        [
            {
                "type": "immediate",
                "origin": "all",
                "active": True,
                "destination": "4003",
                "display": "4003",
                "ringCount": None,
                "ringDuration": None,
            }
        ],
    ),
    ("setDoNotDisturb", {"on": True}, {"on": True}, None, None),
    ("setMessageWaiting", {"on": False}, {"on": False}, None, None),
    ("groupPickupCall", {}, {"group": None}, None, None),
]


@pytest.mark.parametrize(("name", "body", "asked", "result", "answer"), DONE)
async def test_the_pbx_did_it(
    house: House,
    name: str,
    body: dict[str, Any],
    asked: dict[str, Any],
    result: object,
    answer: object,
) -> None:
    legs = dict(zip(("HELD", "ACTIVE"), two_calls(house), strict=True))
    await house.rooms.organisation.parameters.set_parameter(
        SYSTEM, parameter="AuthorizeInterception", value=True, user=house.users["alice"].id
    )
    alice = await house.program("alice")
    body = {k: legs.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
    sent = await begin(house, alice, name, {"device": house.device("4001"), **body})
    command = await house.asked(kind(name))
    for field, value in asked.items():
        assert getattr(command, field) == value, field
    assert command.device == "4001"
    house.report(CommandDone(command.id, result))
    given = await sent
    assert given.status_code == 200, given.text
    assert given.json() == {"result": answer}


def kind(name: str) -> type[Command[Any]]:
    return next(one for one in USER_COMMANDS if operation(one) == name)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("makeCall", {"called": "4003", "prompt": True}),
        ("consultationCall", {"existing": "HELD", "consulted": "4003"}),
        ("conferenceCall", {"held": "HELD", "active": "ACTIVE"}),
        ("directedPickupCall", {"ringingDevice": "4002"}),
    ],
)
async def test_a_new_connection_is_named_by_its_leg(
    house: House, name: str, body: dict[str, Any]
) -> None:
    legs = dict(zip(("HELD", "ACTIVE"), two_calls(house), strict=True))
    if name == "directedPickupCall":
        house.report(rings("7", "4002"))  # another telephone of the same user
    alice = await house.program("alice")
    body = {k: legs.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
    sent = await begin(house, alice, name, {"device": house.device("4001"), **body})
    command = await house.asked(kind(name))
    house.report(dials("9", "4001", "4003"), CommandDone(command.id, at("9", "4001")))
    given = (await sent).json()
    leg = house.legs("4001")[-1]
    said = {"tooLong": False} if name in ("makeCall", "consultationCall") else {}
    assert given == {"result": {"callId": "9", "deviceId": "4001", "connection": leg}, **said}


@pytest.mark.parametrize(("digits", "too_long"), [("1" * 15, False), ("1" * 19, True)])
async def test_more_digits_than_any_number_has_are_dialled_and_said(
    house: House, digits: str, too_long: bool
) -> None:
    alice = await house.program("alice")
    sent = await begin(
        house, alice, "makeCall", {"device": house.device("4001"), "called": digits}
    )
    command = await house.asked(c.MakeCall)
    assert isinstance(command, c.MakeCall)
    assert command.called == f"0{digits}"
    house.report(dials("9", "4001", digits), CommandDone(command.id, at("9", "4001")))
    assert (await sent).json()["tooLong"] is too_long


async def test_the_pbx_is_asked_for_do_not_disturb(house: House) -> None:
    alice = await house.program("alice")
    given = await alice.post("telephony/getDoNotDisturb", json={"device": house.device("4001")})
    assert given.json() == {"result": False}


async def test_the_pbx_is_asked_whether_messages_wait(house: House) -> None:
    alice = await house.program("alice")
    sent = await begin(house, alice, "getMessageWaiting", {"device": house.device("4001")})
    command = await house.asked(c.GetMessageWaiting)
    house.report(CommandDone(command.id, MessageWaiting(True)))
    assert (await sent).json() == {"result": True}


async def test_the_pbx_is_asked_for_the_calls(house: House) -> None:
    house.report(rings("1", "4001"), answered("1", "4001"))
    other = (DeviceId("00155171889"), ConnectionState.CONNECTED, Party(OUTSIDE, "Paul"))
    house.pbx().calls[DeviceId("4001")] = (
        SnapshotConnection(OWN, ConnectionState.CONNECTED, (other,)),
    )
    alice = await house.program("alice")
    given = await alice.post("telephony/snapshotDevice", json={"device": house.device("4001")})
    assert given.json()["result"] == [
        {
            "callId": "1",
            "deviceId": "4001",
            "connection": house.legs("4001")[0],
            "state": "connected",
            "others": [
                {
                    "deviceId": "00155171889",
                    "state": "connected",
                    "number": OUTSIDE,
                    "name": "Paul",
                }
            ],
        }
    ]


def test_every_command_has_been_tried() -> None:
    tried = {row[0] for row in DONE} | {
        "makeCall",
        "consultationCall",
        "conferenceCall",
        "directedPickupCall",
        "getDoNotDisturb",
        "getMessageWaiting",
        "snapshotDevice",
    }
    assert tried == {operation(one) for one in USER_COMMANDS}


# ---------------------------------------------------------------- what is not done


async def test_a_refusal_tells_the_cause(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body)
    command = await house.asked(c.MakeCall)
    house.report(CommandRefused(command.id, "invalidDestination", "no such number"))
    refused = problem(await sent, 409, "refused")
    assert refused["cause"] == "invalidDestination" and refused["reason"] == "no such number"


async def test_no_answer_in_time(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body)
    command = await house.asked(c.MakeCall)
    house.report(CommandRefused(command.id, NO_ANSWER))
    problem(await sent, 504, "noAnswer")


async def test_a_link_that_falls_meanwhile(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body)
    await house.asked(c.MakeCall)
    house.cut()
    answer = await sent
    problem(answer, 503, "linkDown")
    assert "retry-after" not in answer.headers  # it may have been done


async def test_a_service_that_the_pbx_lacks_is_refused(house: House) -> None:
    house.pbx().offered = frozenset({c.MakeCall})
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "on": True}
    answer = await alice.post("telephony/setDoNotDisturb", json=body)
    assert problem(answer, 409, "refused")["cause"] == "serviceNotSupported"


async def test_a_service_that_the_pbx_turns_out_to_lack_is_offered_no_more(house: House) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4001"), answered("1", "4001"))
    (leg,) = house.legs("4001")
    async with house.page(alice) as page:
        offered = page.calls()[0]["operations"]
        assert {"holdCall", "generateDigits"} <= set(offered)
        body = {"device": house.device("4001"), "connection": leg}
        sent = await begin(house, alice, "holdCall", body)
        asked = await house.asked(c.HoldCall)
        house.pbx().offered -= {c.HoldCall, c.SetDoNotDisturb}
        house.report(CommandRefused(asked.id, NOT_SUPPORTED))
        assert problem(await sent, 409, "refused")["cause"] == "serviceNotSupported"
        await page.until(lambda p: "holdCall" not in p.calls()[0]["operations"])
        device = f"device/{house.device('4001')}"
        await page.until(lambda p: "setDoNotDisturb" not in p.state[device]["operations"])


@pytest.mark.parametrize("called", ["", "   ", "Paul", "1" * 200, "()", "+", "#21*"])
async def test_numbers_that_cannot_be_dialled(house: House, called: str) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": called}
    sent = await begin(house, alice, "makeCall", body)
    waiting = asyncio.create_task(house.asked(c.MakeCall))
    done, _ = await asyncio.wait({sent, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:  # `#21*` is a feature code: digits and signs are dialled as they are
        assert called == "#21*"
        house.report(CommandRefused(waiting.result().id, "invalidDestination"))
        problem(await sent, 409, "refused")
        return
    waiting.cancel()
    assert problem(await sent, 422, "invalid")["field"] == "called"
    house.report(rings("1", "4001"))  # and the link goes on
    assert len((await alice.get("calls")).json()) == 1


BAD_BODIES: list[tuple[str, object, str]] = [
    ("makeCall", {"called": "4003"}, "device"),
    ("makeCall", {"device": 1, "called": "4003"}, "device"),
    ("makeCall", {"device": "D", "called": 4003}, "called"),
    ("makeCall", {"device": "D", "called": "4003", "prompt": 1}, "prompt"),
    ("makeCall", {"device": "D", "called": "4003", "prompt": "true"}, "prompt"),
    ("makeCall", {"device": "D", "called": "4003", "company": "Other"}, "company"),
    ("makeCall", {"device": "D", "called": "40\r\nAction: Logoff"}, "called"),
    ("makeCall", {"device": "D", "called": "4" * 1000}, "called"),
    ("makeCall", {"device": "", "called": "4003"}, "device"),
    ("makeCall", {"device": "x" * 65, "called": "4003"}, "device"),
    ("makeCall", {"device": None, "called": "4003"}, "device"),
    ("makeCall", ["device"], ""),
    ("makeCall", "device", ""),
    ("makeCall", None, ""),
    ("setForwarding", {"device": "D", "type": "never", "active": True}, "type"),
    ("setForwarding", {"device": "D", "type": "busy", "active": "no"}, "active"),
    (
        "setForwarding",
        {"device": "D", "type": "busy", "active": False, "ringCount": 2.5},
        "ringCount",
    ),
    (
        "setForwarding",
        {"device": "D", "type": "busy", "active": False, "ringCount": 0},
        "ringCount",
    ),
    (
        "singleStepConferenceCall",
        {"device": "D", "active": "A", "joining": "4003", "participation": "loud"},
        "participation",
    ),
    ("alternateCall", {"device": "D", "held": "A"}, "active"),
    ("answerCall", {"device": "D", "connection": {"callId": "1"}}, "connection"),
]


async def test_bodies_of_the_wrong_shape(house: House) -> None:
    alice = await house.program("alice")
    for name, body, field in BAD_BODIES:
        answer = await alice.post(f"telephony/{name}", json=body)
        assert problem(answer, 422, "invalid")["field"] == field, (name, body)
    assert not house.pbx().open


async def test_bodies_that_are_no_json(house: House) -> None:
    alice = await house.program("alice")
    kind = {"Content-Type": "application/json"}
    surrogate = b'{"device": "\\ud800", "called": "1"}'
    for raw in (b"{", b"\xff\xfe", surrogate, b"[" * 100_000, b"1" * 5000):
        answer = await alice.post("telephony/makeCall", content=raw, headers=kind)
        assert answer.status_code in (400, 422), raw[:50]
        assert answer.json()["code"] in ("badRequest", "invalid")
    assert not house.pbx().open


async def test_unknown_devices_and_those_of_others_are_answered_alike(house: House) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4003"))
    answers = []
    for device in ("unknown", house.device("4003"), house.device("5001")):
        for name, body in (("makeCall", {"called": "4002"}), ("getDoNotDisturb", {})):
            answer = await alice.post(f"telephony/{name}", json={"device": device, **body})
            answers.append(problem(answer, 404, "notFound"))
    assert len({str(one) for one in answers}) == 1


async def test_unknown_calls_and_those_of_others_are_answered_alike(house: House) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4003"), rings("2", "4002"))
    house.connect("Berlin")
    house.report(rings("1", "5001"), domain="Berlin")
    answers = []
    for leg in ("unknown", house.legs("4003")[0], house.legs("4002")[0], house.legs("5001")[0]):
        body = {"device": house.device("4001"), "connection": leg}
        answer = await alice.post("telephony/answerCall", json=body)
        answers.append(problem(answer, 404, "notFound"))
    assert len({str(one) for one in answers}) == 1


async def test_administrators_have_no_telephone(house: House) -> None:
    admin = await house.administrator()
    answer = await admin.post(
        "telephony/makeCall", json={"device": house.device("4001"), "called": "4002"}
    )
    problem(answer, 403, "notAllowed")


async def test_a_number_is_not_told_where_it_was_to_be_withheld(house: House) -> None:
    """The PBX on paper cannot withhold it: nothing is dialled, by wish or by preference."""
    alice = await house.sign_in("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    answer = await alice.post("telephony/makeCall", json={**body, "hideNumber": True})
    assert problem(answer, 409, "refused")["cause"] == "numberNotHidden"
    await alice.patch("preferences", json={"version": 0, "hideNumber": True})
    answer = await alice.post("telephony/makeCall", json=body)
    assert problem(answer, 409, "refused")["cause"] == "numberNotHidden"
    held, _ = two_calls(house)
    consulting = {"device": body["device"], "existing": held, "consulted": "4003"}
    answer = await alice.post("telephony/consultationCall", json=consulting)
    assert problem(answer, 409, "refused")["cause"] == "numberNotHidden"
    dialled = (c.MakeCall, c.ConsultationCall)
    assert not any(isinstance(command, dialled) for command in house.pbx().asked)
    asking = await begin(house, alice, "makeCall", {**body, "hideNumber": False})
    command = await house.asked(c.MakeCall)
    assert isinstance(command, c.MakeCall) and not command.hide_number
    house.report(CommandDone(command.id, at("9", "4001")))
    assert (await asking).status_code == 200
