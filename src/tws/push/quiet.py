"""Whether it is quiet for a user (decision 0078): `frontend/src/shared/time/quiet.ts`
has the same for the page itself, and `tws.desktop.quiet` for the helper, which stands alone;
`tests/quiet_hours.json` keeps them alike."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tws.organisation.preferences.choices import Choices, QuietHours


def is_quiet(chosen: Choices, at: datetime, zone: str) -> bool:
    """By the switch or by the hours; `zone`: of the domain."""
    if chosen.quiet:
        return True
    hours = chosen.quiet_hours
    return hours is not None and is_within(hours, at.astimezone(ZoneInfo(zone)))


def is_within(hours: QuietHours, there: datetime) -> bool:
    """`there`: what the clock shows. Hours that end before they begin go on until the next day."""
    time, day = there.strftime("%H:%M"), there.isoweekday()
    if hours.start < hours.end:
        return day in hours.days and hours.start <= time < hours.end
    yesterday = day - 1 or 7
    return (day in hours.days and hours.start <= time) or (
        yesterday in hours.days and time < hours.end
    )
