"""The syslog collector of a server: what it is sent, and who may set it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.net.test_syslog import until
from tests.peers import require_peer
from tests.peers.rsyslogd import running_rsyslogd
from tests.running import ADMINISTRATOR, PASSWORD, running_tws
from tests.web.house import House
from tests.web.problems import problem

BODY: dict[str, Any] = {"transport": "tcp", "host": "127.0.0.1", "port": 9}


async def test_the_log_and_the_audit_log_reach_a_collector(tmp_path: Path) -> None:
    require_peer("rsyslogd")
    with running_rsyslogd() as rsyslogd:
        body = {**BODY, "port": rsyslogd.tcp}
        async with running_tws(tmp_path) as tws:
            admin = tws.client()
            await admin.post(
                "/initialisation",
                username=ADMINISTRATOR,
                password=PASSWORD,
                company="SSDEI",
                domain={"name": "Paris", "timeZone": "Europe/Paris"},
            )
            await admin.sign_in_as_administrator()
            assert (await admin.post("/admin/syslog/test", **body))["wrong"] is None
            set_ = await admin.request("PUT", "/admin/syslog", body)
            assert set_["collector"]["port"] == rsyslogd.tcp
            (domain,) = await admin.get("/admin/domains")
            await admin.post("/admin/users", domain=domain["id"], username="marie")
            [created] = await asyncio.to_thread(
                until, lambda: of(rsyslogd.lines(), "audit", "user created")
            )
            assert f'actor="administrator {ADMINISTRATOR}"' in created["structured-data"]
            assert created["pri"] == str(13 * 8 + 6) and "marie" not in created["structured-data"]
            await tws.kill()
            await tws.restart()
            admin = await tws.client().sign_in_as_administrator()
            settings = {"host": "127.0.0.1", "port": 9}
            link = {"domain": domain["id"], "name": "PBX", "dialect": "csta_xml"}
            await admin.post("/admin/links", **link, settings=settings)
            found_ = await asyncio.to_thread(
                until, lambda: of(rsyslogd.lines(), "log", "link state")
            )
            state = found_[0]
            assert 'state="' in state["structured-data"] and state["pri"] == str(3 * 8 + 6)
            found = {one["check"]: one for one in (await admin.get("/admin/doctor"))["findings"]}
            assert found["syslog"]["outcome"] == "ok"
            gone = await admin.request("DELETE", "/admin/syslog")
            assert gone["collector"] is None
            assert not (tmp_path / "syslog.json").exists()


def of(lines: list[dict[str, Any]], kind: str, words: str) -> list[dict[str, Any]]:
    return [one for one in lines if one["msgid"] == kind and one["msg"] == words]


async def test_it_is_for_super_users(house: House) -> None:
    for client in (await house.administrator("SSDEI"), await house.program("alice")):
        for method, path in (
            ("GET", "admin/syslog"),
            ("PUT", "admin/syslog"),
            ("POST", "admin/syslog/test"),
            ("DELETE", "admin/syslog"),
        ):
            body = BODY if method in ("PUT", "POST") else None
            problem(await client.request(method, path, json=body), 403, "notAllowed")


@pytest.mark.parametrize(
    "wrong",
    [{"port": 0}, {"host": "a b"}, {"transport": "http"}, {"caFile": "/etc/passwd"}],
    ids=str,
)
async def test_what_cannot_be_is_refused(house: House, wrong: dict[str, Any]) -> None:
    admin = await house.administrator()
    problem(await admin.put("admin/syslog", json={**BODY, **wrong}), 422, "invalid")
    assert (await admin.get("admin/syslog")).json()["collector"] is None


async def test_a_collector_that_is_not_reached_is_told(house: House) -> None:
    admin = await house.administrator()
    assert (await admin.put("admin/syslog", json={**BODY, "port": 1})).status_code == 200
    tested = (await admin.post("admin/syslog/test", json={**BODY, "port": 1})).json()
    assert "connection refused" in tested["wrong"]["words"]
    await asyncio.to_thread(until, lambda: house.rooms.syslog.state.why)
    found = (await admin.get("admin/doctor")).json()["findings"]
    [one] = [one for one in found if one["check"] == "syslog"]
    assert one["outcome"] == "failed" and one["page"] == "traces"
    (entry,) = (await admin.get("admin/audit", params={"action": "syslog"})).json()["entries"]
    assert entry["after"]["host"] == "127.0.0.1"


async def test_a_file_that_says_nothing_is_told(house: House, tmp_path: Path) -> None:
    (tmp_path / "syslog.json").write_text("{")
    await house.rooms.syslog.stop()
    await house.rooms.syslog.start()
    found = (await (await house.administrator()).get("admin/doctor")).json()["findings"]
    [one] = [one for one in found if one["check"] == "syslog"]
    assert one["outcome"] == "failed"
