"""Notifications of the computer, by org.freedesktop.Notifications (Desktop Notifications
Specification 1.2): gdbus speaks to it, else notify-send. Elsewhere nothing is shown: the page does
it.
"""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape
from typing import Protocol

log = logging.getLogger(__name__)
APPLICATION = "TWS"
PLACE = (
    "--session",
    *("--dest", "org.freedesktop.Notifications"),
    *("--object-path", "/org/freedesktop/Notifications"),
)
SHOWN = 10_000
"Milliseconds; what stands until it is closed has 0."
PATIENCE = 5.0
"Seconds."
_ID = re.compile(r"\(uint32 (\d+),?\)")


class Notifier(Protocol):
    def show(
        self, title: str, lines: Sequence[str], *, stays: bool = False, before: int = 0
    ) -> int:
        """Its id, by which it can be closed; 0: it cannot. `stays`: until then. `before`: the id
        of one whose place it takes."""

    def close(self, id: int) -> None: ...


class Nowhere:
    """Where there is no such service: what would be shown is logged."""

    def show(
        self, title: str, lines: Sequence[str], *, stays: bool = False, before: int = 0
    ) -> int:
        log.info("%s", title)
        return 0

    def close(self, id: int) -> None:
        return None


class ByGdbus:
    def __init__(self, program: str) -> None:
        self._program = program

    def show(
        self, title: str, lines: Sequence[str], *, stays: bool = False, before: int = 0
    ) -> int:
        # Texts of GVariant; the service reads markup in the body.
        body = escape("\n".join(lines), quote=False)
        said = self._call(
            "Notify",
            *(
                _text(APPLICATION),
                f"uint32 {before}",
                _text("call-start"),
                _text(title),
                _text(body),
            ),
            *("@as []", "@a{sv} {}", f"int32 {0 if stays else SHOWN}"),
        )
        found = _ID.search(said)
        return int(found[1]) if found else 0

    def close(self, id: int) -> None:
        if id:
            self._call("CloseNotification", f"uint32 {id}")

    def _call(self, method: str, *arguments: str) -> str:
        name = f"org.freedesktop.Notifications.{method}"
        command = [self._program, "call", *PLACE, "--method", name, "--", *arguments]
        return _said(command)


class ByNotifySend:
    def __init__(self, program: str) -> None:
        self._program = program

    def show(
        self, title: str, lines: Sequence[str], *, stays: bool = False, before: int = 0
    ) -> int:
        body = escape("\n".join(lines), quote=False)
        time = str(0 if stays else SHOWN)
        said = _said(
            [
                self._program,
                "-p",
                "-a",
                APPLICATION,
                "-t",
                time,
                *self._place(before),
                "--",
                title,
                body,
            ]
        )
        return int(said) if said.strip().isdigit() else 0

    def close(self, id: int) -> None:
        return None

    @staticmethod
    def _place(before: int) -> tuple[str, ...]:
        return ("-r", str(before)) if before else ()


def notifier() -> Notifier:
    """That of this computer."""
    if (found := shutil.which("gdbus")) is not None:
        return ByGdbus(found)
    if (found := shutil.which("notify-send")) is not None:
        return ByNotifySend(found)
    return Nowhere()


def _text(value: str) -> str:
    """As GVariant's text format has it: its escapes are those of JSON, but of signs that are two
    in UTF-16."""
    told = value.replace("\x00", "").encode(errors="replace").decode()
    return json.dumps(told, ensure_ascii=False)


def _said(command: list[str]) -> str:
    """What it answers; nothing where there is no such service now."""
    try:
        done = subprocess.run(  # noqa: S603 - gdbus or notify-send, without a shell
            command, check=True, capture_output=True, text=True, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("no notification: %s", error)
        return ""
    return done.stdout
