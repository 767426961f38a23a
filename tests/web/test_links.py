"""Links to PBXs through the administration's operations: forms, secrets, texts, states."""

from tests.web.calls import rings
from tests.web.house import House
from tests.web.problems import problem
from tws.telephony.event_reports import MessageWaitingChanged
from tws.telephony.model import DeviceId, LinkId


async def test_kinds_of_links_and_their_forms(house: House) -> None:
    admin = await house.administrator("SSDEI")
    (dialect,) = (await admin.get("admin/dialects")).json()
    assert (dialect["name"], dialect["title"]) == ("paper", "On paper")
    fields = {field["name"]: field for field in dialect["fields"]}
    assert fields["host"]["required"] and fields["host"]["type"] == "text"
    assert fields["host"]["help"] == "Where the PBX is."
    assert fields["port"] == {
        "name": "port",
        "type": "number",
        "default": 1,
        "help": "",
        "secret": False,
        "choices": None,
        "required": False,
    }
    assert fields["password"]["secret"] and fields["password"]["default"] is None
    assert fields["tls"]["type"] == "switch"
    assert fields["edition"]["type"] == "choice" and fields["edition"]["choices"] == ["3", "6"]


async def test_secrets_of_a_link_are_never_told(house: House) -> None:
    admin = await house.administrator("SSDEI")
    seen = [await admin.get("admin/links")]
    (link,) = [one for one in seen[0].json() if one["name"] == "PBX Paris"]
    assert link["settings"]["host"] == "pbx.example"
    assert link["settings"]["password"] is None and link["isSet"] == {"password": True}
    address = f"admin/links/{link['id']}"
    moved = {"version": link["version"], "settings": {"host": "pbx2.example", "password": None}}
    seen.append(await admin.patch(address, json=moved))
    assert problem(seen[-1], 422, "invalid")["why"] == "secretOfAddress"
    again = {**moved, "settings": {"host": "pbx2.example", "password": "secret of the PBX"}}
    seen.append(await admin.patch(address, json=again))
    assert seen[-1].json()["settings"]["host"] == "pbx2.example"
    assert seen[-1].json()["isSet"] == {"password": True}
    stored = house.rooms.registry.links[house.links["Paris"].id]
    opened = house.rooms.organisation.links.opened_link(stored)
    assert opened.settings["password"] == "secret of the PBX"
    seen.append(await admin.get(address))
    seen.append(await admin.get("admin/link-states"))
    renamed = {"version": link["version"] + 1, "name": "PBX", "settings": {"port": 5}}
    seen.append(await admin.patch(address, json=renamed))
    problem(seen[-1], 422, "invalid")
    assert all("secret of the PBX" not in one.text and "sealed:" not in one.text for one in seen)


async def test_a_link_from_making_to_deleting(house: House) -> None:
    admin = await house.administrator("SSDEI")
    body = {
        "domain": house.domains["Nice"].id,
        "name": "Second",
        "dialect": "paper",
        "settings": {"host": "pbx.example"},
        "capacity": 10,
        "enabled": False,
    }
    made = await admin.post("admin/links", json=body)
    assert made.status_code == 201, made.text
    link = made.json()
    assert link["capacity"] == 10 and link["isSet"] == {"password": False}
    states = {one["id"]: one for one in (await admin.get("admin/link-states")).json()}
    await house.rooms.bus.settle()
    states = {one["id"]: one for one in (await admin.get("admin/link-states")).json()}
    assert states[link["id"]]["state"] == "down" and states[link["id"]]["why"] == "disabled"
    address = f"admin/links/{link['id']}"
    for change in ({"dialect": "smoke"}, {"settings": {"fantasy": 1}}, {"capacity": 0}):
        problem(await admin.patch(address, json={"version": 1, **change}), 422, "invalid")
    on = await admin.patch(address, json={"version": 1, "enabled": True})
    assert on.json()["enabled"] is True
    assert (await admin.delete(f"{address}?version=2")).status_code == 204
    used = house.links["Nice"]
    answer = await admin.delete(f"admin/links/{used.id}?version={used.version}")
    assert problem(answer, 409, "conflict")["devices"] == 1


async def test_what_to_add_to_a_pbx(house: House) -> None:
    admin = await house.administrator("SSDEI")
    paris, nice = house.links["Paris"].id, house.links["Nice"].id
    given = await admin.get(f"admin/links/{paris}/snippets")
    snippet = {"file": "manager.conf", "title": "user", "text": "permit=pbx.example"}
    assert given.json() == [snippet]
    problem(await admin.get(f"admin/links/{nice}/snippets"), 404, "notFound")
    berlin = house.links["Berlin"].id
    theirs = problem(await admin.get(f"admin/links/{berlin}/snippets"), 404, "notFound")
    assert theirs == problem(await admin.get("admin/links/unknown/snippets"), 404, "notFound")


async def test_states_of_links_and_devices(house: House) -> None:
    admin = await house.administrator("SSDEI")
    sip = {"version": 1, "protocol": "SIP"}
    assert (
        await admin.patch(f"admin/devices/{house.device('4101')}", json=sip)
    ).status_code == 200
    waits = MessageWaitingChanged(DeviceId("4002"), True, "7957")
    house.report(rings("1", "4001"), waits, MessageWaitingChanged(DeviceId("4002"), False))
    house.cut("Nice", "connection refused")
    links = {one["name"]: one for one in (await admin.get("admin/link-states")).json()}
    assert set(links) == {"PBX Paris", "PBX Nice"}
    assert links["PBX Paris"]["state"] == "up" and links["PBX Paris"]["monitored"] == 3
    assert links["PBX Paris"]["version"] == "paper" and links["PBX Paris"]["capacity"] == 500
    assert (links["PBX Paris"]["host"], links["PBX Paris"]["port"]) == ("pbx.example", 1)
    assert (links["PBX Nice"]["host"], links["PBX Nice"]["port"]) == (None, None)
    assert (links["PBX Nice"]["state"], links["PBX Nice"]["why"]) == ("down", "connection refused")
    devices = (await admin.get("admin/device-states")).json()
    assert [(one["number"], one["state"]) for one in devices] == [
        ("4001", "monitored"),
        ("4002", "monitored"),
        ("4003", "monitored"),
        ("4101", "linkDown"),
    ]
    assert [(one["type"], one["voiceMail"]) for one in devices] == [
        ("cti", None),
        ("cti", "7957"),
        ("cti", None),
        (None, None),
    ]
    some = await admin.get("admin/device-states", params={"from": "4002", "to": "4003"})
    assert [one["number"] for one in some.json()] == ["4002", "4003"]
    longer = await admin.get("admin/device-states", params={"from": "5"})
    assert len(longer.json()) == 4  # every number of four digits is above one of one digit
    nice = {"domain": house.domains["Nice"].id}
    assert len((await admin.get("admin/device-states", params=nice)).json()) == 1


async def test_devices_of_queues_and_intercom_groups_are_watched_too(house: House) -> None:
    admin = await house.administrator("SSDEI")
    where = {"domain": house.domains["Paris"].id, "link": house.links["Paris"].id}
    queue = (
        await admin.post("admin/queues", json={**where, "name": "Reception", "number": "7000"})
    ).json()
    body = {**where, "name": "Hotline", "number": "6674", "count": 2, "supervised": ["6690"]}
    group = (await admin.post("admin/intercom-groups", json=body)).json()
    shared = {"from": "6000", "to": "7999"}

    async def states() -> list[tuple[str, str, str, str]]:
        told = (await admin.get("admin/device-states", params=shared)).json()
        return [(d["number"], d["holderKind"], d["holder"], d["state"]) for d in told]

    assert await states() == [
        ("6674", "intercomGroup", group["id"], "monitored"),
        ("6675", "intercomGroup", group["id"], "monitored"),
        ("6690", "intercomGroup", group["id"], "monitored"),
        ("7000", "queue", queue["id"], "monitored"),
    ]
    watched = {str(device.id) for device in house.network.devices(LinkId(where["link"]))}
    assert {"6674", "6675", "6690", "7000", "4001"} <= watched
    both = (
        await admin.post(
            "admin/intercom-groups", json={**where, "name": "Doors", "supervised": ["6690"]}
        )
    ).json()
    change = {"version": 1, "number": "", "count": 1, "supervised": []}
    assert (
        await admin.patch(f"admin/intercom-groups/{group['id']}", json=change)
    ).status_code == 200
    assert await states() == [
        ("6690", "intercomGroup", both["id"], "monitored"),
        ("7000", "queue", queue["id"], "monitored"),
    ]
    assert not (await admin.delete(f"admin/queues/{queue['id']}?version=1")).content
    watched = {str(device.id) for device in house.network.devices(LinkId(where["link"]))}
    assert not {"6674", "6675", "7000"} & watched and "6690" in watched
