"""Who is looked at together."""

import asyncio

from tws.rules.model import Place
from tws.rules.turns import AT_ONCE, Turns


class Asking:
    """Telephones of which a PBX is asked something that it does not answer."""

    def __init__(self) -> None:
        self.turns, self.begun = Turns(), asyncio.Queue[Place]()

    async def ask(self, place: Place) -> None:
        async with self.turns.at(place):
            self.begun.put_nowait(place)
            await asyncio.Event().wait()

    async def next(self) -> Place:
        return await asyncio.wait_for(self.begun.get(), 5)


async def test_a_pbx_that_does_not_answer_holds_up_nobody_on_another() -> None:
    asking = Asking()
    silent = [Place("silent", str(4000 + at)) for at in range(3 * AT_ONCE)]
    tasks = [asyncio.create_task(asking.ask(place)) for place in silent]
    assert [await asking.next() for _ in range(AT_ONCE)] == silent[:AT_ONCE]
    tasks.append(asyncio.create_task(asking.ask(Place("other", "4000"))))
    assert await asking.next() == Place("other", "4000")
    assert asking.begun.empty()  # of the silent one only so many
    tasks[3].cancel()
    assert await asking.next() == silent[AT_ONCE]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_telephone_is_looked_at_once_at_a_time() -> None:
    asking, place = Asking(), Place("link", "4000")
    first, second = [asyncio.create_task(asking.ask(place)) for _ in range(2)]
    assert await asking.next() == place
    assert asking.begun.empty()
    first.cancel()
    assert await asking.next() == place
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
