"""Programs that the server tells to start: only those that its administrator listed, and that
whoever sits here has said yes to. No shell is between."""

import json
import ntpath
import posixpath
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from tws.desktop.settings import Failed, put

STARTED, NOT_ALLOWED = "started", "notAllowedHere"
NOT_FOUND, FAILED = "programNotFound", "notStarted"
_BATCH = (".bat", ".cmd")


class Allowed:
    """The second lock: a file of this computer. A program that is in neither of its lists has not
    been asked about."""

    def __init__(self, place: Path) -> None:
        self._file = place / "programs.json"

    def undecided(self, programs: Collection[str]) -> list[str]:
        known = self._read()
        decided = {fold(path) for path in (*known["allowed"], *known["refused"])}
        return [path for path in programs if fold(path) not in decided]

    def decide(self, program: str, yes: bool) -> None:
        """From now on, whatever was said before."""
        known = {
            name: [path for path in paths if fold(path) != fold(program)]
            for name, paths in self._read().items()
        }
        known["allowed" if yes else "refused"].append(program)
        put(self._file, known)

    def has(self, program: str) -> bool:
        return fold(program) in {fold(path) for path in self._read()["allowed"]}

    def _read(self) -> dict[str, list[str]]:
        """Read each time: `tws helper allow` writes it meanwhile."""
        try:
            known: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
            return {name: list(map(str, known[name])) for name in ("allowed", "refused")}
        except FileNotFoundError:
            return {"allowed": [], "refused": []}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Failed(f"{self._file} cannot be read: {error}") from error


def fold(path: str) -> str:
    """By which two paths are the same."""
    if ntpath.splitdrive(path)[0]:
        return path.replace("/", "\\").casefold()
    return path


def start(command: Sequence[str], listed: Collection[str], allowed: Allowed) -> str:
    """What became of it. `listed`: by the server's administrator.

    Each argument is one, whatever is in it: POSIX takes them apart, and for Windows subprocess
    writes them as its programs read them (a batch file would not, so none is started).
    """
    program = command[0] if command else ""
    known = {fold(path) for path in listed}
    full = posixpath.isabs(program) or bool(ntpath.splitdrive(program)[0])
    batch = program.casefold().rstrip(". ").endswith(_BATCH)
    if not full or batch or fold(program) not in known or not allowed.has(program):
        return NOT_ALLOWED
    if not Path(program).is_file():
        return NOT_FOUND
    try:
        _start(list(command))
    except (OSError, ValueError):
        return FAILED
    return STARTED


def _start(command: list[str]) -> None:
    """Apart from us: it goes on when the helper ends, and hears nothing of our terminal."""
    quiet: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "close_fds": True,
    }
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        process = subprocess.Popen(command, shell=False, creationflags=flags, **quiet)  # noqa: S603 - listed by the administrator, allowed by the user
    else:
        process = subprocess.Popen(command, shell=False, start_new_session=True, **quiet)  # noqa: S603 - listed by the administrator, allowed by the user
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    _CHILDREN.append(process)


_CHILDREN: list["subprocess.Popen[bytes]"] = []
"Those that we started: looked at when the next is, so that none stays a zombie."
