"""When a directory is to be synchronised next (specification 8.2.1). Pure."""

from datetime import datetime

from tws.organisation import timetable
from tws.organisation.model import Directory, DirectoryKind


def due(directory: Directory, hour: str, zone: str, begun: datetime | None) -> datetime | None:
    """As `tws.organisation.timetable.due`; None for one that is read from nowhere, too."""
    if directory.built_in is not None or directory.kind is DirectoryKind.DISABLED:
        return None
    return timetable.due(directory.schedule, directory.minutes, hour, zone, begun)
