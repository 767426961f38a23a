"""Traces through the API: for who manages the link's company, and nobody else."""

import gzip
from pathlib import Path

from tests.web.calls import rings
from tests.web.house import House
from tests.web.problems import problem
from tws.maintenance.traces.lines import header_of
from tws.organisation.actor import SYSTEM

OPERATIONS = (
    ("POST", "{}/end"),
    ("GET", "{}/tail"),
    ("GET", "{}"),
    ("POST", "{}/replay"),
    ("DELETE", "{}"),
)


async def test_one_is_begun_looked_at_ended_and_deleted(house: House, tmp_path: Path) -> None:
    admin, link = await house.administrator("SSDEI"), house.links["Paris"]
    problem(await admin.post("admin/traces", json={"link": link.id, "minutes": 0}), 422, "invalid")
    begun = await admin.post("admin/traces", json={"link": link.id})
    assert begun.status_code == 201, begun.text
    trace = begun.json()
    assert (trace["running"], trace["device"], trace["by"]) == (
        True,
        "*",
        "administrator admin-SSDEI",
    )
    problem(await admin.post("admin/traces", json={"link": link.id}), 409, "conflict")
    house.report(rings("9", "4001"))
    tail = (await admin.get(f"admin/traces/{trace['id']}/tail")).json()
    assert "call" in [line["what"] for line in tail] and "4001" in tail[-1]["text"]
    after = {"after": tail[-1]["number"]}
    assert (await admin.get(f"admin/traces/{trace['id']}/tail", params=after)).json() == []
    ended = (await admin.post(f"admin/traces/{trace['id']}/end")).json()
    assert (ended["running"], ended["records"]) == (False, None)
    sent = await admin.get(f"admin/traces/{trace['id']}")
    assert sent.headers["content-type"] == "application/gzip"
    lines = gzip.decompress(sent.content).splitlines()
    assert header_of(lines[0]).link == link.id and b"4001" in sent_text(lines)
    told = await admin.post(f"admin/traces/{trace['id']}/replay")
    problem(told, 503, "unavailable") if told.status_code != 200 else None
    assert (await admin.delete(f"admin/traces/{trace['id']}")).status_code == 204
    assert (await admin.get("admin/traces")).json() == []
    assert not list((tmp_path / "traces").glob("*/*"))
    page = (await admin.get("admin/audit", params={"action": "trace"})).json()
    assert [entry["action"] for entry in page["entries"]] == [
        *("trace deleted", "trace downloaded", "trace ended", "trace begun"),
    ]


def sent_text(lines: list[bytes]) -> bytes:
    return b"\n".join(lines)


async def test_they_are_of_those_who_manage_the_link(house: House) -> None:
    link = house.links["Paris"]
    everybody = await house.administrator()
    trace = (await everybody.post("admin/traces", json={"link": link.id})).json()["id"]
    ours, other = await house.administrator("SSDEI"), await house.administrator("Other")
    assert [one["id"] for one in (await ours.get("admin/traces")).json()] == [trace]
    assert (await other.get("admin/traces")).json() == []
    user = await house.program("alice")
    problem(await user.get("admin/traces"), 403, "notAllowed")
    for method, path in OPERATIONS:
        for id in (trace, "20260101T000000-abc", "..%2Fx", "x" * 60):
            problem(
                await other.request(method, f"admin/traces/{path.format(id)}"), 404, "notFound"
            )
        status = (await user.request(method, f"admin/traces/{path.format(trace)}")).status_code
        assert status == 403, path


async def test_no_secret_of_the_link_is_in_it(house: House) -> None:
    admin, link = await house.administrator("SSDEI"), house.links["Paris"]
    changed = await admin.patch(
        f"admin/links/{link.id}",
        json={"version": link.version, "settings": {"host": "h", "password": "hunter22"}},
    )
    assert changed.status_code == 200, changed.text
    trace = (await admin.post("admin/traces", json={"link": link.id})).json()["id"]
    sent = await admin.get(f"admin/traces/{trace}")
    header = header_of(sent_lines(sent.content)[0])
    assert header.settings["password"] == "********" and header.settings["host"] == "h"
    assert b"hunter22" not in b"".join(sent_lines(sent.content))
    assert b"sealed" not in b"".join(sent_lines(sent.content))


def sent_lines(content: bytes) -> list[bytes]:
    """Of one that is still written: without the end of its file."""
    decompressed = gzip.zlib.decompressobj(wbits=31).decompress(content)  # type: ignore[attr-defined]
    return list(decompressed.splitlines())


async def test_what_is_erased_takes_its_traces_along(house: House, tmp_path: Path) -> None:
    everybody = await house.administrator()
    for place in ("Paris", "Nice", "Berlin"):
        body = {"link": house.links[place].id}
        assert (await everybody.post("admin/traces", json=body)).status_code == 201
    alice = house.users["alice"]
    told = await everybody.post(f"admin/users/{alice.id}/erasure", json={"name": "alice"})
    assert told.json()["rows"]["trace"] == 1
    left = {one["link"] for one in (await everybody.get("admin/traces")).json()}
    assert left == {house.links["Nice"].id, house.links["Berlin"].id}
    ssdei = house.companies["SSDEI"]
    told = await everybody.post(f"admin/companies/{ssdei.id}/erasure", json={"name": ssdei.name})
    assert told.json()["rows"]["trace"] == 1
    [one] = (await everybody.get("admin/traces")).json()
    assert one["link"] == house.links["Berlin"].id and one["running"]
    assert not (tmp_path / "traces" / ssdei.id).exists()


async def test_a_link_that_is_deleted_is_traced_no_more(house: House) -> None:
    admin, link = await house.administrator("SSDEI"), house.links["Nice"]
    for device in house.rooms.registry.devices_on(link.id):
        await house.rooms.organisation.devices.delete_device(SYSTEM, device.id, device.version)
    trace = (await admin.post("admin/traces", json={"link": link.id})).json()["id"]
    gone = await admin.delete(f"admin/links/{link.id}", params={"version": link.version})
    assert gone.status_code == 204, gone.text
    await house.rooms.bus.settle()
    ended = (await admin.post(f"admin/traces/{trace}/end")).json()
    assert not ended["running"]
