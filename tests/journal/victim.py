"""A process that journals a call and is then killed; its arguments: URL, state folder, link.

Reads one word a line: `ring`, `answer`, `hangup`, `caller` (who hangs up); says `ring written`
once that is in the database, or in the file. `ring!` does not wait for that.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.journal.calls import OUTSIDE, answers, hangs_up, rings
from tests.journal.desk import MARIE
from tests.telephony.words import START
from tws.bus import Bus
from tws.directory.model import ContactId
from tws.journal.service import JournalService
from tws.organisation.actor import Actor
from tws.organisation.registry import Registry
from tws.organisation.store import next_epoch
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.calls import CallTable
from tws.telephony.events import LinkStatus, LinkStatusChanged
from tws.telephony.model import LinkId, LinkState

EVENTS = {
    "ring": rings("1", MARIE),
    "answer": answers("1", MARIE),
    "hangup": hangs_up("1", MARIE),
    "caller": hangs_up("1", OUTSIDE),
}


async def nobody(actor: Actor, contacts: Sequence[ContactId]) -> tuple[ContactId, ...]:
    return ()


async def main(url: str, state: str, link: LinkId) -> None:
    bus = Bus()
    storage = Storage(url, bus.publish)
    registry = Registry(bus)
    await storage.open()
    await registry.load(storage)
    now = START
    journal = JournalService(storage, registry, bus, Schedule(), lambda: now, Path(state), nobody)
    await journal.start()
    async with storage.transaction() as tx:
        epoch = await next_epoch(tx, link, now)
    assert epoch is not None
    await journal.load_open(link)
    table = CallTable(link, new_id)
    table.watch(MARIE)
    status = LinkStatus(link=link, state=LinkState.UP, since=now, epoch=epoch)
    bus.publish(LinkStatusChanged(status))
    print("ready", flush=True)
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        now += timedelta(seconds=1)
        for change in table.apply(EVENTS[word.rstrip("!")], now):
            bus.publish(change)
        if not word.endswith("!"):
            await journal.flush()
        await asyncio.sleep(0)  # nobody is told of what happened before the turn has ended
        print(word, "written", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], LinkId(sys.argv[3])))
