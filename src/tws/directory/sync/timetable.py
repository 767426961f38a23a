"""When a directory is to be synchronised next (specification 8.2.1). Pure."""

from datetime import UTC, datetime, timedelta

from tws.organisation.daily import next_time
from tws.organisation.model import Directory, DirectoryKind, SyncSchedule


def due(directory: Directory, hour: str, zone: str, begun: datetime | None) -> datetime | None:
    """The next moment in UTC, which may have passed; None = only when somebody asks for it.

    `hour`: HH:MM of the daily ones, in the time zone of the domain. `begun`: when it was last
    begun, whatever became of it; None = never: it is due at once.
    """
    if directory.built_in is not None or directory.kind is DirectoryKind.DISABLED:
        return None
    match directory.schedule:
        case SyncSchedule.MANUAL:
            return None
        case SyncSchedule.INTERVAL if begun is not None:
            return begun + timedelta(minutes=directory.minutes)
        case SyncSchedule.DAILY if begun is not None:
            return next_time(hour, zone, begun)
        case _:
            return datetime.min.replace(tzinfo=UTC)
