"""How the numbers of the clean-up of call logs work together."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.telephony.words import START
from tws.journal.retention import Limits, Logged, LogType, surplus
from tws.telephony.model import LegId

ENTRIES = st.lists(st.tuples(st.sampled_from(LogType), st.integers(0, 60)), max_size=40)
LIMITS = st.builds(
    Limits, most=st.integers(1, 12), days=st.integers(1, 40), least=st.integers(0, 40)
)


def newest_first(entries: list[tuple[LogType, int]]) -> list[Logged]:
    """Of a type, so many days old."""
    aged = sorted(entries, key=lambda entry: entry[1])
    return [
        Logged(LegId(str(n)), kind, START - timedelta(days=days))
        for n, (kind, days) in enumerate(aged)
    ]


def breaks(entry: Logged, log: list[Logged], limits: Limits) -> bool:
    """One of the first two numbers says that it goes."""
    newer = [other for other in log[: log.index(entry)] if other.type is entry.type]
    return len(newer) >= limits.most or entry.created < START - timedelta(days=limits.days)


@given(ENTRIES, LIMITS)
def test_the_minimum_wins_and_nothing_else_stays_too_long(
    entries: list[tuple[LogType, int]], limits: Limits
) -> None:
    log = newest_first(entries)
    gone = set(surplus(log, limits, START))
    kept = [entry for entry in log if entry.id not in gone]
    assert gone <= {entry.id for entry in log}
    assert len(kept) >= min(len(log), limits.least)
    over = [entry for entry in log if breaks(entry, log, limits)]
    assert gone <= {entry.id for entry in over}
    spared = [entry for entry in over if entry.id not in gone]
    assert not spared or len(kept) <= limits.least
    # The newest of those that would go.
    assert spared == over[: len(spared)]
    # The same night again finds nothing to do.
    assert surplus(kept, limits, START) == []


def test_the_guide_s_defaults() -> None:
    """Thirty of each type, and none after thirty days but for the last thirty calls."""
    limits = Limits(most=30, days=30, least=30)
    busy = newest_first([(kind, n % 5) for kind in LogType for n in range(50)])
    assert len(surplus(busy, limits, START)) == len(LogType) * 20
    away = newest_first([(LogType.MISSED, 31 + n) for n in range(40)])
    assert surplus(away, limits, START) == [entry.id for entry in away[30:]]
