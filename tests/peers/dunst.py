"""A private session bus with dunst on it: a real service of desktop notifications, on an Xvfb."""

import os
import re
import select
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.peers.debian import Root, unpacked
from tests.peers.xvfb import Display

SUITES = ("bookworm", "trixie", "sid")
PACKAGES = ("dunst", "dbus-daemon", "dbus-bin", "libglib2.0-bin")
NAME, PLACE = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
HISTORY = "org.dunstproject.cmd0.NotificationListHistory"
SECONDS = 20
_TEXT = re.compile(r"'(summary|body)': <(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")>")
CLOSING = "type='method_call',member='CloseNotification'"
AT = ("--session", "--dest", NAME, "--object-path", PLACE)
BUS = """<busconfig><type>session</type><listen>unix:path={folder}/bus</listen>
<auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


def prepare() -> None:
    """For `require_peer("dunst")`."""
    root()


@cache
def root() -> Root:
    return unpacked(PACKAGES, SUITES)


@dataclass
class Dunst:
    environment: dict[str, str]
    "Of programs that shall speak to it; `gdbus` is on their PATH."
    closed: "subprocess.Popen[bytes]"
    "Tells each notification that somebody closes."

    def next_closed(self) -> dict[str, str]:
        """The newest that was closed, once one is: its summary and its body."""
        told = self.closed.stdout
        assert told is not None
        line = b""
        while b"member=CloseNotification" not in line:
            assert select.select([told], [], [], SECONDS)[0], "none was closed"
            line = told.readline()
        done = subprocess.run(
            ["gdbus", "call", *AT, "--method", HISTORY],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        found = [(name, one or other) for name, one, other in _TEXT.findall(done.stdout)]
        return dict(found[:2])


@contextmanager
def running_dunst(display: Display) -> Iterator[Dunst]:
    folder = Path(tempfile.mkdtemp(prefix="tws-dunst-"))
    (folder / "bus.conf").write_text(BUS.format(folder=folder))
    (folder / "dunstrc").write_text("[global]\n")
    launcher = folder / "gdbus"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.join(root().command("usr/bin/gdbus"))} "$@"\n')
    launcher.chmod(0o755)
    environment = {
        **os.environ,
        **display.environment,
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
    }
    options = ("--config-file", str(folder / "bus.conf"), "--nofork", "--print-address")
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            bufsize=0,  # what is waited for is not read before
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    try:
        bus = start(*root().command("usr/bin/dbus-daemon", *options))
        assert bus.stdout is not None and bus.stdout.readline(), "the bus did not start"
        start(*root().command("usr/bin/dunst", "-conf", str(folder / "dunstrc")))
        waiting = ("wait", "--session", "--timeout", str(SECONDS), NAME)
        subprocess.run(["gdbus", *waiting], env=environment, check=True)
        watching = start(*root().command("usr/bin/dbus-monitor", "--session", CLOSING))
        assert watching.stdout is not None and watching.stdout.readline(), "nothing is watched"
        yield Dunst(environment, watching)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(SECONDS)
            assert process.stdout is not None
            process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)
