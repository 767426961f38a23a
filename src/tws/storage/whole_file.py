"""Small files that are replaced as a whole: a reader finds the one before or the new one."""

import os
from pathlib import Path


def write_whole(file: Path, content: bytes, *, lasting: bool = False) -> None:
    """For this server's user alone. `lasting`: it outlives the machine's fall too, for which the
    disk is waited for. OSError; it blocks."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(content)
        if lasting:
            target.flush()
            os.fsync(target.fileno())
    new.replace(file)
    if lasting:
        on_disk(file.parent)


def on_disk(folder: Path) -> None:
    """Names in it outlive the machine's fall."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
