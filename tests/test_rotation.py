"""Secrets pass from one key to the next: cut short by kill -9, beside a server that goes on."""

import asyncio
import contextlib
import fcntl
import os
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.running import ADMINISTRATOR, COMMAND, PASSWORD, Api, running_tws
from tws.app.office import Office, open_office
from tws.config import Settings
from tws.errors import Unavailable
from tws.mail import store as mails
from tws.mail.model import Letter
from tws.maintenance.backups.model import BackupRefused
from tws.organisation.actor import SYSTEM
from tws.rotation import rotate
from tws.safekeeping import back_up, put_back
from tws.storage import new_id
from tws.storage.key_ring import key_id, read, write
from tws.storage.secrets import KEY_FILE, secrets_of

MANY = 1500
"Rows: as many as the command cannot tell of before a full pipe stops it."
PIPE = 4096
SECRET = "correct horse battery staple"
DOMAIN = {
    "name": "Paris",
    "time_zone": "Europe/Paris",
    "internal_length": 4,
    "country_prefix": "33",
    "external_prefix": "0",
    "international_prefix": "00",
}


def place(folder: Path) -> Settings:
    return Settings(data_dir=folder, state_dir=folder / "state", database=sqlite_url(folder))


async def furnished(office: Office) -> None:
    """A link, a device, a parameter and many mails that hold secrets."""
    await office.access.first_start.initialise(
        username=ADMINISTRATOR, password=PASSWORD, company="SSDEI", domain=DOMAIN
    )
    organisation, (domain,) = office.organisation, office.registry.domains.values()
    link = await organisation.links.create_link(
        SYSTEM,
        domain=domain.id,
        name="PBX",
        dialect="asterisk",
        settings={"host": "127.0.0.1", "port": 1, "user": "tws", "password": SECRET},
        enabled=False,
    )
    user = await organisation.users.create_user(
        SYSTEM, domain=domain.id, username="alice", voicemail_password="1234"
    )
    await organisation.devices.create_device(
        SYSTEM, user=user.id, link=link.id, number="4001", password=SECRET
    )
    await organisation.parameters.set_parameter(
        SYSTEM, parameter="SmtAuthPassword", value=SECRET, company=domain.company
    )
    later = datetime.now(UTC) + timedelta(days=300)
    async with office.storage.transaction() as tx:
        for _ in range(MANY):
            letter = Letter(
                company=domain.company, to="alice@ssdei.example", subject="Hello", text=SECRET
            )
            await mails.put(tx, office.secrets, new_id(), letter, later)


def seals(folder: Path) -> dict[str, set[str]]:
    """Every seal in the whole database by the id of its key."""
    found: dict[str, set[str]] = {}
    with contextlib.closing(sqlite3.connect(folder / "tws.db")) as db:
        for line in db.iterdump():
            for piece in line.split("sealed:2:")[1:]:
                found.setdefault(piece[:16], set()).add(piece[17:60])
    return found


async def command(folder: Path, *words: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *words,
        f"--data={folder}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def killed_half_way(folder: Path) -> None:
    """What it says fills a pipe that nobody empties: there it stands until it is killed."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE)
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "rotate-key", f"--data={folder}", stdout=writing
    )
    os.close(writing)
    said = b""
    while b"rows sealed" not in said:
        said += await asyncio.to_thread(os.read, reading, 64)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    os.close(reading)


async def secrets_are_well(api: Api) -> bool:
    found = (await api.get("/admin/doctor"))["findings"]
    return {one["outcome"] for one in found if one["check"] == "secrets"} == {"ok"}


async def test_a_new_key_is_taken_though_it_is_killed_half_way(tmp_path: Path) -> None:
    settings = place(tmp_path)
    async with open_office(settings) as office:
        await furnished(office)
    await back_up(settings, tmp_path / "old.twsbackup", None, lambda _: None)
    (first,) = read(tmp_path / KEY_FILE)
    async with running_tws(tmp_path) as server:
        api = await server.client().sign_in_as_administrator()
        await killed_half_way(tmp_path)
        second, still = read(tmp_path / KEY_FILE)
        assert still == first
        mixed = seals(tmp_path)
        assert set(mixed) == {key_id(first), key_id(second)}, "killed too late or too early"
        assert await secrets_are_well(api)
        # What the running server seals now is sealed with the new key.
        (link,) = await api.get("/admin/links")
        other = {**link["settings"], "password": SECRET[::-1]}
        body = {"version": link["version"], "settings": other}
        await api.request("PATCH", f"/admin/links/{link['id']}", body)
        assert any(key_id(second) in piece for piece in links(tmp_path))
        code, said = await command(tmp_path, "rotate-key")
        assert code == 0 and "Going on with the newest of the 2 keys" in said
        after = seals(tmp_path)
        assert set(after) == {key_id(second)}
        assert len(after[key_id(second)]) == sum(map(len, mixed.values()))
        assert await secrets_are_well(api)
        code, said = await command(tmp_path, "rotate-key", "--drop-old")
        assert code == 3 and "already: stop it first" in said, said
        assert read(tmp_path / KEY_FILE) == (second, first)
    code, said = await command(tmp_path, "rotate-key", "--drop-old")
    assert code == 0, said
    assert read(tmp_path / KEY_FILE) == (second,)
    (dropped,) = (tmp_path / each for each in os.listdir(tmp_path) if ".dropped-" in each)
    assert read(dropped) == (first,) and dropped.stat().st_mode & 0o077 == 0
    async with open_office(settings) as office:
        (row,) = office.registry.links.values()
        assert office.organisation.links.opened_link(row).settings["password"] == SECRET[::-1]
    await restored_with_the_old_key(settings, dropped)


def links(folder: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(folder / "tws.db")) as db:
        return [text for (text,) in db.execute("SELECT settings FROM link")]


async def restored_with_the_old_key(settings: Settings, dropped: Path) -> None:
    """A backup of before, once the old key stands in the file again, behind the new one."""
    folder = settings.data_dir

    async def restore() -> None:
        await put_back(
            settings,
            folder / "old.twsbackup",
            None,
            without_key=False,
            confirm=lambda _: True,
            say=lambda _: None,
        )

    with pytest.raises(BackupRefused, match=r"lines of its secret\.key"):
        await restore()
    write(folder / KEY_FILE, [*read(folder / KEY_FILE), *read(dropped)])
    await restore()
    async with open_office(settings) as office:
        (row,) = office.registry.links.values()
        assert office.organisation.links.opened_link(row).settings["password"] == SECRET


async def test_a_key_that_is_given_is_changed_where_it_is_given(tmp_path: Path) -> None:
    """By the environment, or by a credential of systemd: a file of the setting's name."""
    old, new = bytes(32), bytes(range(32))
    one = Settings(data_dir=tmp_path, state_dir=tmp_path / "state", secret_key=(old,))
    sealed = secrets_of(one).seal("x", "row", "field")
    with pytest.raises(Unavailable, match="Put a new one in front of it"):
        await rotate(one, lambda _: None)
    both = one.model_copy(update={"secret_key": (new, old)})
    assert await rotate(both, lambda _: None)
    secrets = secrets_of(both)
    assert secrets.open(sealed, "row", "field") == "x" and not secrets.current(sealed)
    assert secrets.current(secrets.seal("x", "row", "field"))
    assert not (tmp_path / KEY_FILE).exists()


def test_credentials_of_systemd_are_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tws_secret_key").write_text("A" * 43 + "=\n" + "B" * 42 + "A=\n")
    (tmp_path / "tws_metrics_token").write_text("a token of a file, long enough\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.delenv("TWS_SECRET_KEY", raising=False)
    found = Settings(data_dir=tmp_path)
    assert len(found.secret_key) == 2 and found.secret_key[0] == bytes(32)
    assert found.metrics_token == "a token of a file, long enough"
    monkeypatch.setenv("TWS_METRICS_TOKEN", "that of the environment goes before")
    assert Settings(data_dir=tmp_path).metrics_token == "that of the environment goes before"
