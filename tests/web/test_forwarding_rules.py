"""A user's own forwarding rules through the API, and on the live stream."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_parameters import put
from tests.web.test_presence import group
from tws.organisation.actor import SYSTEM, CollaborationId
from tws.presence.calendars.calendar import Event, State
from tws.presence.calendars.model import CalendarReading
from tws.telephony.commands import GetForwarding, SetForwarding
from tws.telephony.event_reports import CommandDone, ForwardingChanged
from tws.telephony.model import Forwarding

RULE: dict[str, Any] = {"type": "immediate", "destination": "4003"}
FORBIDDEN: list[tuple[str, dict[str, Any]]] = [
    ("AuthorizedForwardOriginAll", {"origin": "all"}),
    ("AuthorizedForwardOriginExternal", {"origin": "external"}),
    ("AuthorizedForwardOriginInternal", {"origin": "internal"}),
    ("AuthorizedForwardPresenceAsbsent", {"presences": ["busy", "absent"]}),
    ("AuthorizedForwardPresenceBusy", {"presences": ["online", "busy"]}),
    ("AuthorizedForwardPresenceCalendar", {"presences": ["busy", "calendar"]}),
    ("AuthorizedForwardPresenceOffline", {"presences": ["busy", "offline"]}),
    ("AuthorizedForwardPresenceOnline", {"presences": ["busy", "online"]}),
    ("AuthorizedForwardTypeBusy", {"type": "busy"}),
    ("AuthorizedForwardTypeImmediate", {"type": "immediate"}),
    ("AuthorizedForwardTypeNoAnswer", {"type": "noAnswer"}),
]
"The guide's names (9.1.8), and what each forbids."


async def create(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("forwarding-rules", json={**RULE, **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def own(client: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get("forwarding-rules")).json()
    return found


async def forbid(house: House, parameter: str, who: str = "alice") -> dict[str, Any]:
    admin = await house.administrator("SSDEI")
    row: dict[str, Any] = await put(admin, parameter, False, user=house.users[who].id)
    return row


async def allow(house: House, row: dict[str, Any]) -> None:
    admin = await house.administrator("SSDEI")
    await admin.delete(f"admin/parameter-values/{row['id']}", params={"version": row["version"]})


async def test_rules_are_made_changed_ordered_and_deleted(house: House) -> None:
    alice = await house.program("alice")
    async with house.page(alice) as page:
        first = await create(alice, origin="external", presences=["absent", "online"])
        assert first["presences"] == ["online", "absent"]
        assert (first["destination"], first["name"]) == ("4003", "Bob Durand")
        second = await create(alice, destination="01 55 17 18 89", type="noAnswer")
        assert (second["display"], second["name"]) == ("01 55 17 18 89", None)
        ids = [second["id"], first["id"]]
        answer = await alice.put("forwarding-rules/order", json={"rules": ids[:1]})
        assert [one["id"] for one in answer.json()["rules"]] == ids
        await page.until(lambda p: [one["id"] for one in p.state["rules"]["rules"]] == ids)
        (now,) = (one for one in (await own(alice))["rules"] if one["id"] == first["id"])
        address = f"forwarding-rules/{first['id']}"
        stale = {"version": first["version"], "active": False}
        assert now["version"] > first["version"]  # its place has changed
        problem(await alice.patch(address, json=stale), 409, "conflict")
        answer = await alice.patch(address, json={"version": now["version"], "active": False})
        assert (answer.json()["active"], answer.json()["origin"]) == (False, "external")
        answer = await alice.delete(address, params={"version": answer.json()["version"]})
        assert answer.status_code == 204
        await page.until(lambda p: len(p.state["rules"]["rules"]) == 1)


async def test_a_rule_is_said_in_the_audit_log(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    await create(alice)
    (line, *_) = (await admin.get("admin/audit")).json()["entries"]
    assert line["action"] == "forwarding rule created"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"presences": []}, "presences"),
        ({"destination": "  "}, "destination"),
        ({"destination": "Bob"}, "destination"),
    ],
)
async def test_what_cannot_be_a_rule(house: House, fields: dict[str, Any], field: str) -> None:
    alice = await house.program("alice")
    answer = await alice.post("forwarding-rules", json={**RULE, **fields})
    assert problem(answer, 422, "invalid")["field"] == field


async def test_nobody_sees_or_changes_anothers_rule(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    made = await create(alice)
    assert (await own(bob))["rules"] == []
    address, version = f"forwarding-rules/{made['id']}", made["version"]
    problem(await bob.patch(address, json={"version": version}), 404, "notFound")
    problem(await bob.delete(address, params={"version": version}), 404, "notFound")
    order = {"rules": [made["id"]]}
    problem(await bob.put("forwarding-rules/order", json=order), 404, "notFound")


@pytest.mark.parametrize(("parameter", "fields"), FORBIDDEN, ids=[name for name, _ in FORBIDDEN])
async def test_each_kind_of_rule_has_a_parameter_that_forbids_it(
    house: House, parameter: str, fields: dict[str, Any]
) -> None:
    """Neither made, nor made of another, nor switched on again; and one that is there rests."""
    alice = await house.program("alice")
    other = {"origin": "all", "presences": ["busy"], "type": "immediate"}
    for name, value in fields.items():
        if value == other[name]:
            other[name] = {"origin": "external", "type": "busy"}[name]
    rule, harmless = await create(alice, **fields), await create(alice, **other)
    await forbid(house, parameter)
    refused = problem(
        await alice.post("forwarding-rules", json={**RULE, **fields}), 403, "notAllowed"
    )
    assert (refused["why"], refused["parameters"]) == (
        "parameterForbids",
        {"parameter": parameter},
    )
    if parameter != PRESENCES_OF_ALL:
        answer = await alice.patch(
            f"forwarding-rules/{harmless['id']}", json={"version": harmless["version"], **fields}
        )
        problem(answer, 403, "notAllowed")
    address = f"forwarding-rules/{rule['id']}"
    answer = await alice.patch(address, json={"version": rule["version"], "active": False})
    assert answer.status_code == 200, answer.text
    again = {"version": answer.json()["version"], "active": True}
    problem(await alice.patch(address, json=again), 403, "notAllowed")
    shown = (await own(alice))["choices"]
    (field, value) = next(iter(fields.items()))
    chosen = value[-1] if isinstance(value, list) else value
    assert chosen not in shown["presences" if field == "presences" else f"{field}s"]


PRESENCES_OF_ALL = "AuthorizedForwardPresenceBusy"
"Which the other rule of the test has too."


async def test_without_the_authorisation_no_rule_is_made_or_changed(house: House) -> None:
    alice = await house.program("alice")
    made = await create(alice)
    row = await forbid(house, "AuthorizeSimpleRules")
    address, version = f"forwarding-rules/{made['id']}", made["version"]
    for answer in (
        await alice.post("forwarding-rules", json=RULE),
        await alice.patch(address, json={"version": version, "active": False}),
        await alice.delete(address, params={"version": version}),
        await alice.put("forwarding-rules/order", json={"rules": [made["id"]]}),
    ):
        assert problem(answer, 403, "notAllowed")["why"] == "parameterForbids"
    assert house.rooms.rules.first_active(house.users["alice"].id) is None
    assert (await own(alice))["choices"]["change"] is False
    await allow(house, row)
    first = house.rooms.rules.first_active(house.users["alice"].id)
    assert first is not None and first.id == made["id"]


async def test_the_first_active_rule_is_the_first_that_is_switched_on(house: House) -> None:
    alice = await house.program("alice")
    await create(alice, active=False)
    second = await create(alice, type="busy")
    await create(alice, type="noAnswer")
    first = house.rooms.rules.first_active(house.users["alice"].id)
    assert first is not None and first.id == second["id"]
    assert house.rooms.rules.first_active(house.users["bob"].id) is None


# ---------------------------------------------------------------- calls that would come back


async def level(house: House, value: int) -> None:
    admin = await house.administrator("SSDEI")
    await put(admin, "CIRCULARLEVEL", value, company=house.companies["SSDEI"].id)


async def test_calls_are_not_forwarded_to_the_same_telephone(house: House) -> None:
    bob = await house.program("bob")
    refused = problem(
        await bob.post("forwarding-rules", json={**RULE, "destination": "4003"}), 409, "conflict"
    )
    assert (refused["why"], refused["field"]) == ("forwardsToItself", "destination")
    await level(house, 0)
    await create(bob, destination="4003")


async def test_of_two_telephones_one_may_forward_to_the_other(house: House) -> None:
    alice = await house.program("alice")
    await create(alice, destination="4002")


async def test_calls_that_would_come_back_are_refused_and_it_is_said_over_whom(
    house: House,
) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    await create(bob, destination="4001", presences=["absent"])
    await create(alice, destination="4003", active=False)  # level 1: A to A only
    made = await create(alice, destination="4003")
    await level(house, 2)
    address = f"forwarding-rules/{made['id']}"
    off = await alice.patch(address, json={"version": made["version"], "active": False})
    on = {"version": off.json()["version"], "active": True}
    refused = problem(await alice.patch(address, json=on), 409, "conflict")
    assert (refused["why"], refused["field"]) == ("forwardsBack", "destination")
    assert refused["parameters"]["names"] == "Alice Martin → Bob Durand → Alice Martin"
    inside = {**on, "origin": "internal"}
    problem(await alice.patch(address, json=inside), 409, "conflict")
    rules = (await own(bob))["rules"]
    await bob.patch(
        f"forwarding-rules/{rules[0]['id']}",
        json={"version": rules[0]["version"], "origin": "external"},
    )
    answer = await alice.patch(address, json=inside)  # no call is from both
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "parameter",
    ["AuthorizeSimpleRules", "AuthorizedForwardOriginAll", "AuthorizedForwardTypeImmediate"],
)
async def test_what_no_rule_may_do_is_not_done_past_the_rules_either(
    house: House, parameter: str
) -> None:
    """On the telephone itself; to switch it off is always allowed."""
    alice = await house.program("alice")
    await forbid(house, parameter)
    place = {"device": house.device("4001"), "type": "immediate", "origin": "all"}
    to = {**place, "active": True, "destination": "4003"}
    refused = problem(await alice.post("telephony/setForwarding", json=to), 403, "notAllowed")
    assert refused["parameters"] == {"parameter": parameter}
    house.pbx("Paris").refuses = True
    off = await alice.post("telephony/setForwarding", json={**place, "active": False})
    assert problem(off, 409, "refused")


# ---------------------------------------------------------------- the calendar


def meeting(house: House, since: float, until: float) -> None:
    """Alice's calendar says so; seconds from now."""
    now = datetime.now(UTC)
    since_, until_ = (now + timedelta(seconds=one) for one in (since, until))
    reading = CalendarReading(
        source=CollaborationId("calendar"),
        user=house.users["alice"].id,
        mailbox="alice@ssdei.example",
        read=now,
        events=(Event(since_, until_, State.BUSY, "Budget"),),
    )
    house.rooms.calendars.known.put(reading)


async def forwards(house: House) -> Forwarding:
    """What the PBX is told of alice's telephone; it does so."""
    command = await house.asked(SetForwarding)
    assert isinstance(command, SetForwarding) and command.device == "4001"
    set_so = ForwardingChanged(command.device, command.forwarding)
    house.pbx().open.remove(command)
    house.report(set_so, CommandDone(command.id, None))
    return command.forwarding


async def test_a_rule_of_the_calendar_is_in_force_from_when_a_meeting_begins_to_its_end(
    house: House,
) -> None:
    alice = await house.program("alice")
    other = house.devices["4002"]
    await house.rooms.organisation.devices.delete_device(SYSTEM, other.id, other.version)
    async with house.page(alice) as page:
        meeting(house, 0.3, 3600)
        await create(alice, presences=["calendar"])

        def effect(page: Page) -> list[str]:
            rules = page.state["rules"]["rules"]
            return [one["effect"] for rule in rules for one in rule["effects"]]

        question = await house.asked(GetForwarding)
        house.pbx().open.remove(question)
        house.report(CommandDone(question.id, ()))
        begun = await forwards(house)
        assert (begun.active, begun.destination) == (True, "4003")
        await page.until(lambda page: effect(page) == ["inForce"])
        meeting(house, -3600, 0.3)
        over = await forwards(house)
        assert (over.active, over.type) == (False, begun.type)
        await page.until(lambda page: effect(page) == ["notNow"])


# ---------------------------------------------------------------- bosses and secretaries


async def test_a_secretary_sees_the_first_active_rule_of_the_boss(house: House) -> None:
    await group(house, "Patrons", "alice")
    alice, bob = await house.program("alice"), await house.sign_in("bob")
    off = await create(alice, destination="4101", active=False)
    await create(alice, origin="external", presences=["absent"])
    async with house.page(bob, "alice") as his:

        def shown(page: Page) -> dict[str, Any] | None:
            key = f"presence/{house.users['alice'].id}"
            found: dict[str, Any] | None = page.state.get(key, {}).get("rule")
            return found

        assert shown(his) is None
        await house.parameter("AuthorizeShareRulesGroup", "Patrons", "bob")
        await his.until(lambda page: shown(page) is not None)
        assert shown(his) == {
            "origin": "external",
            "presences": ["absent"],
            "type": "immediate",
            "display": "4003",
            "name": "Bob Durand",
            "seconds": 20,
        }
        on = {"version": off["version"], "active": True}
        await alice.patch(f"forwarding-rules/{off['id']}", json=on)
        await his.until(lambda page: (shown(page) or {}).get("name") == "Carol Petit")
        await house.parameter("AuthorizeShareRulesGroup", "", "bob")
        await his.until(lambda page: shown(page) is None)
