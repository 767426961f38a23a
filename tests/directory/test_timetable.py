"""When a directory is due."""

from datetime import UTC, datetime, timedelta

import pytest

from tws.directory.sync.timetable import due
from tws.organisation.actor import CompanyId, DirectoryId, DomainId
from tws.organisation.model import Directory, DirectoryKind, SyncSchedule

PARIS = "Europe/Paris"
BEGUN = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


def directory(schedule: SyncSchedule, **fields: object) -> Directory:
    return Directory(
        **{  # type: ignore[arg-type]
            "id": DirectoryId("d"),
            "version": 1,
            "company": CompanyId("c"),
            "domain": DomainId("p"),
            "name": "Customers",
            "kind": DirectoryKind.PUBLIC,
            "connector": "csv",
            "priority": 1,
            "schedule": schedule,
            **fields,
        }
    )


def test_manual_ones_wait_to_be_asked() -> None:
    assert due(directory(SyncSchedule.MANUAL), "03:00", PARIS, None) is None


@pytest.mark.parametrize("schedule", [SyncSchedule.DAILY, SyncSchedule.INTERVAL])
def test_what_was_never_read_is_due_at_once_and_a_disabled_one_never(
    schedule: SyncSchedule,
) -> None:
    at = due(directory(schedule), "03:00", PARIS, None)
    assert at is not None and at < BEGUN
    disabled = directory(schedule, kind=DirectoryKind.DISABLED)
    assert due(disabled, "03:00", PARIS, None) is None


def test_an_interval_counts_from_the_last_beginning() -> None:
    at = due(directory(SyncSchedule.INTERVAL, minutes=45), "03:00", PARIS, BEGUN)
    assert at == BEGUN + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("begun", "hour", "expected"),
    [
        # Summer time in Paris is two hours ahead of UTC.
        (BEGUN, "13:00", datetime(2026, 6, 1, 11, 0, tzinfo=UTC)),
        (BEGUN, "12:00", datetime(2026, 6, 2, 10, 0, tzinfo=UTC)),
        (BEGUN, "03:00", datetime(2026, 6, 2, 1, 0, tzinfo=UTC)),
        # 02:30 is not shown on the day that summer time begins: an hour later.
        (
            datetime(2026, 3, 28, 12, 0, tzinfo=UTC),
            "02:30",
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
        # ... and shown twice on the day that it ends: the first time.
        (
            datetime(2026, 10, 24, 12, 0, tzinfo=UTC),
            "02:30",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_daily_ones_go_by_the_domains_clock(
    begun: datetime, hour: str, expected: datetime
) -> None:
    assert due(directory(SyncSchedule.DAILY), hour, PARIS, begun) == expected
