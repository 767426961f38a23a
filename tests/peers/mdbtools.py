"""The programs that read Access files, in a folder."""

import shlex
from functools import cache
from pathlib import Path

from tests.peers.debian import Root, release, unpacked

PROGRAMS = ("mdb-export", "mdb-tables")


def prepare() -> None:
    """Find or unpack mdbtools; raises PeerMissing."""
    root()


@cache
def root() -> Root:
    return unpacked(("odbc-mdbtools", "mdbtools"), (release(),))


def installed(folder: Path) -> Path:
    """A folder for PATH, with the programs in it."""
    folder.mkdir()
    for name in PROGRAMS:
        command = shlex.join(root().command(f"usr/bin/{name}"))
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / name).chmod(0o755)
    return folder
