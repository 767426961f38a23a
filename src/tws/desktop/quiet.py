"""Whether it is quiet: the user wants no notification now. Pure; nothing of the server is imported
here. `tests/quiet_hours.json` keeps it like `tws.push.quiet`."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_quiet(duties: Mapping[str, Any], now: datetime) -> bool:
    """`duties`: as `HelperDutiesValue`. `now`: with its zone."""
    if duties.get("quiet"):
        return True
    hours = duties.get("quietHours")
    if not hours:
        return False
    here = now.astimezone(_zone(str(duties.get("timeZone") or "")))
    time = here.strftime("%H:%M")
    start, end = str(hours["start"]), str(hours["end"])
    today = here.isoweekday() in hours["days"]
    yesterday = (here - timedelta(days=1)).isoweekday() in hours["days"]
    if start < end:
        return today and start <= time < end
    # They go on until the next day; the same hour twice: all day.
    return (today and time >= start) or (yesterday and time < end)


def _zone(name: str) -> tzinfo | None:
    """None, that of this computer, where it knows no zones by name (Windows)."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
