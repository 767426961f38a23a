"""Folders for files that an input is written to."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it have names of their own


def parent() -> str | None:
    """Where a file costs no disk, if there is such a place."""
    return str(IN_MEMORY) if IN_MEMORY.is_dir() else None


def folder() -> Path:
    """This process's own, gone with it. Under atheris, which ends a process otherwise, whoever
    started it cleans up: it is in the place that `TMPDIR` names."""
    return _of(os.getpid())


@cache
def _of(process: int) -> Path:
    made = Path(tempfile.mkdtemp(prefix=f"tws-fuzz-{process}-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
