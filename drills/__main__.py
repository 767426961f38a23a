"""`python -m drills [NAME ...]`: run the fault drills, print a table, keep what came of each as
JSON.

Ends with 1 when something was lost, or a goal was missed. A drill that this machine does not
permit says so, and is no failure.
"""

import sys
from collections.abc import Awaitable, Callable

import uvloop

from drills import (
    clock_jump,
    database_away,
    disk_full,
    fail_over,
    memory_short,
    nats_away,
    nats_partitioned,
    node_killed,
    node_paused,
    nodes_without_database,
    pbx_restarted,
    pbx_unreachable,
    rolling_upgrade,
    server_killed,
    server_paused,
    slow_pages,
)
from drills.outcome import HEAD, CannotRun, Outcome, keep, row, told
from tws import telemetry

DRILLS: dict[str, Callable[[], Awaitable[list[Outcome]]]] = {
    "server_killed": server_killed.run,
    "server_paused": server_paused.run,
    "database_away": database_away.run,
    "node_killed": node_killed.run,
    "node_paused": node_paused.run,
    "nats_away": nats_away.run,
    "nats_partitioned": nats_partitioned.run,
    "rolling_upgrade": rolling_upgrade.run,
    "fail_over": fail_over.run,
    "nodes_without_database": nodes_without_database.run,
    "pbx_restarted": pbx_restarted.run,
    "pbx_unreachable": pbx_unreachable.run,
    "disk_full": disk_full.run,
    "memory_short": memory_short.run,
    "clock_jump": clock_jump.run,
    "slow_pages": slow_pages.run,
}


async def run(names: list[str]) -> bool:
    """Whether everything that could run met its goals."""
    met = True
    print(row(HEAD))
    for name in names:
        try:
            outcomes = await DRILLS[name]()
        except CannotRun as why:
            print(f"{name}: not run: {why}", flush=True)
            continue
        keep(name, outcomes)
        for outcome in outcomes:
            print(told(outcome), flush=True)
            met = met and outcome.met
    return met


def main() -> None:
    names = sys.argv[1:] or list(DRILLS)
    if unknown := set(names) - DRILLS.keys():
        sys.exit(f"no such drill: {', '.join(sorted(unknown))}; there are {', '.join(DRILLS)}")
    telemetry.set_up(level="error")
    sys.exit(0 if uvloop.run(run(names)) else 1)


if __name__ == "__main__":
    main()
