"""The container and its files of compose: held against each other, and what asks whether it is
well, as it runs there."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.mail.certificates import made
from tests.running import DEADLINE, running_tws
from tws.config import Settings

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
CONTAINERFILE = (PACKAGING / "container" / "Containerfile").read_text()
COMPOSE = ("compose.yaml", "compose.one.yaml")
HEALTH = PACKAGING / "container" / "health.py"


def compose(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PACKAGING / name).read_text())
    return found


def ours(name: str) -> list[dict[str, Any]]:
    return [one for one in compose(name)["services"].values() if "build" in one]


def test_what_is_mounted_is_there_and_is_the_user_s() -> None:
    """A new volume has the owner of the folder that it is mounted on; without one it is root's."""
    before_user = CONTAINERFILE.partition("\nUSER 10001\n")[0]
    (made_there,) = re.findall(r"install -d -o tws -g tws -m 0700 ([\w/ ]+)", before_user)
    assert "--uid 10001" in before_user
    for name in COMPOSE:
        for service in ours(name):
            mounted = {volume.split(":")[1] for volume in service["volumes"]}
            assert mounted <= set(made_there.split()), name
    folders = re.findall(r"TWS_(?:DATA|STATE)_DIR=(\S+)", CONTAINERFILE)
    assert folders == made_there.split()


def test_each_volume_and_file_of_compose_is_there() -> None:
    for name in COMPOSE:
        of = compose(name)
        for service in of["services"].values():
            for volume in service.get("volumes", ()):
                source, inside, *_ = volume.split(":")
                if not source.startswith("."):
                    assert source in of["volumes"], f"{name}: {source}"
                elif not inside.endswith("/tls"):  # the administrator's own
                    assert (PACKAGING / source).is_file(), f"{name}: {source}"
        for service in ours(name):
            build = service["build"]
            assert (PACKAGING / build["context"]).resolve() == ROOT
            assert (ROOT / build["dockerfile"]).is_file()
            named = {key.removeprefix("TWS_").lower() for key in service["environment"]}
            assert named <= Settings.model_fields.keys()


def test_nodes_have_a_state_folder_of_their_own() -> None:
    nodes = ours("compose.yaml")
    assert len({node["environment"]["TWS_NODE"] for node in nodes}) == len(nodes) == 2
    volumes = [dict(each.split(":")[::-1] for each in node["volumes"]) for node in nodes]
    assert len({each["/var/lib/tws"] for each in volumes}) == 1
    assert len({each["/var/lib/tws/state"] for each in volumes}) == 2


def test_the_build_is_given_what_it_copies_and_nothing_else() -> None:
    """No secret of a checkout, and not its front end's modules."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    copied = re.findall(r"^COPY (\S+) \S+$", CONTAINERFILE, re.MULTILINE)
    assert patterns == ["*", *(f"!{source}" for source in copied)]


def test_the_wheel_is_made_first() -> None:
    for name in (*COMPOSE, "container/Containerfile"):
        assert "make wheel" in (PACKAGING / name).read_text().partition("\nFROM ")[0], name
    makefile = (ROOT / "Makefile").read_text()
    assert "\trm -f dist/tws-*.whl\n\t$(BIN)/python -m hatchling build -t wheel" in makefile


def test_of_several_wheels_the_newest_version_is_installed(tmp_path: Path) -> None:
    for version in ("0.9.1", "0.10.0", "0.2.0"):
        (tmp_path / f"tws-{version}-py3-none-any.whl").touch()
    (chosen,) = re.findall(r"wheel=\"(.*)\" \\$", CONTAINERFILE, re.MULTILINE)
    said = f'echo "{chosen.replace("/tmp/wheel", str(tmp_path))}"'
    done = subprocess.run(["sh", "-c", said], capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).name == "tws-0.10.0-py3-none-any.whl"


async def is_well(**environment: str) -> bool:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(HEALTH)),
        env={"PATH": os.environ["PATH"], **environment},
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(DEADLINE):
        return await process.wait() == 0


async def test_a_container_is_well_when_its_server_answers(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    encrypted = {"TWS_TLS_CERTIFICATE": str(certificate), "TWS_TLS_KEY": str(key)}
    for settings in ({}, {**encrypted, "TWS_HOSTS": "tws.company.example,other.example"}):
        async with running_tws(tmp_path, **settings) as server:
            here = {**settings, "TWS_PORT": str(server.port)}
            assert await is_well(**here, http_proxy="http://127.0.0.1:9")
            without = {key: here[key] for key in here if "TLS" not in key}
            assert await is_well(**without) is (not settings)
        assert not await is_well(**here)
