"""`python -m bench [NAME ...]`: run the benchmarks, print their figures, keep them as JSON.

Ends with 1 when a figure misses its target, or could not be measured.
"""

import sys
from collections.abc import Awaitable, Callable

import uvloop

from bench import (
    api_reads,
    asterisk_event,
    authorisations,
    caller_opening,
    contacts,
    contacts_postgresql,
    excel_reading,
    fan_out,
    large_backup,
    large_cleaning,
    large_journal,
    ldap_reading,
    live_stream,
    logins,
    many_devices,
    presence_stream,
    start,
    user_import,
)
from bench.figures import Figure, keep
from bench.soak import curve
from tws import telemetry

BENCHMARKS: dict[str, Callable[[], Awaitable[list[Figure]]]] = {
    "start": start.measure,
    "many_devices": many_devices.measure,
    "live_stream": live_stream.measure,
    "presence_stream": presence_stream.measure,
    "fan_out": fan_out.measure,
    "caller_opening": caller_opening.measure,
    "api_reads": api_reads.measure,
    "curve": curve.measure,
    "logins": logins.measure,
    "asterisk_event": asterisk_event.measure,
    "authorisations": authorisations.measure,
    "excel_reading": excel_reading.measure,
    "ldap_reading": ldap_reading.measure,
    "user_import": user_import.measure,
    "contacts": contacts.measure,
    "contacts_postgresql": contacts_postgresql.measure,
    "large_journal": large_journal.measure,
    "large_cleaning": large_cleaning.measure,
    "large_backup": large_backup.measure,
}
BY_NAME_ONLY = {
    "contacts_million": contacts_postgresql.measure_million,
    "large_journal_10m": large_journal.measure_10m,
    "large_cleaning_10m": large_cleaning.measure_10m,
    "large_backup_10m": large_backup.measure_10m,
}
"Too long for every day."


async def run(names: list[str]) -> bool:
    """Whether every figure was measured and met its target."""
    met = True
    for name in names:
        benchmark = (BENCHMARKS | BY_NAME_ONLY)[name]
        print(f"\n{name}: {(sys.modules[benchmark.__module__].__doc__ or '').splitlines()[0]}")
        figures = await benchmark()
        for figure in figures:
            print(f"  {figure}")
        keep(name, figures)
        met = met and bool(figures) and all(figure.met is not False for figure in figures)
    return met


def main() -> None:
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := set(names) - {*BENCHMARKS, *BY_NAME_ONLY}:
        there = ", ".join([*BENCHMARKS, *BY_NAME_ONLY])
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are {there}")
    telemetry.set_up(level="warning")
    sys.exit(0 if uvloop.run(run(names)) else 1)


if __name__ == "__main__":
    main()
