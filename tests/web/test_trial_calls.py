"""Trial calls: an administrator's from somebody's telephone, told step by step."""

import asyncio
from typing import Any

import httpx

from tests.web.calls import answered, at, dials, ends, rings
from tests.web.house import House
from tests.web.problems import problem
from tws.telephony import commands as c
from tws.telephony.event_reports import CommandDone, CommandRefused, Delivered
from tws.telephony.model import Party

PLACE = "admin/trial-calls"
OWN = at("9", "4001")


async def begun(house: House, admin: httpx.AsyncClient) -> dict[str, Any]:
    """A call from 4001 to 4003, which is made."""
    body = {"device": house.device("4001"), "called": "4003"}
    sent = asyncio.create_task(admin.post(PLACE, json=body))
    command = await house.asked(c.MakeCall)
    assert isinstance(command, c.MakeCall)
    assert (command.device, command.called) == ("4001", "4003")
    house.report(dials("9", "4001", "4003"), CommandDone(command.id, OWN))
    answer = await sent
    assert answer.status_code == 201, answer.text
    trial: dict[str, Any] = answer.json()
    return trial


async def test_it_is_told_from_dialling_to_its_end(house: House) -> None:
    admin = await house.administrator("SSDEI")
    trial = await begun(house, admin)
    assert trial["id"] == house.legs("4001")[0] and trial["called"] == "4003"
    steps = [trial["alerted"], trial["answered"], trial["ended"]]
    assert steps == [None, None, None]
    place = f"{PLACE}/{trial['id']}"
    ringing = Delivered(connection=at("9", "4003"), calling=Party("4001"), called=Party("4003"))
    house.report(ringing)
    seen = (await admin.get(place)).json()
    assert seen["alerted"] is not None and seen["answered"] is None
    house.report(answered("9", "4003"))
    seen = (await admin.get(place)).json()
    assert seen["answered"] is not None and seen["ended"] is None
    clearing = asyncio.create_task(admin.delete(place))
    command = await house.asked(c.ClearConnection)
    assert isinstance(command, c.ClearConnection)
    assert command.connection == OWN
    house.report(CommandDone(command.id, None), ends("9", "4001"), ends("9", "4003"))
    assert (await clearing).status_code == 204
    over = (await admin.get(place)).json()
    assert over["ended"] is not None and over["cause"] == "normalClearing"
    assert (await admin.delete(place)).status_code == 204  # over is over
    entries = (await admin.get("admin/audit")).json()["entries"]
    tried = next(one for one in entries if one["action"] == "call tried")
    assert tried["target"] == house.device("4001")


async def test_only_who_made_it_is_told_of_it(house: House) -> None:
    admin, other = await house.administrator("SSDEI"), await house.administrator("Other")
    trial = await begun(house, admin)
    house.report(rings("10", "4001"))
    for leg in (trial["id"], *house.legs("4001")[1:], "nothing"):
        problem(await other.get(f"{PLACE}/{leg}"), 404, "notFound")
        problem(await other.delete(f"{PLACE}/{leg}"), 404, "notFound")
    for leg in house.legs("4001")[1:]:  # a call of the user's is nobody's business
        problem(await admin.get(f"{PLACE}/{leg}"), 404, "notFound")


async def test_what_cannot_be_is_said(house: House) -> None:
    admin = await house.administrator("SSDEI")
    device = house.device("4001")
    empty = problem(
        await admin.post(PLACE, json={"device": device, "called": "x"}), 422, "invalid"
    )
    assert empty["field"] == "called"
    gone = problem(await admin.post(PLACE, json={"device": "no", "called": "1"}), 404, "notFound")
    assert gone["field"] == "device"
    sent = asyncio.create_task(admin.post(PLACE, json={"device": device, "called": "4003"}))
    command = await house.asked(c.MakeCall)
    house.report(CommandRefused(command.id, "invalidCallingDevice"))
    assert problem(await sent, 409, "refused")["cause"] == "invalidCallingDevice"
    house.cut()
    problem(await admin.post(PLACE, json={"device": device, "called": "4003"}), 503, "linkDown")
    alice = await house.program("alice")
    problem(await alice.post(PLACE, json={"device": device, "called": "4003"}), 403, "notAllowed")
