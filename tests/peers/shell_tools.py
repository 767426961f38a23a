"""curl and jq, with which the toolkit's examples are written: this machine's own, else Debian's.

`folder()` is to be put in front of PATH.
"""

import os
import shlex
import shutil
from functools import cache
from pathlib import Path

from tests.peers.debian import cache_folder, unpacked

TOOLS = ("curl", "jq")
SUITES = ("bookworm", "trixie", "sid")


def prepare() -> None:
    """For `require_peer("shell_tools")`."""
    folder()


@cache
def folder() -> Path:
    """A folder of launchers for what is missing here, often empty. Raises PeerMissing."""
    launchers = cache_folder() / "shell-tools"
    launchers.mkdir(parents=True, exist_ok=True)
    for tool in TOOLS:
        if shutil.which(tool) is None:
            command = shlex.join(unpacked([tool], SUITES).command(f"usr/bin/{tool}"))
            launcher = launchers / f"{tool}.{os.getpid()}"
            launcher.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
            launcher.chmod(0o755)
            launcher.rename(launchers / tool)  # whole, for whoever runs it at this moment
    return launchers
