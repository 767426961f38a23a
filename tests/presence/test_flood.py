"""How often one may say something else of oneself, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest

from tws.errors import TooMany
from tws.organisation.actor import UserId
from tws.presence.flood import MOST, WITHIN, Flood

NOW = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
ALICE = UserId("alice")


def test_a_clock_that_is_set_back_makes_nobody_wait() -> None:
    flood = Flood()
    for _ in range(MOST):
        flood.one_more(ALICE, NOW)
    with pytest.raises(TooMany) as refused:
        flood.one_more(ALICE, NOW + WITHIN / 2)
    assert refused.value.details["retry_after"] == 5
    flood.one_more(UserId("bob"), NOW)
    flood.one_more(ALICE, NOW - timedelta(hours=1))


def test_after_a_while_there_is_room_again() -> None:
    flood = Flood()
    for second in range(3 * MOST):
        flood.one_more(ALICE, NOW + second * WITHIN / MOST)
    with pytest.raises(TooMany):
        flood.one_more(ALICE, NOW + (3 * MOST - 1) * WITHIN / MOST)
