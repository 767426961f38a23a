"""A lock between the processes of one machine, which the kernel lets go when its holder dies.

The file says in its first line which process that is.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tws.storage.errors import Held, StorageUnavailable

POLL = 0.05


@asynccontextmanager
async def file_lock(path: Path, wait: float) -> AsyncIterator[None]:
    """Hold the lock of the file at `path`, made if need be; Held after `wait` seconds,
    StorageUnavailable where there can be no file."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageUnavailable(f"cannot open {path}: {error.strerror}") from error
    try:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while not _taken(handle):
            if loop.time() >= deadline:
                raise Held(path, _holder(handle))
            await asyncio.sleep(POLL)
        os.ftruncate(handle, 0)
        os.pwrite(handle, b"%d\n" % os.getpid(), 0)
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    pid = os.pread(handle, 20, 0).strip()
    return f"process {int(pid)}" if pid.isdigit() else "another process"


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
