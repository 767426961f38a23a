"""What a page of the live stream has come to, beside what one that is opened now is told."""

from tests.web.house import House
from tests.web.page import Page


async def same_as_a_fresh_one(house: House, page: Page) -> None:
    """Snapshot and changes must come to what a snapshot says now, names being looked up."""
    await house.rooms.bus.settle()
    async with house.page(await house.client(**page.headers)) as fresh:
        await page.until(lambda p: p.state == fresh.state)
