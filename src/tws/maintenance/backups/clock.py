"""When the next backup is due, on this machine's clock."""

from datetime import UTC, datetime, time, timedelta


def next_at(at: str, now: datetime) -> datetime | None:
    """The first moment after `now` that is `at` (`HH:MM`) here, whatever summer time does; None
    for `off`."""
    if at == "off":
        return None
    when = time.fromisoformat(at)
    today = now.astimezone().date()
    for days in range(3):
        due = _moment(datetime.combine(today + timedelta(days=days), when))
        if due > now:
            return due
    raise AssertionError("no day has that hour")


def _moment(here: datetime) -> datetime:
    """What the clock here shows then; of an hour that is skipped, the one after."""
    due = here.astimezone(UTC)
    if due.astimezone().replace(tzinfo=None) == here:
        return due
    return max(due, here.replace(fold=1).astimezone(UTC))
