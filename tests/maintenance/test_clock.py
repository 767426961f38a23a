"""When the next backup is due, on the machine's clock."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tws.maintenance.backups.clock import next_at


@pytest.fixture(autouse=True)
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-29T00:30", "2026-11-29T01:00"),
        ("2026-11-29T01:00", "2026-11-30T01:00"),
        ("2026-07-01T12:00", "2026-07-02T00:00"),
        # 02:00 is skipped on the 29th of March 2026, and comes twice on the 25th of October.
        ("2026-03-29T00:10", "2026-03-29T01:00"),
        ("2026-10-24T23:00", "2026-10-25T00:00"),
        ("2026-10-25T00:30", "2026-10-26T01:00"),
    ],
)
def test_two_in_the_morning(now: str, due: str) -> None:
    found = next_at("02:00", datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_never() -> None:
    assert next_at("off", datetime.now(UTC)) is None
