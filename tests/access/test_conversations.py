"""Conversations of NTLM: few of an address, good once, and over when nobody goes on."""

import asyncio

import pytest

from tws.access import conversations
from tws.access.conversations import Conversations, begins
from tws.access.negotiator import TicketRefused
from tws.errors import TooMany
from tws.protocols.ntlm import SIGNATURE

FIRST, LAST = SIGNATURE + b"\1\0\0\0", SIGNATURE + b"\3\0\0\0"


class Kept:
    """What is open, and what came to nothing."""

    def __init__(self, most: int = 10, of_address: int = 2) -> None:
        self.ended: list[str] = []
        self.open = Conversations[str](most=most, of_address=of_address, end=self.ended.append)

    def begin(self, connection: str, address: str, of: str) -> None:
        self.open.begin(connection, address, of)
        self.open.wait(connection, of)


@pytest.fixture
async def kept() -> Kept:
    return Kept()


async def test_who_begins_more_than_his_share_pushes_out_his_own(kept: Kept) -> None:
    kept.begin("there 1", "there", "theirs")
    for n in range(4):
        kept.begin(f"here {n}", "here", f"ours {n}")
    assert list(kept.open) == ["theirs", "ours 2", "ours 3"]
    assert kept.ended == ["ours 0", "ours 1"]


async def test_nobody_else_is_pushed_out() -> None:
    kept = Kept(most=2)
    kept.begin("a 1", "a", "a")
    kept.begin("b 1", "b", "b")
    with pytest.raises(TooMany):
        kept.begin("c 1", "c", "c")
    assert list(kept.open) == ["a", "b"]


async def test_one_is_good_once_and_only_behind_its_challenge(kept: Kept) -> None:
    kept.begin("here 1", "here", "one")
    assert kept.open.take("here 1") == "one"
    kept.open.begin("here 2", "here", "unasked")
    for connection in ("here 1", "here 2"):
        with pytest.raises(TicketRefused):
            kept.open.take(connection)
    assert kept.ended == ["unasked"]


async def test_what_another_one_took_the_place_of_ends(kept: Kept) -> None:
    kept.open.begin("here 1", "here", "old")
    kept.begin("here 1", "here", "new")
    kept.open.wait("here 1", "old")
    assert list(kept.open) == ["new"] and set(kept.ended) == {"old"}


async def test_it_is_over_when_nobody_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    over = asyncio.Event()
    monkeypatch.setattr(conversations, "LASTS", 0.01)
    open = Conversations[str](most=1, of_address=1, end=lambda _: over.set())
    open.begin("here 1", "here", "one")
    open.wait("here 1", "one")
    async with asyncio.timeout(30):
        await over.wait()
    assert not list(open)


def test_a_message_begins_or_ends_one_on_a_connection_that_is_known() -> None:
    assert begins(FIRST, "here 1") and not begins(LAST, "here 1")
    for token, connection in ((FIRST, ""), (FIRST + bytes(20_000), "here 1"), (b"x", "here 1")):
        with pytest.raises(TicketRefused):
            begins(token, connection)
