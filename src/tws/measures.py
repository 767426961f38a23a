"""What /metrics tells of the rooms: read from what they count in memory anyway."""

import gc
from collections.abc import Callable, Iterator, Mapping

from tws.bus import Bus
from tws.journal.service import JournalService
from tws.maintenance.services import Services
from tws.schedule import Schedule
from tws.telemetry import Source
from tws.telephony.counts import LinkCounts
from tws.telephony.network import Network

PER_LINK: tuple[tuple[str, str, Callable[[LinkCounts], Mapping[str, int]]], ...] = (
    ("tws_link_events", "Events a PBX reported", lambda s: s.events),
    ("tws_link_commands", "Commands by outcome", lambda s: s.commands),
    ("tws_link_unexpected", "Events that fit no state", lambda s: s.unexpected),
    ("tws_link_survived", "Irregular messages survived", lambda s: s.survived),
    ("tws_link_carried", "Failures of the network and mistakes of ours", lambda s: s.carried),
)


def sources(
    bus: Bus, schedule: Schedule, network: Network, journal: JournalService, services: Services
) -> Iterator[Source]:
    """What /metrics tells of the rooms."""
    running = network.counted()
    yield Source(
        name="tws_bus_events",
        words="Events published in this process",
        labels=("event",),
        values={(name,): count for name, count in bus.published.items()},
        grows=True,
    )
    yield Source(
        name="tws_bus_dropped",
        words="Events dropped because their queue was full",
        values={(): bus.dropped},
        grows=True,
    )
    yield Source(
        name="tws_bus_waiting",
        words="Events whose handlers are not done with them",
        labels=("event",),
        values={(name,): count for name, count in bus.waiting.items()},
    )
    yield Source(
        name="tws_bus_failures",
        words="Events whose handler failed",
        labels=("event",),
        values={(name,): count for name, count in bus.failed.items()},
        grows=True,
    )
    yield Source(
        name="tws_job_failures",
        words="Jobs that failed",
        labels=("job",),
        values={(name,): count for name, count in schedule.failed.items()},
        grows=True,
    )
    yield Source(
        name="tws_link_up",
        words="1 while a PBX link is up",
        labels=("link",),
        values={(link,): s.up for link, s in running.items()},
    )
    yield Source(
        name="tws_link_devices",
        words="Devices monitored on a link",
        labels=("link",),
        values={(link,): s.monitored for link, s in running.items()},
    )
    yield Source(
        name="tws_link_calls",
        words="Calls of our devices on a link",
        labels=("link",),
        values={(link,): s.calls for link, s in running.items()},
    )
    yield Source(
        name="tws_part_up",
        words="1 while a part of the server runs and does its work",
        labels=("part",),
        values={(part,): up for part, up in services.running()},
    )
    for name, words, counts in PER_LINK:
        yield Source(
            name=name,
            words=words,
            labels=("link", "what"),
            values={
                (link, what): count
                for link, counted in running.items()
                for what, count in counts(counted).items()
            },
            grows=True,
        )
    yield Source(
        name="tws_gc_collections",
        words="Runs of Python's collector, by generation",
        labels=("generation",),
        values={(str(n),): of["collections"] for n, of in enumerate(gc.get_stats())},
        grows=True,
    )
    yield Source(
        name="tws_journal_legs",
        words="Legs of calls: written, refused, waiting to be written, open",
        labels=("what",),
        values={(what,): count for what, count in journal.counters.items()},
    )
