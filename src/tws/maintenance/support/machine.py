"""What the process and its machine are, and what they do now: no values, no people."""

import asyncio
import os
import platform
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from types import FrameType
from typing import Any

from tws import __version__
from tws.config import Settings
from tws.storage.database import without_password

SECRET = frozenset(name for name, of in Settings.model_fields.items() if of.repr is False)
"Settings that are never told; of the database everything but the password is."


def versions() -> Mapping[str, Any]:
    packages = {one.metadata["Name"]: one.version for one in distributions()}
    return {
        "tws": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "sqlite": sqlite3.sqlite_version,
        "packages": dict(sorted(packages.items(), key=lambda one: one[0].lower())),
    }


def settings_of(settings: Settings) -> Mapping[str, Any]:
    """With `(set)` in the place of what is secret."""
    found: dict[str, Any] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if name == "database":
            found[name] = without_password(value)
        elif name in SECRET:
            found[name] = None if value is None else "(set)"
        elif name == "nats":
            found[name] = [nameless(one) for one in value]
        elif isinstance(value, tuple):
            found[name] = [str(one) for one in value]
        else:
            plain = value is None or isinstance(value, bool | int)
            found[name] = value if plain else str(value)
    return found


def nameless(url: str) -> str:
    """Without who signs in, and by what password."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def stacks() -> str:
    """Where each thread and task is: files, lines and functions, nothing of what they hold."""
    named = {thread.ident: thread.name for thread in threading.enumerate()}
    parts = []
    for ident, frame in sys._current_frames().items():
        parts.append(f"thread {named.get(ident, ident)}\n" + "".join(_places(frame)))
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # no loop runs here
        tasks = set()
    for task in tasks:
        coroutine = getattr(task.get_coro(), "__qualname__", "?")
        frames = "".join(place for frame in task.get_stack() for place in _place(frame))
        parts.append(f"task {coroutine}\n{frames}")
    return "\n".join(parts)


def _places(frame: FrameType) -> Iterator[str]:
    for one, line in traceback.walk_stack(frame):
        yield from _place(one, line)


def _place(frame: FrameType, line: int | None = None) -> Iterator[str]:
    code = frame.f_code
    yield f"  {code.co_filename}:{line or frame.f_lineno} {code.co_qualname}\n"
