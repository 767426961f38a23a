"""A server is backed up while it works, and put back elsewhere: the second answers the same."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.databases import KINDS, sqlite_url
from tests.end_to_end.scenes import talking
from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.house.commands import Ended, tws
from tests.peers.postgresql import Server
from tests.running import DEADLINE, Api, running_tws
from tws.cli import IN_USE

PASSPHRASE = "a passphrase with éà"
SECRET = "password of the PBX"
AT_LEAST = 30
"Contacts that are written before and after the backup begins."


async def database(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    if kind == "sqlite":
        return sqlite_url(folder)
    server: Server = request.getfixturevalue("postgresql")
    return await server.new_database()


@dataclass
class Load:
    """Somebody who writes contacts, one after the other."""

    api: Api
    written: int = 0
    more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self) -> None:
        while True:
            name = f"Load{self.written:05d}"
            await self.api.post("/contacts", lastName=name, private=False)
            self.written += 1
            async with self.more:
                self.more.notify_all()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(DEADLINE), self.more:
            await self.more.wait_for(lambda: self.written >= count)


@contextlib.asynccontextmanager
async def written(api: Api) -> AsyncIterator[Load]:
    load = Load(api)
    task = asyncio.create_task(load.run())
    try:
        yield load
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def answers(admin: Api, user: Api) -> dict[str, Any]:
    """What people see of it; the same before and after."""
    log = await user.get("/call-log")
    return {
        "users": [without_state(one) for one in await admin.get("/admin/users")],
        "links": [without_state(one) for one in await admin.get("/admin/links")],
        "grants": await admin.get("/admin/grants"),
        "dongle": (await admin.get("/admin/licences"))["dongle"],
        "found": [one["lastName"] for one in await user.get("/contacts", q="dup hélè")],
        "in the middle": [one["lastName"] for one in await user.get("/contacts", q="upon")],
        "by number": [one["lastName"] for one in await user.get("/contacts", q="0155501234")],
        "log": [(x["id"], x["started"], x["number"], x["outcome"]) for x in log["entries"]],
    }


def without_state(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("state", "seen")}


async def furnish(site: Site, data: Path) -> None:
    """A call in the log, a contact, a link with a secret, a company's file."""
    a, b, *_ = site.seats
    await talking(a, b)
    await b.phone.hang_up()
    await b.live.until(lambda: [m for m in b.live.moments if m["kind"] == "log"], "the call")
    await a.api.post(
        "/contacts",
        lastName="Dupont",
        firstName="Hélène",
        private=False,
        numbers=[{"number": "0155501234", "kind": "work"}],
    )
    await site.admin.post(
        "/admin/links",
        domain=site.domain,
        name="Asterisk",
        dialect="asterisk",
        enabled=False,
        settings={"host": "127.0.0.1", "port": 1, "password": SECRET},
    )
    folder = data / "files" / site.company
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text("Last name;Number\n")


async def restored(file: Path, place: Path, url: str, *more: str) -> Ended:
    return await tws("restore", str(file), f"--data={place}", *more, TWS_DATABASE=url)


@pytest.mark.parametrize("second", KINDS)
@pytest.mark.parametrize("first", KINDS)
async def test_a_second_server_answers_as_the_first(
    first: str,
    second: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    source, target = [await database(*x, request) for x in ((first, there), (second, here))]
    file = tmp_path / "one.twsbackup"
    phrase = tmp_path / "passphrase"
    phrase.write_text(f"{PASSPHRASE}\n")
    encrypted = () if first == second else (f"--passphrase-file={phrase}",)
    monkeypatch.setenv("TWS_DATABASE", source)
    async with simulated_pbx() as pbx, running_site(pbx, there, 2) as site:
        await furnish(site, there)
        user = site.seats[1].api
        before = await answers(site.admin, user)
        assert before["log"] and before["found"] == before["in the middle"] == ["Dupont"]
        async with written(user) as load:
            await load.until(AT_LEAST)
            count = load.written
            made = await tws("backup", f"--to={file}", f"--data={there}", *encrypted)
            assert made.code == 0, made.error
            await load.until(load.written + AT_LEAST)
        refused = await restored(file, there, source, *encrypted, "--yes")
        assert refused.code == IN_USE, refused.error

    if not encrypted:  # the key is not inside
        refused = await restored(file, here, target, "--yes")
        assert refused.code == 1 and "sealed with a key that is not in it" in refused.error
        shutil.copy(there / "secret.key", here)
    done = await restored(file, here, target, *encrypted, "--yes")
    assert done.code == 0, done.error

    async with running_tws(here, TWS_DATABASE=target) as server:
        admin = await server.client().sign_in_as_administrator()
        user = await server.user(f"user{site.seats[1].number}")
        assert await answers(admin, user) == before
        names = await loaded(user)
        # All that was committed before one moment, and nothing that came after it.
        assert names == [f"Load{n:05d}" for n in range(len(names))]
        assert len(names) >= count
        # It goes on: rows, and the numbers of the audit log.
        await user.post("/contacts", lastName="Afterwards", private=False)
        assert [x["lastName"] for x in await user.get("/contacts", q="fterw")] == ["Afterwards"]
    shown = await tws(
        "snippets", "Asterisk", "--show-secret", f"--data={here}", TWS_DATABASE=target
    )
    assert SECRET in shown.out, shown.error
    [people] = here.glob("files/*/people.csv")
    assert people.read_text() == "Last name;Number\n"


async def loaded(user: Api) -> list[str]:
    """By tens: a search shows no more than a hundred."""
    found: list[str] = []
    for tens in range(10_000):
        part = await user.get("/contacts", q=f"Load{tens:04d}", limit=100)
        if not part:
            break
        found += [one["lastName"] for one in part]
    return sorted(found)
