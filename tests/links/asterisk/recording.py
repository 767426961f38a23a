"""Records what a real Asterisk says while phones call: `python -m tests.links.asterisk.recording`.

Each scene becomes tests/captures/ami/<scene>.ami (bytes as received) and .events (what they mean).
Calls are placed by phones only, so that the bytes can be played to any driver.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.links.asterisk.conftest import USERS, Lab
from tests.links.asterisk.pump import pumped
from tests.peers.asterisk import running_asterisk
from tests.peers.phones import Phone, PhoneCall, running_phones
from tws.telephony.model import ConnectionState as S

CAPTURES = Path(__file__).parents[2] / "captures/ami"
Scene = Callable[[Lab], Awaitable[None]]


async def _talk(lab: Lab, one: Phone, other: Phone, to: str | None = None) -> PhoneCall:
    call = await one.dial(to or other.user)
    await (await other.rings()).answer()
    await call.until("confirmed")
    await lab.pump.state(other.user, S.CONNECTED)
    return call


async def call(lab: Lab) -> None:
    await (await _talk(lab, lab.a, lab.b)).hang_up()


async def cancelled(lab: Lab) -> None:
    ringing = await lab.a.dial("1002")
    await lab.b.rings()
    await lab.pump.state("1002", S.ALERTING)
    await ringing.hang_up()


async def busy(lab: Lab) -> None:
    await lab.b.behave(refuse=486)
    await (await lab.a.dial("1002")).until("gone")


async def hold(lab: Lab) -> None:
    held = await _talk(lab, lab.a, lab.b)
    await held.hold()
    await lab.pump.state("1001", S.HOLD)
    await held.resume()
    await lab.pump.state("1001", S.CONNECTED)
    await held.hang_up()


async def blind_transfer(lab: Lab) -> None:
    first = await _talk(lab, lab.a, lab.b)
    await first.transfer("1003")
    await (await lab.c.rings()).answer()
    await lab.pump.state("1003", S.CONNECTED)
    await lab.pump.idle("1001")
    await lab.c.live[0].hang_up()


async def attended_transfer(lab: Lab) -> None:
    first = await _talk(lab, lab.a, lab.b)
    await first.hold()
    await lab.pump.state("1001", S.HOLD)
    second = await _talk(lab, lab.a, lab.c)
    await first.transfer_to(second)
    await lab.pump.idle("1001")
    await lab.c.live[0].hang_up()


async def pickup(lab: Lab) -> None:
    await lab.a.dial("1002")
    await lab.b.rings()
    await lab.pump.state("1002", S.ALERTING)
    taken = await lab.c.dial("*81002")
    await lab.pump.idle("1002")
    await lab.pump.until(lambda: len(lab.pump.driver.watch.calls) == 1 or None, "one call")
    await taken.hang_up()


async def two_ring(lab: Lab) -> None:
    await lab.a.dial("1090")
    await lab.b.rings()
    await lab.pump.state("1002", S.ALERTING)
    await (await lab.c.rings()).answer()
    await lab.pump.state("1003", S.CONNECTED)
    await lab.pump.idle("1002")
    await lab.c.live[0].hang_up()


async def forwarded(lab: Lab) -> None:
    await (await lab.b.dial("*721003")).until("gone")
    await (await _talk(lab, lab.a, lab.c, to="1002")).hang_up()
    await lab.c.idle()
    await (await lab.b.dial("*73")).until("gone")


async def queue(lab: Lab) -> None:
    lab.pump.watch_device("1006")
    waiting = await lab.a.dial("6000")
    await lab.pump.until(lambda: lab.pump.driver.watch.calls or None, "queued")
    agent = await lab.phones.add("1006", lab.pbx.registrar)
    await (await agent.rings()).answer()
    await lab.pump.state("1006", S.CONNECTED)
    await waiting.hang_up()


async def through_local(lab: Lab) -> None:
    call = await _talk(lab, lab.a, lab.b, to="31002")
    await lab.pump.until(lambda: len(lab.pump.driver.watch.channels.all) == 2 or None, "no Local")
    await call.hang_up()


SCENES: tuple[Scene, ...] = (
    attended_transfer,
    blind_transfer,
    busy,
    call,
    cancelled,
    forwarded,
    hold,
    pickup,
    queue,
    through_local,
    two_ring,
)


async def main() -> None:
    CAPTURES.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        async with (
            running_asterisk() as pbx,
            running_phones(pbx.registrar, *USERS) as phones,
            pumped(pbx.settings, *USERS, "1006") as pump,
        ):
            lab = Lab(pbx, phones, pump)
            await scene(lab)
            await pump.idle(*USERS, "1006")
            told, name = pump.calls(), scene.__name__
            await lab.clear()
            (CAPTURES / f"{name}.ami").write_bytes(pump.received)
            (CAPTURES / f"{name}.events").write_text("\n".join(told) + "\n")
            print(name, len(pump.received), told)


if __name__ == "__main__":
    asyncio.run(main())
