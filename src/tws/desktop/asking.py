"""Asking whoever sits there whether a program may be started: at the terminal, or in a dialog."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

MB_YESNO, MB_ICONQUESTION, IDYES = 0x4, 0x20, 6
Ask = Callable[[str], bool | None]
"True or False as they say; None: nobody could be asked."


def at_terminal(question: str) -> bool | None:
    if not sys.stdin.isatty():
        return None
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "o", "oui")


def by_dialog(question: str) -> bool | None:
    if sys.platform == "win32":
        box = ctypes.windll.user32.MessageBoxW
        return bool(box(None, question, "TWS", MB_YESNO | MB_ICONQUESTION) == IDYES)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    for program, arguments in (
        ("zenity", ("--question", "--title=TWS", "--no-markup", f"--text={question}")),
        ("kdialog", ("--title", "TWS", "--yesno", question)),
    ):
        if (found := shutil.which(program)) is not None:
            return _answered([found, *arguments])
    return None


def _answered(command: list[str]) -> bool | None:
    """0: yes, 1: no, anything else: it could not be shown."""
    try:
        code = subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603 - a dialog, without a shell
    except OSError:
        return None
    return code == 0 if code in (0, 1) else None
