"""How people are, as colleagues see it: what they say, what their telephones do; who may know."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.web.calls import OUTSIDE, answered, at, dials, ends, rings
from tests.web.house import House, running_house
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_mail import Clock, clock
from tws.organisation.actor import SYSTEM
from tws.organisation.model import BuiltIn
from tws.presence.flood import MOST
from tws.telephony.commands import DirectedPickupCall
from tws.telephony.event_reports import (
    CommandRefused,
    DoNotDisturbChanged,
    ForwardingChanged,
    InService,
    OutOfService,
)
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType

__all__ = ["clock"]


def seen(page: Page, house: House, username: str) -> dict[str, Any]:
    """What the page shows of somebody; empty = nothing."""
    found: dict[str, Any] = page.state.get(f"presence/{house.users[username].id}", {})
    return found


def state(page: Page, house: House, username: str) -> tuple[str, str] | None:
    found = seen(page, house, username)
    return (found["state"], found["because"]) if found else None


async def intercom(house: House, *usernames: str, name: str = "Floor") -> list[str]:
    """An intercom group of these; the ids of its grants."""
    organisation = house.rooms.organisation
    group = await organisation.intercom_groups.create_intercom_group(
        SYSTEM, domain=house.domains["Paris"].id, name=name
    )
    made = []
    for username in usernames:
        to = granting.intercom_group(group.id, user=house.users[username].id)
        made.append((await organisation.grants.create_grant(SYSTEM, **to)).id)
    return made


async def group(house: House, name: str, *usernames: str) -> str:
    organisation = house.rooms.organisation
    made = await organisation.groups.create_group(
        SYSTEM, domain=house.domains["Paris"].id, name=name
    )
    members = [house.users[username].id for username in usernames]
    await organisation.groups.set_members(SYSTEM, made.id, made.version, members)
    return made.id


# ---------------------------------------------------------------- said


async def test_what_one_says_is_seen_at_once(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    async with house.page(bob, "alice") as his:
        assert state(his, house, "alice") == ("offline", "page")
        async with house.page(alice) as hers:
            await his.until(lambda page: state(page, house, "alice") == ("free", "page"))
            said = await alice.put("presence", json={"state": "absent", "message": "  At  lunch "})
            assert said.status_code == 200, said.text
            assert (said.json()["state"], said.json()["message"]) == ("absent", "At lunch")
            await his.until(lambda page: state(page, house, "alice") == ("away", "said"))
            assert seen(his, house, "alice")["said"] == said.json()
            await hers.until(lambda page: seen(page, house, "alice")["said"] == said.json())
            again = await bob.get(f"presence/{house.users['alice'].id}")
            assert again.json() == seen(his, house, "alice")
            assert (await alice.put("presence", json={"state": None})).status_code == 200
            await his.until(lambda page: seen(page, house, "alice")["said"] is None)
            assert state(his, house, "alice") == ("free", "page")


async def test_it_ends_when_it_was_to_end_and_outlives_a_restart(database: Path) -> None:
    until = datetime.now(UTC) + timedelta(seconds=5)
    async with running_house(database) as house:
        alice = await house.sign_in("alice")
        gone = {"state": "busy", "until": "2020-01-01T00:00:00Z"}
        assert problem(await alice.put("presence", json=gone), 422, "invalid")["field"] == "until"
        body = {"state": "busy", "message": "Report", "until": until.isoformat()}
        assert (await alice.put("presence", json=body)).status_code == 200
    async with running_house(database) as house:
        bob = await house.sign_in("bob")
        async with house.page(bob, "alice") as his:
            assert state(his, house, "alice") == ("busy", "said")
            await his.until(lambda page: seen(page, house, "alice")["said"] is None)
            assert datetime.now(UTC) >= until
            assert state(his, house, "alice") == ("offline", "page")


async def test_it_ends_by_the_clock_though_that_was_set_back(database: Path, clock: Clock) -> None:
    async with running_house(database) as house:
        alice, bob, carol = [await house.sign_in(one) for one in ("alice", "bob", "carol")]
        id = house.users["alice"].id

        async def busy(client: httpx.AsyncClient, seconds: float) -> None:
            until = clock() + timedelta(seconds=seconds)
            body = {"state": "busy", "until": until.isoformat()}
            assert (await client.put("presence", json=body)).status_code == 200

        await intercom(house, "alice", "bob", "carol")
        async with house.page(carol, "alice", "bob") as hers:
            await busy(alice, 0.3)
            clock.ahead = timedelta(hours=-1)
            await busy(bob, 0.3)
            await hers.until(lambda page: state(page, house, "bob") == ("busy", "said"))
            await hers.until(lambda page: seen(page, house, "bob")["said"] is None)
            # By now it has been looked whether hers is over, too.
            assert (await carol.get(f"presence/{id}")).json()["said"]["state"] == "busy"
            assert state(hers, house, "alice") == ("busy", "said")
            clock.ahead = timedelta(hours=1)
            assert (await carol.get(f"presence/{id}")).json()["said"] is None


async def test_messages_need_their_parameter(house: House) -> None:
    alice = await house.sign_in("alice")
    await house.parameter("AuthorizedCustomMessagePresences", False, "alice")
    refused = await alice.put("presence", json={"state": "busy", "message": "Report"})
    problem(refused, 403, "notAllowed")
    assert (await alice.put("presence", json={"state": "busy"})).status_code == 200
    await house.parameter("AuthorizedCustomMessagePresences", True, "alice")
    long = await alice.put("presence", json={"message": "x" * 201})
    assert problem(long, 422, "invalid")["field"] == "message"
    admin = await house.administrator("SSDEI")
    problem(await admin.put("presence", json={"state": "busy"}), 403, "notAllowed")


async def test_who_may_use_messages_no_more_shows_nobody_the_one_that_is_there(
    house: House,
) -> None:
    name = "AuthorizedCustomMessagePresences"
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    own, id = f"presence/{house.users['alice'].id}", house.users["alice"].id

    def read(page: Page) -> str | None:
        said = (seen(page, house, "alice") or {}).get("said")
        return None if said is None else str(said["message"])

    async with house.page(alice) as hers, house.page(bob, "alice") as his:
        await alice.put("presence", json={"state": "busy", "message": "Report"})
        await his.until(lambda page: read(page) == "Report")
        await house.parameter(name, False, "alice")
        await his.until(lambda page: read(page) == "")
        assert state(his, house, "alice") == ("busy", "said")
        assert (await bob.get(f"presence/{id}")).json()["said"]["message"] == ""
        await hers.until(lambda page: page.state[own]["said"] is not None)
        assert hers.state[own]["said"]["message"] == "Report", "it is his own to take away"
        await house.parameter(name, True, "alice")
        await his.until(lambda page: read(page) == "Report")
        await alice.put("presence", json={"message": "Report"})
        await house.parameter(name, False, "alice")
        await his.until(lambda page: read(page) is None)


async def test_nobody_changes_what_he_says_all_the_time(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    states = ["busy", "absent"] * (MOST // 2)
    for one in states:
        assert (await alice.put("presence", json={"state": one})).status_code == 200
    refused = await alice.put("presence", json={"state": "busy"})
    told = problem(refused, 429, "tooMany")
    assert 0 < int(refused.headers["retry-after"]) <= 10 and "wait" in told["detail"]
    assert (await bob.put("presence", json={"state": "busy"})).status_code == 200
    id = house.users["alice"].id
    assert (await bob.get(f"presence/{id}")).json()["said"]["state"] == "absent"


# ---------------------------------------------------------------- telephones


async def test_the_telephone_of_a_colleague_as_it_goes(house: House) -> None:
    await intercom(house, "alice", "bob")
    bob = await house.sign_in("bob")
    async with house.page(bob, "alice") as his:

        async def comes(*wanted: str) -> dict[str, Any]:
            await his.until(lambda page: state(page, house, "alice") == wanted)
            found: dict[str, Any] = seen(his, house, "alice")["telephone"]
            return found

        assert (await comes("free", "telephone"))["since"] is None
        house.report(rings("1", "4001"))
        ringing = await comes("ringing", "telephone")
        assert ringing["since"] is not None and ringing["calls"] is None
        house.report(answered("1", "4001"))
        await comes("busy", "telephone")
        house.report(dials("2", "4002", OUTSIDE), ends("1", "4001"))
        await comes("busy", "telephone")  # the other one of hers
        house.report(ends("2", "4002"))
        await comes("free", "telephone")
        house.report(DoNotDisturbChanged(DeviceId("4001"), True))
        assert (await comes("busy", "doNotDisturb"))["doNotDisturb"]
        house.report(DoNotDisturbChanged(DeviceId("4001"), False))
        forwarding = Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, True, "4110")
        house.report(ForwardingChanged(DeviceId("4002"), forwarding))
        await his.until(
            lambda page: seen(page, house, "alice")["telephone"]["forwarding"] is not None
        )
        assert seen(his, house, "alice")["telephone"]["forwarding"]["destination"] == "4110"
        house.report(*(OutOfService(DeviceId(one)) for one in ("4001", "4002")))
        await comes("unreachable", "telephone")
        house.report(InService(DeviceId("4001")))
        await comes("free", "telephone")
        house.cut()
        await comes("offline", "page")  # nothing is known of the telephone any more
        house.connect()
        await comes("free", "telephone")


async def test_a_flapping_telephone_costs_few_frames(house: House) -> None:
    await intercom(house, "alice", "bob")
    bob = await house.sign_in("bob")
    async with house.page(bob, "alice") as his:
        before = len(his.frames)
        for _ in range(50):
            house.report(rings("1", "4001"), ends("1", "4001"))
        house.report(DoNotDisturbChanged(DeviceId("4001"), True))
        await his.until(lambda page: state(page, house, "alice") == ("busy", "doNotDisturb"))
        assert len(his.frames) - before <= 3


# ---------------------------------------------------------------- who sees it


async def test_telephones_are_seen_in_ones_intercom_groups_only(house: House) -> None:
    grants = await intercom(house, "alice", "carol")
    await intercom(house, "bob", name="Other floor")
    bob, carol = await house.sign_in("bob"), await house.sign_in("carol")
    async with house.page(bob, "alice") as his, house.page(carol, "alice") as hers:
        assert seen(his, house, "alice")["telephone"] is None
        assert state(hers, house, "alice") == ("free", "telephone")  # of another domain
        house.report(rings("1", "4001"))
        await hers.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        await house.parameter("AuthorizedPhoneSupervisionPresences", False, "carol")
        await hers.until(lambda page: seen(page, house, "alice")["telephone"] is None)
        await house.parameter("AuthorizedPhoneSupervisionPresences", True, "carol")
        await hers.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        await house.rooms.organisation.grants.delete_grant(SYSTEM, grants[0], 1)
        await hers.until(lambda page: seen(page, house, "alice")["telephone"] is None)
        # Nor what she says, once he does not find her among the people of TWS either.
        admin = await house.administrator("SSDEI")
        (users,) = [
            one
            for one in (await admin.get("admin/directories")).json()
            if one["connector"] == "tws_users" and one["domain"] == house.domains["Paris"].id
        ]
        for one in (await admin.get("admin/grants")).json():
            if one["object"] == users["id"]:
                gone = await admin.delete(f"admin/grants/{one['id']}", params={"version": 1})
                assert gone.status_code == 204, gone.text
        await hers.until(lambda page: seen(page, house, "alice") == {})
        unknown = await carol.get("presence/nobody")
        problem(unknown, 404, "notFound")
        assert (await carol.get(f"presence/{house.users['alice'].id}")).json() == unknown.json()
        assert state(his, house, "alice") == ("offline", "page")


async def test_nobody_of_another_company_is_seen(house: House) -> None:
    await intercom(house, "alice", "bob")
    erin = await house.sign_in("erin")
    async with house.page(erin, "alice", "bob", "erin") as page:
        assert [key for key in page.state if key.startswith("presence")] == [
            f"presence/{house.users['erin'].id}"
        ]
        unknown = await erin.get("presence/nobody")
        assert (await erin.get(f"presence/{house.users['alice'].id}")).json() == unknown.json()
        house.report(rings("1", "4001"))
        await page.watch()
        await page.watch(house.users["alice"].id)
        await asyncio.gather(house.sign_in("alice"), erin.get("session"))
        assert page.n == 0


async def test_watching_is_changed_and_outlives_a_lost_connection(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    async with house.page(bob) as his:
        assert seen(his, house, "alice") == {}
        await his.watch(house.users["alice"].id)
        await his.until(lambda page: seen(page, house, "alice") != {})
        his.cut()
        assert (await alice.put("presence", json={"state": "busy"})).status_code == 200
        await his.open()
        assert his.frames[-1]["type"] in ("resumed", "change")
        await his.until(lambda page: state(page, house, "alice") == ("busy", "said"))
        await his.watch()
        await his.until(lambda page: seen(page, house, "alice") == {})
        await his.socket.send('{"type":"watch","users":"alice"}')
        assert await his.closed() == 1008


# ---------------------------------------------------------------- bosses and secretaries


async def test_a_secretary_sees_who_calls_the_boss_and_takes_the_call(house: House) -> None:
    await intercom(house, "alice", "bob")
    await group(house, "Patrons", "alice")
    bob = await house.sign_in("bob")
    async with house.page(bob, "alice") as his:

        def calls(page: Page) -> list[dict[str, Any]] | None:
            found: list[dict[str, Any]] | None = seen(page, house, "alice")["telephone"]["calls"]
            return found

        house.report(rings("1", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        assert calls(his) is None
        await house.parameter("AuthorizeSupervisionInformation", "patrons", "bob")
        await his.until(lambda page: calls(page) is not None)
        (call,) = calls(his) or []
        assert call["parties"][0]["display"] == "01 55 17 18 89"
        pick = {"device": house.device("4003"), "ringing": call["connection"]}
        problem(await bob.post("telephony/directedPickupCall", json=pick), 404, "notFound")
        assert seen(his, house, "alice")["telephone"]["intercept"] is None
        await house.parameter("AuthorizeInterception", True, "bob")
        leg = call["connection"]
        await his.until(lambda page: seen(page, house, "alice")["telephone"]["intercept"] == leg)
        sent = asyncio.create_task(bob.post("telephony/directedPickupCall", json=pick))
        asked = await house.asked(DirectedPickupCall)
        assert isinstance(asked, DirectedPickupCall) and asked.ringing == at("1", "4001")
        house.report(CommandRefused(asked.id, "generic"))
        problem(await sent, 409, "refused")
        house.report(answered("1", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("busy", "telephone"))
        assert [one["parties"][0]["number"] for one in calls(his) or []] == [OUTSIDE]
        # The right is lost in mid-call.
        await house.parameter("AuthorizeSupervisionInformation", "", "bob")
        await his.until(lambda page: calls(page) is None)


async def test_callers_of_a_boss_are_named_by_the_intercom_groups_directories(
    house: House,
) -> None:
    """Not by the boss's own, nor by the secretary's."""
    organisation = house.rooms.organisation
    await intercom(house, "alice", "bob")
    await intercom(house, "alice", "bob", name="Management")
    await group(house, "Patrons", "alice")
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    number = [{"kind": "work", "number": OUTSIDE.removeprefix("0")}]
    for client, called in ((alice, "Hers"), (bob, "His")):
        body = {"private": True, "lastName": called, "numbers": number}
        assert (await client.post("contacts", json=body)).status_code == 201
    body = {"private": False, "lastName": "Customer", "numbers": number}
    assert (await alice.post("contacts", json=body)).status_code == 201
    await house.parameter("AuthorizeSupervisionInformation", "Patrons", "bob")
    async with house.page(bob, "alice") as his:

        def name(page: Page) -> str | None:
            calls = seen(page, house, "alice")["telephone"]["calls"]
            return calls[0]["parties"][0]["name"] if calls else None

        house.report(rings("1", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        await house.rooms.bus.settle()
        assert name(his) is None
        house.report(ends("1", "4001"))
        registry = house.rooms.registry
        public = registry.built_in(house.domains["Paris"].id, BuiltIn.PUBLIC)
        (management,) = [g for g in registry.intercom_groups.values() if g.name == "Management"]
        assert public is not None
        to = granting.directory(public.id, intercom_group=management.id)
        await organisation.grants.create_grant(SYSTEM, **to)
        house.report(rings("2", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        await house.rooms.bus.settle()
        assert name(his) is None  # the first group by name is asked: "Floor"
        house.report(ends("2", "4001"))
        await organisation.parameters.set_parameter(
            SYSTEM,
            parameter="SupervisionInformationGroup",
            value="Management",
            domain=house.domains["Paris"].id,
        )
        house.report(rings("3", "4001"))
        await his.until(lambda page: name(page) == "Customer")
        house.report(ends("3", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("free", "telephone"))
        assert len(house.rooms.overseen) == 0


async def test_a_withheld_caller_stays_withheld(house: House) -> None:
    await intercom(house, "alice", "bob")
    await group(house, "Patrons", "alice")
    await house.parameter("AuthorizeSupervisionInformation", "Patrons", "bob")
    async with house.page(await house.sign_in("bob"), "alice") as his:
        house.report(rings("1", "4001", restricted=True))
        await his.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
        assert OUTSIDE not in str(seen(his, house, "alice"))


@pytest.mark.parametrize("gone", ["group", "user"])
async def test_who_goes_is_seen_no_more(house: House, gone: str) -> None:
    grants = await intercom(house, "carol", "alice")
    carol = await house.sign_in("carol")
    admin: httpx.AsyncClient = await house.administrator("SSDEI")
    async with house.page(carol, "alice") as hers:
        assert seen(hers, house, "alice") != {}
        if gone == "group":
            (row,) = (await admin.get("admin/intercom-groups")).json()
            for grant in grants:
                await house.rooms.organisation.grants.delete_grant(SYSTEM, grant, 1)
            await admin.delete(f"admin/intercom-groups/{row['id']}", params={"version": 1})
        else:
            off = {"version": house.users["alice"].version, "enabled": False}
            await admin.patch(f"admin/users/{house.users['alice'].id}", json=off)
        if gone == "group":
            await hers.until(lambda page: seen(page, house, "alice")["telephone"] is None)
        else:
            await hers.until(lambda page: seen(page, house, "alice") == {})


async def test_colleagues_are_those_whose_telephones_one_sees(house: House) -> None:
    bob = await house.sign_in("bob")
    assert (await bob.get("colleagues")).json() == []
    await intercom(house, "alice", "bob", "carol")
    alice, carol = (await bob.get("colleagues")).json()
    assert (alice["displayName"], alice["display"], alice["domain"]) == (
        "Alice Martin",
        "4001",
        "Paris",
    )
    assert (carol["user"], carol["number"]) == (house.users["carol"].id, "4101")
    await house.parameter("AuthorizedPhoneSupervisionPresences", False, "bob")
    assert (await bob.get("colleagues")).json() == []
    admin = await house.administrator("SSDEI")
    problem(await admin.get("colleagues"), 403, "notAllowed")


async def test_the_telephone_of_a_door_is_seen_by_its_intercom_group(house: House) -> None:
    organisation = house.rooms.organisation
    group = await organisation.intercom_groups.create_intercom_group(
        SYSTEM,
        domain=house.domains["Paris"].id,
        name="Reception",
        link=house.links["Paris"].id,
        supervised=("4050",),
    )
    key = f"telephone/{group.id}:4050"
    async with house.page(await house.sign_in("bob")) as his:
        assert key not in his.state
        to = granting.intercom_group(group.id, user=house.users["bob"].id)
        made = await organisation.grants.create_grant(SYSTEM, **to)
        await his.until(lambda page: key in page.state)
        door = his.state[key]
        assert (door["groupName"], door["display"], door["state"]) == ("Reception", "4050", "free")
        house.report(rings("1", "4050"))
        await his.until(lambda page: page.state[key]["state"] == "ringing")
        house.report(ends("1", "4050"), OutOfService(DeviceId("4050")))
        await his.until(lambda page: page.state[key]["state"] == "outOfService")
        await organisation.grants.delete_grant(SYSTEM, made.id, 1)
        await his.until(lambda page: key not in page.state)
