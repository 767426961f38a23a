"""The folder of the backups: what is there, how long it is kept, and the second place."""

import contextlib
import os
import re
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from tws.maintenance.backups.archive import about
from tws.maintenance.backups.making import SUFFIX
from tws.maintenance.backups.model import BackupFile, Why
from tws.storage.whole_file import on_disk

NAME = re.compile(rf"[\w-]{{1,80}}{re.escape(SUFFIX)}")


def listed(folder: Path) -> list[BackupFile]:
    """Newest first; OSError where the folder is there and cannot be read."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for path in folder.iterdir():
            if NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                said, encrypted = about(path)
                found.append(
                    BackupFile(
                        name=path.name,
                        size=path.stat().st_size,
                        about=said,
                        encrypted=encrypted,
                    )
                )
    return sorted(found, key=lambda one: one.name, reverse=True)


def newest(folder: Path) -> datetime | None:
    """The moment whose data the newest one has that can be read; OSError as of `listed`."""
    try:
        names = sorted((path.name for path in folder.iterdir()), reverse=True)
    except FileNotFoundError:
        return None
    for name in names:
        path = folder / name
        if NAME.fullmatch(name) and path.is_file() and not path.is_symlink():
            if (said := about(path)[0]) is not None:
                return said.taken
    return None


def prune(folder: Path, keep: int) -> None:
    """The oldest go of those made by the clock; what somebody asked for stays."""
    made = [one for one in listed(folder) if one.about and one.about.why is Why.SCHEDULED]
    for one in made[keep:]:
        (folder / one.name).unlink(missing_ok=True)


def copy(path: Path, folder: Path, keep: int) -> None:
    """To the second place, whole or not at all. OSError; a folder that is not there is not made:
    a share that is not mounted would be filled where it should be."""
    part = folder / f".{path.name}.part"
    try:
        with (
            path.open("rb") as source,
            open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target,
        ):
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        part.replace(folder / path.name)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # shares know no such thing
        on_disk(folder)
    prune(folder, keep)


def try_out(folder: Path) -> None:
    """Write a small file there and delete it. OSError."""
    path = folder / f".tws-test-{secrets.token_hex(8)}{SUFFIX}.part"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(b"A test of TWS.\n")
            file.flush()
            os.fsync(file.fileno())
    finally:
        path.unlink()


def forget_parts(folder: Path) -> None:
    """Of one that was ended by force."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f".*{SUFFIX}.part"):
            left.unlink(missing_ok=True)
