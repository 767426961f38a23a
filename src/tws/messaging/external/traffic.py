"""What comes by the connections of accounts, taken in its order; and what waited for a connection,
given to it."""

import asyncio
from functools import partial

from tws.messaging.chat.carried import Carried
from tws.messaging.external.book import Book
from tws.messaging.external.holding import Holding
from tws.messaging.external.receiving import Receiving
from tws.organisation.actor import UserId
from tws.schedule import AGAIN, Schedule
from tws.storage import StorageUnavailable

TAKE, FLUSH = "take external messages", "send what waits"
TOGETHER = 50
"Of what was heard that are taken before others have their turn."


class Traffic:
    def __init__(
        self, book: Book, schedule: Schedule, carried: Carried, receiving: Receiving
    ) -> None:
        self._book, self._schedule = book, schedule
        self._carried, self._receiving = carried, receiving

    def take_soon(self, holding: Holding) -> None:
        user, take = holding.account.user, partial(self._take, holding)
        self._schedule.once(TAKE, take, key=user, retry=AGAIN)

    def flush_soon(self, holding: Holding) -> None:
        user, flush = holding.account.user, partial(self._flush, holding)
        self._schedule.once(FLUSH, flush, key=user, retry=AGAIN)

    def forget(self, user: UserId) -> None:
        for job in (TAKE, FLUSH):
            self._schedule.cancel(job, key=user)

    async def _take(self, holding: Holding) -> None:
        """What was heard, in its order. While the database is away it waits, and so does what the
        server has not been told to have come."""
        taken = 0
        while holding.queue:
            try:
                await self._receiving.take(holding, holding.queue[0])
            except StorageUnavailable:
                raise
            except Exception:
                # A fault of ours stops nothing but what it is about: the server would bring it
                # again and again. The job fails with it.
                holding.taken()
                self.take_soon(holding)
                raise
            if holding.queue:
                holding.taken()
            taken += 1
            if taken % TOGETHER == 0:
                await asyncio.sleep(0)  # much of it is in memory only, and never waits

    async def _flush(self, holding: Holding) -> None:
        """Give to the connection what waited for it, and behind it what was written since."""
        if not holding.connected or holding.flushed:
            return
        line = holding.line
        found = await self._carried.waiting(holding.account.user)
        if line is None or holding.line is not line:
            return
        holding.flushed = True
        for one in found:
            contact = self._book.contact(one.recipient.id)
            if contact is not None:
                line.send(contact.address, one.id, one.text)
                holding.given.add(one.id)
        later, holding.later = holding.later, []
        for address, id, text in later:
            holding.send(address, id, text)
