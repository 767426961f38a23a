"""systemd's own judgement of a unit file: `systemd-analyze`, where this machine has it."""

import shutil
import subprocess
from pathlib import Path
from shutil import which

from tests.peers import PeerMissing


def prepare() -> None:
    """For `require_peer("systemd")`."""
    if which("systemd-analyze") is None:
        raise PeerMissing("no systemd-analyze on this machine")


def verify(*units: Path) -> str:
    """What is wrong with units, or with their drop-ins; empty = nothing."""
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True,
        text=True,
    )
    said = (done.stdout + done.stderr).strip()
    return said or (f"code {done.returncode}" if done.returncode else "")


def exposed(unit: Path, most: float) -> str:
    """What it finds open, where more than `most` of a unit is exposed (0 = none, 10 = all)."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", f"--threshold={round(most * 10)}", unit],
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr if done.returncode else ""


def sysusers(settings: Path, root: Path) -> dict[str, int]:
    """The accounts that `settings` makes on a machine that has none yet, with their numbers."""
    place = root / "etc" / "sysusers.d"
    place.mkdir(parents=True)
    shutil.copy(settings, place / "tws.conf")
    subprocess.run(["systemd-sysusers", f"--root={root}"], check=True, capture_output=True)
    passwords = (root / "etc" / "passwd").read_text().splitlines()
    return {name: int(number) for name, _, number, *_ in (line.split(":") for line in passwords)}
