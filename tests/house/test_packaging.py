"""The unit of systemd: what systemd says of it, and what the server says to systemd."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.peers import require_peer
from tests.peers.systemd import exposed, sysusers, verify
from tests.plain import PLAIN
from tests.running import DEADLINE, running_tws
from tws.config import Settings

SYSTEMD = Path(__file__).parents[2] / "packaging" / "systemd"
ADMIN = SYSTEMD.parents[1] / "docs" / "admin"
TOKEN = "a token of more than twenty characters"
FAR = {"X-Forwarded-For": "192.0.2.7"}


ONE = ("credentials.conf",)
SEVERAL = (*ONE, "several-machines.conf")


@pytest.mark.parametrize("drop_ins", [ONE, SEVERAL], ids=["one machine", "several"])
def test_systemd_finds_nothing_wrong_with_the_unit(
    tmp_path: Path, drop_ins: tuple[str, ...]
) -> None:
    require_peer("systemd")
    # It looks whether what is started is there: another program stands in its place.
    there = (SYSTEMD / "tws.service").read_text().replace("/opt/tws/bin/tws", "/bin/true")
    unit = tmp_path / "tws.service"
    unit.write_text(there)
    drop_in = tmp_path / "tws.service.d"
    drop_in.mkdir()
    for name in drop_ins:
        shutil.copy(SYSTEMD / name, drop_in)
    assert verify(unit) == ""
    assert exposed(unit, 2.0) == ""


def test_the_account_of_several_machines_has_one_number(tmp_path: Path) -> None:
    require_peer("systemd")
    accounts = sysusers(SYSTEMD / "sysusers.conf", tmp_path)
    (number,) = [line.split()[2] for line in lines_of("sysusers.conf") if line.startswith("u ")]
    assert accounts["tws"] == int(number) < 1000  # of a machine, no person's
    drop_in = lines_of("several-machines.conf")
    assert {"DynamicUser=no", "User=tws", "Group=tws"} <= set(drop_in)


def test_a_node_may_write_where_its_data_are() -> None:
    drop_in = lines_of("several-machines.conf")
    told = dict(line.partition("=")[::2] for line in drop_in if "=" in line)
    folders = dict(each.split("=") for each in told["Environment"].split())
    assert told["ReadWritePaths"] == told["RequiresMountsFor"] == folders["TWS_DATA_DIR"]
    # By `StateDirectory=`.
    assert folders["TWS_STATE_DIR"] == "%S/tws" and "StateDirectory=tws" in lines_of("tws.service")


def test_the_page_gives_settings_as_systemd_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a line, and nothing behind it."""
    page = (ADMIN / "several-machines.md").read_text()
    block = page.partition("In `/etc/tws/tws.env`:\n\n```sh\n")[2].partition("```")[0]
    for line in block.splitlines():
        name, _, value = line.partition("=")
        if not line.startswith("#"):
            assert re.fullmatch(r"TWS_[A-Z_]+=\S+", line), line
            monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.host == "0.0.0.0" and len(settings.nats) == 3  # noqa: S104
    assert len(settings.proxies) == 2 and settings.node == "node1"


def test_commands_are_run_as_the_service_is(tmp_path: Path) -> None:
    """systemd has no manager in most containers: what `tws-run` asks of it is judged as a unit."""
    require_peer("systemd")
    said = tmp_path / "systemd-run"
    said.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    said.chmod(0o755)
    done = subprocess.run(
        [str(SYSTEMD / "tws-run"), "cluster", "--json"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    asked = done.stdout.splitlines()
    assert asked[-3:] == ["/opt/tws/bin/tws", "cluster", "--json"]
    told = [one.removeprefix("--property=") for one in asked if one.startswith("--property=")]
    own = [line.replace("%S", "/var/lib") for line in lines_of("several-machines.conf")]
    assert {"User=tws", "Group=tws"} < set(told) and set(told) <= {*own, *lines_of("tws.service")}
    unit = tmp_path / "command.service"
    unit.write_text("\n".join(("[Service]", "ExecStart=/bin/true", *told, "")))
    assert verify(unit) == ""


def test_each_setting_is_one() -> None:
    """Also those in comments."""
    named = re.findall(r"^#?(?:TWS_(\w+)|OTEL_\w+)=", (SYSTEMD / "tws.env").read_text(), re.M)
    assert {name.lower() for name in named if name} <= Settings.model_fields.keys()
    assert {"NATS", "NODE", "DATA_DIR", "STATE_DIR"} <= set(named)


def lines_of(name: str) -> list[str]:
    return (SYSTEMD / name).read_text().splitlines()


def test_each_credential_is_a_setting() -> None:
    lines = (SYSTEMD / "credentials.conf").read_text().splitlines()
    named = [line.split("=")[1].split(":")[0] for line in lines if line.startswith("Load")]
    secret = {f"tws_{name}" for name, of in Settings.model_fields.items() if of.repr is False}
    assert set(named) == secret


async def test_the_server_speaks_to_systemd_and_reads_its_credentials(tmp_path: Path) -> None:
    credentials, address = tmp_path / "credentials", tmp_path / "notify"
    credentials.mkdir()
    (credentials / "tws_metrics_token").write_text(TOKEN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(address))
        notify.setblocking(False)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(DEADLINE):
            async with running_tws(
                tmp_path,
                NOTIFY_SOCKET=str(address),
                WATCHDOG_USEC="200000",
                CREDENTIALS_DIRECTORY=str(credentials),
            ) as server:
                heard = [await loop.sock_recv(notify, 100) for _ in range(4)]
                assert sorted(heard) == [b"READY=1", *[b"WATCHDOG=1"] * 3]
                async with httpx.AsyncClient(base_url=server.base, verify=PLAIN) as far:
                    assert (await far.get("/metrics", headers=FAR)).status_code == 401
                    shown = {**FAR, "Authorization": f"Bearer {TOKEN}"}
                    assert (await far.get("/metrics", headers=shown)).status_code == 200
                os.kill(server.pid, signal.SIGTERM)
                while (word := await loop.sock_recv(notify, 100)) == b"WATCHDOG=1":
                    pass
                assert word == b"STOPPING=1"
