"""Of who flaps, colleagues are told at once, then now and then, and always how it ends."""

from pathlib import Path

from tests.web.calls import answered, ends, rings
from tests.web.house import House, running_house
from tests.web.page import Page
from tests.web.test_presence import intercom, state
from tws.web.live.stream import Limits
from tws.web.rooms import WebSettings

FLAPS = 25
NEVER = 3600.0


async def flap(house: House, hers: Page) -> None:
    """Alice's telephone rings and does not, each time in another turn: her own page is told."""
    for call in range(FLAPS):
        house.report(rings(f"{call}", "4001"))
        await hers.until(lambda page: len(page.calls()) == 1)
        house.report(ends(f"{call}", "4001"))
        await hers.until(lambda page: not page.calls())


def told(page: Page, house: House) -> int:
    """How often the page was told how alice is."""
    key = f"presence/{house.users['alice'].id}"
    return sum(key in frame["set"] for frame in page.frames if frame["type"] == "change")


async def test_what_flaps_is_told_once_in_a_while(database: Path) -> None:
    async with running_house(database, settings=WebSettings(limits=Limits(pace=NEVER))) as house:
        await intercom(house, "alice", "bob")
        alice, bob = await house.program("alice"), await house.program("bob")
        async with house.page(alice) as hers, house.page(bob, "alice", "carol") as his:
            house.report(rings("first", "4001"))
            await his.until(lambda page: state(page, house, "alice") == ("ringing", "telephone"))
            house.report(ends("first", "4001"))
            await hers.until(lambda page: not page.calls())
            await flap(house, hers)
            house.report(rings("his", "4003"))
            await his.until(lambda page: bool(page.calls()))
            assert told(his, house) == 1


async def test_nothing_is_lost_at_the_end(house: House) -> None:
    await intercom(house, "alice", "bob")
    alice, bob = await house.program("alice"), await house.program("bob")
    async with house.page(alice) as hers, house.page(bob, "alice") as his:
        await flap(house, hers)
        house.report(rings("last", "4001"), answered("last", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("busy", "telephone"))
        async with house.page(bob, "alice") as fresh:
            assert state(fresh, house, "alice") == ("busy", "telephone")
        assert told(his, house) < 2 * FLAPS
