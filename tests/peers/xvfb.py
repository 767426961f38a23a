"""A private X server without a screen (Xvfb), and hands at it: xdotool for keys, xclip for what is
selected. Debian's, unpacked into a folder.

The server runs xkbcomp, by a path in its program: `/usr/bin` there is changed for one from the
folder in which it is started.
"""

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.peers.debian import Root, cache_folder, unpacked

SUITES = ("bookworm", "trixie", "sid")
PACKAGES = ("xvfb", "xdotool", "xclip", "x11-xkb-utils", "xkb-data")
BOOT = 20
"Seconds."
BINARIES, NEAR = b"\0/usr/bin\0", b"\0usr/bin\0\0"


def prepare() -> None:
    """For `require_peer("xvfb")`."""
    _server()


@cache
def root() -> Root:
    return unpacked(PACKAGES, SUITES)


@cache
def _server() -> Path:
    """The program, which looks for xkbcomp in a folder of ours."""
    place = cache_folder() / "xvfb-started"
    (place / "usr/bin").mkdir(parents=True, exist_ok=True)
    compiler = shlex.join(root().command("usr/bin/xkbcomp"))
    program = (root().path / "usr/bin/Xvfb").read_bytes().replace(BINARIES, NEAR)
    for name, content in (
        ("usr/bin/xkbcomp", f'#!/bin/sh\nexec {compiler} "$@"\n'.encode()),
        ("Xvfb", program),
    ):
        new = place / f"{name}.{os.getpid()}"
        new.write_bytes(content)
        new.chmod(0o755)
        new.rename(place / name)  # whole, for whoever runs it at this moment
    return place


@dataclass(frozen=True)
class Display:
    name: str
    "As `:99`."

    @property
    def environment(self) -> dict[str, str]:
        return {"DISPLAY": self.name}

    def press(self, *keys: str) -> None:
        """Each a combination of xdotool, such as `ctrl+F12`."""
        self._run("usr/bin/xdotool", "key", "--clearmodifiers", *keys)

    @contextmanager
    def selected(self, text: str) -> Iterator[None]:
        """Somebody has marked this text: it is the PRIMARY selection meanwhile."""
        owner = subprocess.Popen(
            [*root().command("usr/bin/xclip"), "-quiet", "-selection", "primary"],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert owner.stdin is not None and owner.stderr is not None
        try:
            owner.stdin.write(text.encode())
            owner.stdin.close()
            owner.stderr.readline()  # it says when it waits for who asks
            yield
        finally:
            owner.terminate()
            owner.wait(BOOT)
            owner.stderr.close()

    def _run(self, program: str, *arguments: str) -> None:
        environment = {**os.environ, **self.environment}
        subprocess.run(root().command(program, *arguments), check=True, env=environment)


@contextmanager
def running_xvfb() -> Iterator[Display]:
    """A free display. It says itself which one, once it is there."""
    place = _server()
    reading, writing = os.pipe()
    start = root().command("usr/bin/Xvfb")
    start[-1] = str(place / "Xvfb")
    data = root().path / "usr/share/X11/xkb"
    options = ("-displayfd", str(writing), "-nolisten", "tcp", "-xkbdir", str(data))
    process = subprocess.Popen(
        [*start, *options, "-screen", "0", "640x480x24"],
        cwd=place,
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            assert process.stderr is not None
            raise RuntimeError(process.stderr.read().decode(errors="replace"))
        yield Display(f":{number}")
    finally:
        process.terminate()
        process.wait(BOOT)
        assert process.stderr is not None
        process.stderr.close()
