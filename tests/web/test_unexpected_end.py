"""A server that is killed leaves a trace: an incident from its last sign of life to its start."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.mail.server import post_office
from tests.running import ADMINISTRATOR, PASSWORD, Api, TwsServer, running_tws
from tests.web.test_mail import MINUTE, Clock, by, clock, mailing, told_at

__all__ = ["clock"]


async def endings(tws: TwsServer) -> list[dict[str, Any]]:
    admin: Api = await tws.client().sign_in_as_administrator()
    found: list[dict[str, Any]] = (await admin.get("/admin/incidents", kind="serverEnded"))[
        "entries"
    ]
    return found


async def test_a_server_that_is_killed_says_so_when_it_runs_again(tmp_path: Path) -> None:
    mark = tmp_path / "state/running.json"
    async with running_tws(tmp_path) as tws:
        await tws.client().post(
            "/initialisation",
            username=ADMINISTRATOR,
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "timeZone": "Europe/Paris"},
        )
        assert await endings(tws) == []
        last = datetime.fromisoformat(json.loads(mark.read_text()))
        await tws.kill()
        assert mark.exists()
        await tws.restart()
        (one,) = await endings(tws)
        started, ended = (datetime.fromisoformat(one[x]) for x in ("started", "ended"))
        assert abs(started - last) < timedelta(milliseconds=2) and ended > started
        assert (one["company"], one["count"]) == (None, 1)
        await tws.stop()
        assert not mark.exists(), "it was stopped, and ended by itself"
        await tws.restart()
        assert [x["count"] for x in await endings(tws)] == [1]
        await tws.kill()
        await tws.restart()
        (again,) = await endings(tws)
        assert (again["id"], again["count"]) == (one["id"], 2), "soon after: the same"


async def test_super_users_are_told_once(database: Path, clock: Clock) -> None:
    gone = datetime.now(UTC) - timedelta(hours=3)
    async with mailing(database) as (house, whole), post_office() as post:
        await by(house, post)
        await told_at(house, "admin-all", "root@ssdei.example", culture="fr")
        await told_at(house, "admin-SSDEI", "ssdei@ssdei.example")
    mark = database.parent / "running.json"
    assert not mark.exists()
    mark.write_text(json.dumps(gone.isoformat()))
    async with post_office(port=post.port) as post, mailing(database) as (_, whole):
        for _ in range(4):
            await whole.teller.tell()
            clock.ahead += 10 * MINUTE
        await whole.schedule.settle()
        (mail,) = await post.arrived(1)
        assert mail["To"] == "root@ssdei.example"
        assert "Arrêt inattendu du serveur" in mail["Subject"]
        assert f"{gone:%Y-%m-%d}" in mail.get_content()
        assert "sans qu’on l’arrête" in mail.get_content()
        assert len(post.mails) == 1


async def test_a_mark_that_was_half_written_is_one_too(database: Path) -> None:
    (database.parent / "running.json").write_text('"2026-')
    async with mailing(database) as (house, _):
        found = (await (await house.administrator()).get("admin/incidents")).json()["entries"]
        assert [one["kind"] for one in found if one["ended"]] == ["serverEnded"]
