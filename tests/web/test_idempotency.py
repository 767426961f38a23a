"""A request sent again is answered again, and done once."""

import asyncio
import json
from pathlib import Path

import pytest

from tws.bus import Bus
from tws.errors import Invalid, TooMany
from tws.web import idempotency
from tws.web.errors import Problem
from tws.web.idempotency import Answer, Idempotency, command_id, fingerprint
from tws.web.noted import Noted


class Phone:
    """Counts how often it is dialled; each call waits until it is let go."""

    def __init__(self) -> None:
        self.dialled = 0
        self.answered = asyncio.Event()

    async def dial(self) -> Answer:
        self.dialled += 1
        number = self.dialled
        await self.answered.wait()
        return Answer(200, b"%d" % number, "application/json")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock, tmp_path: Path) -> Idempotency:
    return started(clock, tmp_path)


def started(clock: Clock, folder: Path) -> Idempotency:
    """What a process that starts now has."""
    return Idempotency(clock, Noted(folder, clock, clock), Bus())


async def test_a_retry_gets_the_first_answer(keys: Idempotency) -> None:
    phone = Phone()
    phone.answered.set()
    first = await keys.once("alice", "k", "r", phone.dial)
    assert await keys.once("alice", "k", "r", phone.dial) == first
    assert phone.dialled == 1


async def test_a_concurrent_retry_waits_for_the_first(keys: Idempotency) -> None:
    phone = Phone()
    both = [asyncio.ensure_future(keys.once("alice", "k", "r", phone.dial)) for _ in range(2)]
    await asyncio.wait(both, timeout=0, return_when=asyncio.FIRST_COMPLETED)
    phone.answered.set()
    first, second = await asyncio.gather(*both)
    assert first == second and phone.dialled == 1


async def test_the_work_goes_on_when_the_client_leaves(keys: Idempotency) -> None:
    phone = Phone()
    first = asyncio.ensure_future(keys.once("alice", "k", "r", phone.dial))
    await asyncio.wait([first], timeout=0)
    first.cancel()
    await asyncio.wait([first])
    phone.answered.set()
    assert (await keys.once("alice", "k", "r", phone.dial)).body == b"1"
    assert phone.dialled == 1


async def test_another_request_under_the_same_key_is_refused(keys: Idempotency) -> None:
    phone = Phone()
    phone.answered.set()
    await keys.once("alice", "k", "r", phone.dial)
    with pytest.raises(Problem) as caught:
        await keys.once("alice", "k", "other", phone.dial)
    assert caught.value.code == "idempotencyKeyReused"
    assert phone.dialled == 1


async def test_keys_belong_to_their_actor(keys: Idempotency) -> None:
    phone = Phone()
    phone.answered.set()
    await keys.once("alice", "k", "r", phone.dial)
    await keys.once("bob", "k", "r", phone.dial)
    assert phone.dialled == 2
    assert command_id("alice", "k") != command_id("bob", "k")
    assert command_id("alice", "k") == command_id("alice", "k")


async def test_what_was_not_done_may_be_tried_again(keys: Idempotency) -> None:
    async def refuse() -> Answer:
        raise Invalid("No.", field="called")

    phone = Phone()
    phone.answered.set()
    with pytest.raises(Invalid):
        await keys.once("alice", "k", "r", refuse)
    assert (await keys.once("alice", "k", "r", phone.dial)).body == b"1"


async def test_keys_are_forgotten_after_ten_minutes(keys: Idempotency, clock: Clock) -> None:
    phone = Phone()
    phone.answered.set()
    await keys.once("alice", "k", "r", phone.dial)
    clock.now = idempotency.KEPT_FOR - 1
    assert (await keys.once("alice", "k", "r", phone.dial)).body == b"1"
    clock.now = idempotency.KEPT_FOR
    assert (await keys.once("alice", "k", "r", phone.dial)).body == b"2"


async def test_the_next_process_does_nothing_again(
    keys: Idempotency, clock: Clock, tmp_path: Path
) -> None:
    phone = Phone()
    under_way = asyncio.ensure_future(keys.once("alice", "k", "r", phone.dial))
    await asyncio.wait([under_way], timeout=0)
    after = started(clock, tmp_path)
    for _ in range(2):
        answer = await after.once("alice", "k", "r", phone.dial)
        assert (answer.status, json.loads(answer.body)["code"]) == (503, "outcomeUnknown")
    with pytest.raises(Problem) as caught:
        await after.once("alice", "k", "other", phone.dial)
    assert caught.value.code == "idempotencyKeyReused"
    assert phone.dialled == 1
    phone.answered.set()
    await under_way
    assert (await after.once("bob", "k", "r", phone.dial)).body == b"2"


async def test_the_next_process_may_do_what_was_not_done(
    keys: Idempotency, clock: Clock, tmp_path: Path
) -> None:
    async def refuse() -> Answer:
        raise Invalid("No.", field="called")

    phone = Phone()
    phone.answered.set()
    with pytest.raises(Invalid):
        await keys.once("alice", "k", "r", refuse)
    after = started(clock, tmp_path)
    assert (await after.once("alice", "k", "r", phone.dial)).body == b"1"


async def test_a_command_that_was_stopped_may_have_been_sent(
    keys: Idempotency, clock: Clock, tmp_path: Path
) -> None:
    async def stopped() -> Answer:
        raise asyncio.CancelledError

    phone = Phone()
    with pytest.raises(asyncio.CancelledError):
        await keys.once("alice", "k", "r", stopped)
    after = started(clock, tmp_path)
    assert (await after.once("alice", "k", "r", phone.dial)).status == 503
    assert phone.dialled == 0


async def test_memory_is_bounded(keys: Idempotency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "FOR_EACH", 2)
    phone = Phone()
    phone.answered.set()
    for key in ("a", "b"):
        await keys.once("alice", key, "r", phone.dial)
    with pytest.raises(TooMany):
        await keys.once("alice", "c", "r", phone.dial)
    assert (await keys.once("alice", "a", "r", phone.dial)).body == b"1"
    await keys.once("bob", "c", "r", phone.dial)


def test_equal_requests_are_equal_however_written() -> None:
    assert fingerprint("/makeCall", {"a": 1, "b": "2"}) == fingerprint(
        "/makeCall", {"b": "2", "a": 1}
    )
    assert fingerprint("/makeCall", {"a": 1}) != fingerprint("/makeCall", {"a": True})
    assert fingerprint("/makeCall", {"a": 1}) != fingerprint("/holdCall", {"a": 1})
