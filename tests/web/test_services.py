"""The services page's operations, on a whole server: what stops is stopped, and says so."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem

ONE = "id;sn;gn;tel\n1;Lemaire;Marie;01 55 17 18 89;\n"
MAPPING = {"identifier": "id", "last_name": "sn", "first_name": "gn", "work": "tel"}


async def services(admin: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    answer = await admin.get("admin/services")
    assert answer.status_code == 200, answer.text
    return {one["name"]: one for one in answer.json()["services"]}


async def order(admin: httpx.AsyncClient, name: str, what: str) -> dict[str, Any]:
    answer = await admin.post(f"admin/services/{name}/{what}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_each_part_and_each_service_of_the_guide_is_listed(house: House) -> None:
    found = await services(await house.administrator("SSDEI"))
    guide = {alias for one in found.values() for alias in one["aliases"]}
    assert len(guide) == 24 and "TWS4$TWS_VTIXMLServices" in guide
    assert [name for name, one in found.items() if one["state"] == "running"] == [
        *("database", "schedule", "syslog", "journal", "synchronisation", "imports"),
        *("calendars", "backups", "mail", "traces", "web", "live", "links"),
        *("incidents", "notifications", "rules", "emails", "externalChat", "sms", "push"),
    ]
    assert {one["state"] for one in found.values()} == {"running", "absent"}
    assert found["links"]["needs"] == ["database", "schedule", "journal"]
    fixed = {name for name, one in found.items() if one["fixed"] and one["state"] == "running"}
    assert fixed == {"database", "schedule", "journal", "web"}


async def test_only_super_users_start_and_stop_and_the_log_knows(house: House) -> None:
    ours, everybody = await house.administrator("SSDEI"), await house.administrator("all")
    problem(await ours.post("admin/services/links/stop"), 403, "notAllowed")
    problem(await (await house.program("alice")).get("admin/services"), 403, "notAllowed")
    problem(await everybody.post("admin/services/nothing/stop"), 404, "notFound")
    told = problem(await everybody.post("admin/services/journal/stop"), 409, "conflict")
    assert told["why"] == "serviceFixed"
    told = problem(await everybody.post("admin/services/schedule/restart"), 409, "conflict")
    assert told["parameters"]["service"] == "schedule"
    done = await order(everybody, "TWS$TWS_CSTAServices", "stop")
    assert (done["stopped"], done["started"]) == (["links"], [])
    assert done["services"][0]["name"] == "links"
    page = (await everybody.get("admin/audit", params={"action": "service"})).json()
    assert [(x["actor"], x["action"], x["what"]) for x in page["entries"]] == [
        ("administrator admin-all", "service stopped", "links")
    ]


async def test_links_let_go_of_their_pbxs_and_take_them_up_again(house: House) -> None:
    everybody, alice = await house.administrator("all"), await house.sign_in("alice")
    paris, device = house.links["Paris"].id, house.device("4001")
    async with house.page(everybody) as page, house.page(alice) as hers:
        await order(everybody, "links", "stop")
        assert not house.network.counted()
        await page.until(lambda page: page.state[f"link/{paris}"]["state"] == "down")
        assert page.state[f"link/{paris}"]["why"] == "the service of links is stopped"
        await hers.until(lambda hers: hers.state[f"device/{device}"]["state"] == "linkDown")
        call = {"device": device, "called": "4003"}
        problem(await alice.post("telephony/makeCall", json=call), 503, "linkDown")
        figures = (await everybody.get(f"{house.url}/metrics")).text
        assert 'tws_part_up{part="links"} 0.0' in figures
        assert 'tws_part_up{part="database"} 1.0' in figures
        assert (await order(everybody, "links", "start"))["started"] == ["links"]
        house.connect()
        await page.until(lambda page: page.state[f"link/{paris}"]["state"] == "up")
        await hers.until(lambda hers: hers.state[f"device/{device}"]["state"] == "monitored")
        done = await order(everybody, "links", "restart")
        assert (done["stopped"], done["started"]) == (["links"], ["links"])


async def test_the_live_stream_is_closed_and_opened(house: House) -> None:
    everybody, alice = await house.administrator("all"), await house.sign_in("alice")
    page = house.page(alice)
    async with page:
        await order(everybody, "TWS4$TWS_EventServices", "stop")
        assert await page.closed() == 1013
    again = house.page(alice)
    with pytest.raises(Exception, match="1013"):
        await again.open()
    await again.close()
    await order(everybody, "live", "start")
    async with house.page(alice) as back:
        assert back.state


async def test_no_trace_is_begun_while_traces_are_stopped(house: House) -> None:
    everybody, body = await house.administrator("all"), {"link": house.links["Paris"].id}
    trace = (await everybody.post("admin/traces", json=body)).json()["id"]
    await order(everybody, "traces", "stop")
    [one] = (await everybody.get("admin/traces")).json()
    assert one["id"] == trace and not one["running"]
    told = problem(await everybody.post("admin/traces", json=body), 503, "unavailable")
    assert (told["why"], told["parameters"]) == ("serviceStopped", {"service": "traces"})
    await order(everybody, "traces", "start")
    assert (await everybody.post("admin/traces", json=body)).status_code == 201


async def test_incidents_are_noted_again_at_the_start(house: House) -> None:
    everybody = await house.administrator("all")
    done = await order(everybody, "incidents", "stop")
    assert done["stopped"] == ["notifications", "incidents"]
    house.cut("Paris")
    assert not await open_incidents(everybody)
    done = await order(everybody, "notifications", "start")
    assert done["started"] == ["incidents", "notifications"]
    assert await open_incidents(everybody) == {"linkLost": "PBX Paris"}


async def open_incidents(admin: httpx.AsyncClient) -> dict[str, str]:
    answer = await admin.get("admin/incidents", params={"open": True})
    return {one["kind"]: one["name"] for one in answer.json()["entries"]}


async def test_the_collector_is_kept_while_syslog_is_stopped(house: House) -> None:
    everybody = await house.administrator("all")
    body = {"transport": "udp", "host": "127.0.0.1", "port": 9}
    await everybody.put("admin/syslog", json=body)
    await order(everybody, "syslog", "stop")
    told = (await everybody.get("admin/syslog")).json()
    assert told["collector"]["port"] == 9 and not told["up"]
    assert told["why"]["words"] == "this service is stopped"
    changed = (await everybody.put("admin/syslog", json={**body, "port": 10})).json()
    assert changed["why"] is not None
    await order(everybody, "syslog", "start")
    told = (await everybody.get("admin/syslog")).json()
    assert told["collector"]["port"] == 10
    assert told["why"] is None or told["why"]["words"] != "this service is stopped"


# ---------------------------------------------------------------- what reads sources


async def shelf(house: House, folder: Path) -> tuple[str, Path]:
    """A directory that is read from a CSV file."""
    file = folder / "files" / house.companies["SSDEI"].id / "customers.csv"
    file.parent.mkdir(parents=True)
    file.write_text(ONE)
    body = {
        "domain": house.domains["Paris"].id,
        "name": "Customers",
        "connector": "csv",
        "settings": {"file": file.name},
        "mapping": MAPPING,
    }
    admin = await house.administrator("SSDEI")
    answer = await admin.post("admin/directories", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], file


def _in_state(id: str, state: str) -> Any:
    return lambda page: page.state.get(f"run/{id}", {}).get("state") == state


async def test_no_directory_is_read_while_synchronisation_is_stopped(
    reading: House, database: Path
) -> None:
    everybody = await reading.administrator("all")
    directory, _ = await shelf(reading, database.parent)
    await order(everybody, "synchronisation", "stop")
    told = problem(
        await everybody.post(f"admin/directories/{directory}/synchronise"), 503, "unavailable"
    )
    assert (told["why"], told["parameters"]) == ("serviceStopped", {"service": "synchronisation"})
    assert not (await everybody.get(f"admin/directories/{directory}/runs")).json()
    await order(everybody, "synchronisation", "start")
    async with reading.page(everybody) as page:
        begun = await everybody.post(f"admin/directories/{directory}/synchronise")
        assert begun.status_code == 200, begun.text
        await page.until(_in_state(directory, "done"))


async def test_a_directory_that_is_being_read_ends_cleanly(
    reading: House, database: Path, tmp_path: Path
) -> None:
    everybody = await reading.administrator("all")
    directory, file = await shelf(reading, database.parent)
    file.unlink()
    await (await asyncio.create_subprocess_exec("mkfifo", str(file))).wait()
    async with reading.page(everybody) as page:
        await everybody.post(f"admin/directories/{directory}/synchronise")
        await page.until(_in_state(directory, "reading"))
        await order(everybody, "synchronisation", "stop")
        await page.until(_in_state(directory, "cancelled"))
        file.unlink()
        file.write_text(ONE)
        await order(everybody, "synchronisation", "start")
        await everybody.post(f"admin/directories/{directory}/synchronise")
        await page.until(_in_state(directory, "done"))


async def test_no_calendar_is_read_while_calendars_are_stopped(reading: House) -> None:
    everybody = await reading.administrator("all")
    body = {
        "domain": reading.domains["Paris"].id,
        "name": "Radicale",
        "connector": "caldav",
        "settings": {"url": "http://127.0.0.1:9/{user}/", "user": "tws", "password": "secret"},
    }
    await order(everybody, "calendars", "stop")
    made = await everybody.post("admin/collaboration-sources", json=body)
    assert made.status_code == 201, made.text
    refresh = f"admin/collaboration-sources/{made.json()['id']}/refresh"
    told = problem(await everybody.post(refresh), 503, "unavailable")
    assert (told["why"], told["parameters"]) == ("serviceStopped", {"service": "calendars"})
    key = f"collaboration/{made.json()['id']}"
    async with reading.page(everybody) as page:
        assert page.state[key]["state"] == "waiting"
        await order(everybody, "calendars", "start")
        await page.until(lambda page: page.state[key]["state"] in ("working", "failing"))
