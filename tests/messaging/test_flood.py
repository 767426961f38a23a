"""How much one may write at once, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest

from tws.errors import TooMany
from tws.messaging.chat.flood import MOST, Flood
from tws.organisation.actor import UserId

NOW = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
ALICE = UserId("alice")


def test_a_clock_that_is_set_back_makes_nobody_wait() -> None:
    flood = Flood()
    for _ in range(MOST):
        flood.one_more(ALICE, NOW)
    with pytest.raises(TooMany):
        flood.one_more(ALICE, NOW)
    assert flood.types(ALICE, "bob", NOW)
    back = NOW - timedelta(hours=1)
    for _ in range(MOST):
        flood.one_more(ALICE, back)
    with pytest.raises(TooMany) as refused:
        flood.one_more(ALICE, back)
    assert refused.value.details["retry_after"] == 10
    assert flood.types(ALICE, "bob", back)
    assert not flood.types(ALICE, "bob", back)


def test_what_a_clock_took_into_the_future_is_forgotten() -> None:
    flood = Flood()
    flood.one_more(ALICE, NOW)
    flood.types(ALICE, "bob", NOW)
    flood.forget_old(NOW - timedelta(hours=1))
    assert flood.watched == 0 and not flood._typed
