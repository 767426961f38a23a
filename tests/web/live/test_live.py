"""The live stream as pages see it: complete at first, true after each change, and theirs alone."""

import asyncio
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st

from tests import granting
from tests.web.calls import OUTSIDE, answered, dials, ends, rings
from tests.web.house import House, running_house
from tests.web.live.seen import same_as_a_fresh_one
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.telephony.event_reports import DoNotDisturbChanged
from tws.telephony.model import DeviceId
from tws.web.live.stream import Limits
from tws.web.live.wire import compressed_frame
from tws.web.rooms import WebSettings


async def test_the_snapshot_has_the_users_devices_and_calls(house: House) -> None:
    house.report(rings("1", "4001"))
    async with house.page(await house.program("alice")) as page:
        me = page.state["me"]
        assert (me["username"], me["displayName"], me["company"]) == (
            "alice",
            "Alice Martin",
            "SSDEI",
        )
        assert me["domain"] == {
            "id": house.domains["Paris"].id,
            "name": "Paris",
            "timeZone": "Europe/Paris",
        }
        assert me["applications"] == ["TWS Caller"]
        numbers = {v["number"] for k, v in page.state.items() if k.startswith("device/")}
        assert numbers == {"4001", "4002"}
        device = page.state[f"device/{house.device('4001')}"]
        assert device["state"] == "monitored" and device["link"]["state"] == "up"
        assert device["doNotDisturb"] is False and device["forwardings"] == []
        assert "makeCall" in device["operations"]
        assert device["forwardingTypes"] == [{"type": "immediate", "origin": "all"}]
        (call,) = page.calls()
        assert call["device"] == device["id"] and call["callId"] == "1"
        assert call["state"] == "alerting" and call["direction"] == "incoming"
        assert call["connection"] == house.legs("4001")[0]
        assert "answerCall" in call["operations"] and "holdCall" not in call["operations"]
        (party,) = call["parties"]
        assert party["number"] == OUTSIDE and party["display"] == "01 55 17 18 89"


async def test_changes_follow_a_call_to_its_end(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(rings("1", "4001"))
        await page.until(lambda p: bool(p.calls()))
        await same_as_a_fresh_one(house, page)
        house.report(answered("1", "4001"))
        await page.until(lambda p: p.calls()[0]["state"] == "connected")
        assert "holdCall" in page.calls()[0]["operations"]
        await same_as_a_fresh_one(house, page)
        key = f"call/{page.calls()[0]['connection']}"
        house.report(ends("1", "4001"))
        await page.until(lambda p: not p.calls())
        assert page.frames[-1]["gone"] == [key]
        await same_as_a_fresh_one(house, page)


async def test_names_of_colleagues_come_with_the_call(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(rings("1", "4001", "4003"))
        await page.until(lambda p: any(x["parties"][0]["name"] == "Bob Durand" for x in p.calls()))
        (party,) = page.calls()[0]["parties"]
        assert party["company"] == "SSDEI" and party["contact"] == house.users["bob"].id
        await same_as_a_fresh_one(house, page)


async def test_a_withheld_number_is_not_told(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(rings("1", "4001", restricted=True))
        await page.until(lambda p: bool(p.calls()))
        (party,) = page.calls()[0]["parties"]
        assert party["restricted"] is True
        assert (party["number"], party["display"], party["name"]) == (None, None, None)
        assert OUTSIDE not in json.dumps(page.frames)


async def test_a_colleague_who_withholds_a_number_is_not_told(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(dials("1", "4003", "4001"), rings("1", "4001", "4003", restricted=True))
        await page.until(lambda p: bool(p.calls()))
        (party,) = page.calls()[0]["parties"]
        assert party["restricted"] is True and party["number"] is None
        assert "4003" not in json.dumps(page.calls()) and "Durand" not in json.dumps(page.calls())


async def test_both_sides_of_an_internal_call_see_each_other(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    async with house.page(alice) as hers, house.page(bob) as his:
        house.report(dials("1", "4001", "4003"), rings("1", "4003", "4001"))
        await hers.until(lambda p: [c["parties"][0]["state"] for c in p.calls()] == ["alerting"])
        await his.until(lambda p: bool(p.calls()))
        assert hers.calls()[0]["thread"] == his.calls()[0]["thread"]
        assert hers.calls()[0]["connection"] != his.calls()[0]["connection"]
        await same_as_a_fresh_one(house, hers)
        await same_as_a_fresh_one(house, his)


async def test_an_event_is_heard_by_nobody_else(house: House) -> None:
    async with (
        house.page(await house.program("alice")) as hers,
        house.page(await house.program("bob")) as his,
    ):
        house.report(rings("1", "4001"), DoNotDisturbChanged(DeviceId("4001"), True))
        await hers.until(lambda p: p.state[f"device/{house.device('4001')}"]["doNotDisturb"])
        house.report(DoNotDisturbChanged(DeviceId("4003"), True))
        await his.until(lambda p: p.n == 1)
        bob = house.users["bob"].id
        assert set(his.frames[-1]["set"]) == {f"device/{house.device('4003')}", f"presence/{bob}"}


async def test_many_changes_at_once_are_one_frame(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        flaps = [DoNotDisturbChanged(DeviceId("4001"), bool(n % 2)) for n in range(50)]
        house.report(*flaps, rings("1", "4001"), answered("1", "4001"))
        await page.until(lambda p: bool(p.calls()))
        assert page.n == 1 and page.calls()[0]["state"] == "connected"


async def test_two_pages_of_one_user_are_told_the_same(house: House) -> None:
    alice = await house.program("alice")
    async with house.page(alice) as one, house.page(alice) as two:
        assert one.stream != two.stream
        house.report(rings("1", "4001"))
        await one.until(lambda p: bool(p.calls()))
        await two.until(lambda p: bool(p.calls()))
        assert one.state == two.state


async def test_ticks_tell_the_time(database: Path) -> None:
    settings = WebSettings(limits=Limits(tick=0.05))
    async with (
        running_house(database, settings=settings) as house,
        house.page(await house.program("alice")) as page,
    ):
        await page.until(lambda p: p.frames[-1]["type"] == "tick")
        assert page.frames[-1]["time"].endswith("Z") and "n" not in page.frames[-1]


async def test_logging_out_closes_the_page(house: House) -> None:
    alice = await house.sign_in("alice")
    async with house.page(alice) as page:
        assert (await alice.post("logout")).status_code == 204
        assert await page.closed() == 4401


async def test_revoking_a_key_closes_what_it_opened(house: House) -> None:
    alice = await house.sign_in("alice")
    made = (await alice.post("api-keys", json={"label": "x"})).json()
    program = await house.client(Authorization=f"Bearer {made['secret']}")
    async with house.page(program) as page, house.page(alice) as other:
        assert (await alice.delete(f"api-keys/{made['key']['id']}")).status_code == 204
        assert await page.closed() == 4401
        house.report(rings("1", "4001"))
        await other.until(lambda p: bool(p.calls()))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
async def test_nobody_is_told_to_sign_in(house: House, headers: dict[str, str]) -> None:
    page = house.page(await house.client(**headers))
    with pytest.raises(websockets.ConnectionClosed) as closed:
        await page.open()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        '{"type": "hello", "last": -1}',
        '{"type": "hello", "stream": 1}',
        '{"type": "hello", "more": 1}',
        '{"type": "goodbye"}',
        b"\x00",
    ],
)
async def test_only_a_hello_is_understood(house: House, said: str | bytes) -> None:
    page = house.page(await house.program("alice"))
    async with websockets.connect(page.url, additional_headers=page.headers) as socket:
        await socket.send(said)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 1008


async def test_a_second_word_ends_it(house: House) -> None:
    page = await house.page(await house.program("alice")).open()
    await page.socket.send('{"type": "hello"}')
    assert await page.closed() == 1008


async def test_who_says_nothing_is_let_go(database: Path) -> None:
    settings = WebSettings(limits=Limits(hello=0.05))
    async with running_house(database, settings=settings) as house:
        page = house.page(await house.program("alice"))
        async with websockets.connect(page.url, additional_headers=page.headers) as socket:
            with pytest.raises(websockets.ConnectionClosed):
                await asyncio.wait_for(socket.recv(), 20)


async def test_a_device_given_away_disappears_with_its_calls(house: House) -> None:
    async with (
        house.page(await house.program("alice")) as hers,
        house.page(await house.program("bob")) as his,
    ):
        house.report(rings("1", "4002"))
        await hers.until(lambda p: bool(p.calls()))
        row = house.devices["4002"]
        await house.rooms.organisation.devices.update_device(
            SYSTEM, row.id, row.version, user=house.users["bob"].id
        )
        await hers.until(lambda p: not p.calls() and f"device/{row.id}" not in p.state)
        await his.until(lambda p: bool(p.calls()) and f"device/{row.id}" in p.state)
        await same_as_a_fresh_one(house, hers)
        await same_as_a_fresh_one(house, his)


async def test_a_right_withdrawn_signs_out_at_once(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        (granted,) = house.rooms.organisation.grants.list_grants(
            SYSTEM, kind=GrantKind.APPLICATION, grantee=house.users["alice"].id
        )
        await house.rooms.organisation.grants.delete_grant(SYSTEM, granted.id)
        assert await page.closed() == 4401


async def test_another_right_leaves_everything_in_view(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        await house.rooms.organisation.grants.create_grant(
            SYSTEM, **granting.application(Application.TOOLKIT, user=house.users["alice"].id)
        )
        await page.until(lambda p: len(p.state["me"]["applications"]) == 2)
        await same_as_a_fresh_one(house, page)


async def test_a_disabled_user_is_signed_out(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        row = house.users["alice"]
        await house.rooms.organisation.users.update_user(
            SYSTEM, row.id, row.version, enabled=False
        )
        assert await page.closed() == 4401


async def test_a_lost_link_is_seen_on_the_device(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(rings("1", "4001"))
        await page.until(lambda p: bool(p.calls()))
        house.cut(why="connection reset")
        key = f"device/{house.device('4001')}"
        await page.until(lambda p: p.state[key]["link"]["state"] == "down")
        assert page.state[key]["link"]["why"] == "connection reset"
        house.connect()
        await page.until(lambda p: p.state[key]["link"]["state"] == "up" and not p.calls())
        await same_as_a_fresh_one(house, page)


async def test_a_renamed_domain_is_seen(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        row = house.domains["Paris"]
        await house.rooms.organisation.domains.update_domain(
            SYSTEM, row.id, row.version, name="Lutetia"
        )
        await page.until(lambda p: p.state["me"]["domain"]["name"] == "Lutetia")


async def test_administrators_see_links_and_devices_and_no_calls(house: House) -> None:
    async with house.page(await house.administrator()) as page:
        links = {v["name"]: v for k, v in page.state.items() if k.startswith("link/")}
        assert set(links) == {"PBX Paris", "PBX Nice", "PBX Berlin"}
        assert links["PBX Paris"]["state"] == "up" and links["PBX Paris"]["monitored"] == 3
        numbers = {v["number"] for k, v in page.state.items() if k.startswith("device/")}
        assert numbers == {"4001", "4002", "4003", "4101", "5001"}
        house.report(rings("1", "4001"))
        house.cut()
        key = f"link/{house.links['Paris'].id}"
        await page.until(lambda p: p.state[key]["state"] == "down")
        await page.until(
            lambda p: p.state[f"device/{house.device('4001')}"]["state"] == "linkDown"
        )
        assert not page.calls() and "settings" not in json.dumps(page.frames)
        await same_as_a_fresh_one(house, page)


async def test_an_administrator_of_one_company_sees_that_one(house: House) -> None:
    async with house.page(await house.administrator("Other")) as page:
        assert {k.split("/")[0] for k in page.state} == {*("me", "link", "device", "incidents")}
        names = [v["name"] for k, v in page.state.items() if k.startswith("link/")]
        assert names == ["PBX Berlin"]
        row = await house.rooms.organisation.devices.create_device(
            SYSTEM, user=house.users["erin"].id, link=house.links["Berlin"].id, number="5002"
        )
        await page.until(lambda p: f"device/{row.id}" in p.state)
        await house.rooms.organisation.devices.delete_device(SYSTEM, row.id, row.version)
        await page.until(lambda p: f"device/{row.id}" not in p.state)
        await same_as_a_fresh_one(house, page)


async def test_a_finished_call_comes_as_a_line_of_the_log(house: House) -> None:
    async with house.page(await house.program("alice")) as page:
        house.report(rings("1", "4001", "4003"), answered("1", "4001"))
        await page.until(lambda p: bool(p.calls()))
        leg = page.calls()[0]["connection"]
        house.report(ends("1", "4001"))
        await page.until(lambda p: bool(p.moments))
        moment: Any = page.moments[0]
        assert moment["kind"] == "log" and moment["entry"]["id"] == leg
        assert moment["entry"]["direction"] == "incoming"
        assert moment["entry"]["outcome"] == "answered"


async def test_long_messages_are_compressed_for_whoever_takes_it(house: House) -> None:
    """And only those: both are read by clients that know nothing of us."""
    client = await house.program("alice")
    plain = house.page(client, "bob")
    async with (
        plain,
        websockets.connect(
            plain.url, additional_headers=plain.headers, compression="deflate"
        ) as socket,
    ):
        await socket.send(json.dumps({"type": "hello", "stream": None, "last": None}))
        whole = json.loads(await socket.recv())
        same = {key for key in plain.state if not key.startswith("presence/")}
        assert whole["type"] == "snapshot" and same <= whole["state"].keys()
        name = "".join(chr(0x4E00 + n) for n in range(90))
        assert (await client.put("presence", json={"message": name})).status_code == 200
        short = json.loads(await socket.recv())
        assert name in str(short["set"])
        assert socket.protocol.extensions


@given(st.binary(max_size=20_000))
def test_a_compressed_frame_stands_by_itself(text: bytes) -> None:
    """RFC 7692 section 7.2.2: with the four bytes that were taken off it is a stream."""
    frame = compressed_frame(text)
    length = frame[1] & 0x7F
    payload = frame[{126: 4, 127: 10}.get(length, 2) :]
    assert frame[0] == 0xC1
    inflate = zlib.decompressobj(-12)
    assert inflate.decompress(payload + b"\0\0\xff\xff") == text


async def test_moments_that_come_at_once_are_told_in_their_order(house: House) -> None:
    alice = house.users["alice"].id
    async with house.page(await house.sign_in("alice")) as page:
        for n in range(40):  # one of them is long enough to be compressed
            house.app.state.hub.moment(alice, {"n": n, "text": "x" * (5000 if n == 20 else 1)})
        await page.until(lambda p: len(p.moments) == 40)
        assert [moment["n"] for moment in page.moments] == list(range(40))
