"""Of the links to PBXs: how each stands, what it carries, how fast it answers."""

from collections.abc import Callable, Iterator, Mapping

from tws.organisation.registry import Registry
from tws.telemetry import Source
from tws.telephony.counts import LinkCounts
from tws.telephony.events import LinkStatus
from tws.telephony.model import LinkId, LinkState
from tws.telephony.network import Network

STATUS: tuple[tuple[str, str, Callable[[LinkStatus], float]], ...] = (
    ("tws_link_up", "1 while a PBX link is up", lambda s: s.state is LinkState.UP),
    ("tws_link_devices", "Devices monitored on a link", lambda s: s.monitored),
    ("tws_link_waiting", "Devices that wait to be monitored on a link", lambda s: s.waiting),
    ("tws_link_capacity", "Devices that a link may monitor at once", lambda s: s.capacity),
    (
        "tws_link_state_since_timestamp_seconds",
        "Since when a link is as it is",
        lambda s: s.since.timestamp(),
    ),
)
COUNTED: tuple[tuple[str, str, Callable[[LinkCounts], float]], ...] = (
    ("tws_link_starts", "How often a link came up", lambda s: s.starts),
    ("tws_link_received_bytes", "Bytes from the PBX", lambda s: s.received),
    ("tws_link_sent_bytes", "Bytes to the PBX", lambda s: s.sent),
)
PER_LINK: tuple[tuple[str, str, Callable[[LinkCounts], Mapping[str, int]]], ...] = (
    ("tws_link_events", "Events a PBX reported", lambda s: s.events),
    ("tws_link_commands", "Commands by outcome", lambda s: s.commands),
    ("tws_link_unexpected", "Events that fit no state", lambda s: s.unexpected),
    ("tws_link_survived", "Irregular messages survived", lambda s: s.survived),
    ("tws_link_carried", "Failures of the network and mistakes of ours", lambda s: s.carried),
)


def sources(network: Network, registry: Registry) -> Iterator[Source]:
    running, statuses = network.counted(), network.own_statuses()
    rows = registry.links
    yield Source(
        name="tws_link_info",
        words="1; the name of a link, and how its PBX is spoken to",
        labels=("link", "name", "dialect"),
        values={(row.id, row.name, row.dialect): 1 for row in rows.values()},
    )
    yield Source(
        name="tws_link_enabled",
        words="1 where a link is to be up",
        labels=("link",),
        values={(row.id,): row.enabled for row in rows.values()},
    )
    yield Source(
        name="tws_link_state",
        words="1 for the state that a link is in, 0 for the others",
        labels=("link", "state"),
        values={
            (status.link, state.value): status.state is state
            for status in statuses
            for state in LinkState
        },
    )
    for name, words, of_status in STATUS:
        yield Source(
            name=name,
            words=words,
            labels=("link",),
            values={(status.link,): of_status(status) for status in statuses},
        )
    yield Source(
        name="tws_link_calls",
        words="Calls of our devices on a link",
        labels=("link",),
        values={(link,): s.calls for link, s in running.items()},
    )
    yield from _counted(running)


def _counted(running: Mapping[LinkId, LinkCounts]) -> Iterator[Source]:
    """Since each link was started here."""
    for name, words, count in COUNTED:
        yield Source(
            name=name,
            words=words,
            labels=("link",),
            values={(link,): count(s) for link, s in running.items()},
            grows=True,
        )
    for name, words, counts in PER_LINK:
        yield Source(
            name=name,
            words=words,
            labels=("link", "what"),
            values={
                (link, what): number
                for link, counted in running.items()
                for what, number in counts(counted).items()
            },
            grows=True,
        )
    yield Source(
        name="tws_link_command_seconds",
        words="How long the PBX took to answer commands, by what came of them",
        labels=("link", "outcome"),
        times={
            (link, *outcome): seconds
            for link, s in running.items()
            for outcome, seconds in s.command_seconds.items()
        },
    )
