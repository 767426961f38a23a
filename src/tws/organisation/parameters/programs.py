"""The programs that an administrator lets templates start (`exe=`, 9.2.1). Pure.

A program is named by its full path, of Windows or of POSIX, and by nothing else: what is looked up
in a search path could be another one. A shell is no such program: it would read the values of a
caller as commands; nor is a batch file, which Windows hands to one.
"""

import re
from collections.abc import Collection

from tws.forms import WrongValue

JOINED = "|"
"Between paths: it stands in no path of Windows."
_WINDOWS = re.compile(r"[A-Za-z]:[\\/][^\"<>|?*\x00-\x1f]+|\\\\[^\"<>|?*\x00-\x1f]+")
_POSIX = re.compile(r"/[^\x00-\x1f|\"]+")
_BATCH = (".bat", ".cmd")
_SHELLS = frozenset(
    {
        *("cmd", "powershell", "pwsh", "wscript", "cscript", "mshta", "rundll32"),
        *("sh", "bash", "dash", "zsh", "ksh", "fish", "env", "sudo", "busybox"),
    }
)


def of_windows(path: str) -> bool:
    return _WINDOWS.fullmatch(path) is not None


def fold(path: str) -> str:
    """By which two paths are the same: Windows takes either stroke and either case."""
    return path.replace("/", "\\").casefold() if of_windows(path) else path


def listed(text: str) -> tuple[str, ...]:
    """The paths of a value of `AlerterPrograms`, each once."""
    return tuple(dict.fromkeys(path for one in text.split(JOINED) if (path := one.strip())))


def is_listed(program: str, paths: Collection[str]) -> bool:
    return fold(program) in {fold(path) for path in paths}


def check(text: str) -> None:
    """WrongValue with words for what is no list of programs."""
    for path in listed(text):
        steps = re.split(r"[\\/]", path)
        if not (of_windows(path) or _POSIX.fullmatch(path)) or ".." in steps or not steps[-1]:
            raise WrongValue("value", "{path} is no full path of a program", path=path)
        name = steps[-1].casefold()
        if name.endswith(_BATCH) or name.removesuffix(".exe") in _SHELLS:
            raise WrongValue(
                "value",
                "{path} would read the values of a caller as commands: name a program itself",
                path=path,
            )
