"""When the clock of a domain shows an hour."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_time(hour: str, zone: str, after: datetime) -> datetime:
    """The first time after that, in UTC, that the clock of the zone shows HH:MM. One that the
    change to summer time leaves out is shown an hour later."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    while True:
        shown = datetime.combine(day, time.fromisoformat(hour), place).astimezone(UTC)
        if shown > after:
            return shown
        day += timedelta(days=1)
