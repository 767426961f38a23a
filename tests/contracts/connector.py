"""What every directory connector must do, whatever its product."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tws.directory.connector import DirectoryConnector, Entry
from tws.sources.errors import ConnectorError
from tws.sources.values import Value


def check_class(kind: type[DirectoryConnector]) -> None:
    """What the administration and the register look at."""
    from_forms = kind.Settings
    assert isinstance(from_forms, type)
    assert kind.public or kind.private
    assert kind.suggested, "the form would begin with an empty mapping"


def check_entries(
    connector: DirectoryConnector,
    expected: Iterable[Mapping[str, Value]],
    mailbox: str | None = None,
) -> None:
    """Everything that the source has, in any order, as often as one asks."""
    wanted = sorted(repr(sorted(one.items())) for one in expected)
    for _ in range(2):
        entries = list(connector.entries(mailbox))
        assert all(isinstance(entry, Entry) for entry in entries)
        for entry in entries:
            for name, value in entry.values.items():
                assert name and value, f"{name!r} is empty: it is to be left out"
                assert isinstance(value, str | bytes | tuple)
        assert sorted(repr(sorted(entry.values.items())) for entry in entries) == wanted


def check_leaves_nothing_open(connector: DirectoryConnector) -> None:
    """A synchronisation that is cancelled half-way leaves no file, socket or thread behind."""
    before, threads = _open(), threading.active_count()
    entries = connector.entries()
    next(entries)
    entries.close()  # type: ignore[attr-defined]
    assert _open() <= before
    assert threading.active_count() <= threads


def check_words(
    error: type[ConnectorError], read: Callable[[], Any], *words: str, secret: str = ""
) -> None:
    """It fails as `error` with these words in it, and says no secret."""
    with pytest.raises(error) as raised:
        read()
    said = f"{raised.value} {raised.value!r} {raised.value.__cause__}"
    for word in words:
        assert word in str(raised.value)
    assert str(raised.value).strip().endswith((".", "?"))
    if secret:
        assert secret not in said


def _open() -> set[str]:
    """What this process has open, but for pipes that come and go with the event loop."""
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.add(os.readlink(each))
        except OSError:
            continue
    return found
