"""When something is due by the clock of a domain (specification 7.2, 8.2.1, 10). Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tws.organisation.model import SyncSchedule


def due(
    schedule: SyncSchedule, minutes: int, hour: str, zone: str, begun: datetime | None
) -> datetime | None:
    """The next moment in UTC, which may have passed; None = only when somebody asks for it.

    `minutes`: of an interval. `hour`: HH:MM of the daily ones, in the time zone of the domain.
    `begun`: when it was last begun, whatever became of it; None = never: it is due at once.
    """
    match schedule:
        case SyncSchedule.MANUAL:
            return None
        case SyncSchedule.INTERVAL if begun is not None:
            return begun + timedelta(minutes=minutes)
        case SyncSchedule.DAILY if begun is not None:
            return next_time(hour, zone, begun)
        case _:
            return datetime.min.replace(tzinfo=UTC)


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
