"""One synchronisation from what is known to what is merged.

The source is read beside the directory, which stays as it is until the source has been read to its
end. What is new, other and gone is then merged in transactions so short that calls are logged in
between; where it stands is written in each of them, so that a restart goes on behind it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from time import monotonic

from msgspec.structs import replace

from tws.directory import store
from tws.directory.events import ContactsMerged
from tws.directory.prepared import Staged
from tws.directory.runs import Run
from tws.directory.sync.messages import Ended, Read
from tws.directory.sync.staging import Staging
from tws.organisation.model import Directory
from tws.sources.guard import asks
from tws.sources.run_states import RunState
from tws.storage import Storage, Transaction
from tws.storage.uninterrupted import in_thread

ReadSource = Callable[[Read, Callable[[int], None]], Awaitable[Ended]]
TURN = 0.1
"Seconds that a transaction should take: batches grow and shrink to it."
LEAST, FIRST, MOST = 20, 200, 2_000
"Contacts of a batch."
KNOWN_AT_ONCE = 5_000
HANDS = 2
MANY = 1_000
"Changes after which a database should know of them at once."


class Running:
    """The work on one run. `tell` hears of each step; `run` is where it stands."""

    def __init__(
        self,
        run: Run,
        directory: Directory,
        *,
        storage: Storage,
        path: Path,
        plan: str,
        tell: Callable[[Run], None],
        clock: Callable[[], datetime],
    ) -> None:
        """`path`: of the staging file. `plan`: tells dial plans apart (`store.plan_key`)."""
        self.run, self._directory = run, directory
        self._storage, self._path, self._plan = storage, path, plan
        self._tell, self._clock = tell, clock
        self._batch = FIRST
        self._news = asyncio.Event()
        self._taking, self._taken = asyncio.Lock(), 0
        "The place in the staging file up to which somebody brings what was read."

    async def read(self, source: ReadSource, question: Read) -> None:
        """Into the staging file; ConnectorError. The run is then `merging`, or asks."""
        first = self._directory.synchronised is None
        if first:
            await self._forget()
        staging = await in_thread(self._begun)
        with closing(staging):
            await self._know(staging)
        if first:
            remarks = (await self._read_and_bring(source, question)).remarks
        else:
            remarks = (await source(question, self._progress)).remarks
        with closing(Staging(self._path)) as staging:
            counts = await in_thread(staging.counts)
        state = RunState.MERGING if self.run.approved else _next(counts.known, counts.deleted)
        read = replace(self.run, state=state, counts=counts, remarks=remarks)
        if first:  # all of it is there
            read = replace(read, merged=counts.changes, taking_away=True)
        await self._keep(read)

    async def merge(self) -> None:
        """What was read becomes the directory's; goes on where an earlier merging stopped."""
        with closing(Staging(self._path)) as staging:
            if not self.run.taking_away:
                await self._bring(staging)
                await self._keep(replace(self.run, taking_away=True, after=""))
            await self._take_away(staging)
        if self.run.counts.changes >= MANY:
            async with self._storage.transaction() as tx:
                await store.settle(tx)

    # ------------------------------------------------------------ the first time

    async def _read_and_bring(self, source: ReadSource, question: Read) -> Ended:
        """A directory is filled while its source is read: until the end of its first
        synchronisation nobody sees what is in it."""
        reading = asyncio.ensure_future(source(question, self._progress))
        reading.add_done_callback(lambda _: self._news.set())
        try:
            await self._bring_unseen(reading)
            ended = await reading
        finally:
            if not reading.done():
                reading.cancel()
                await asyncio.wait({reading})
        return ended

    async def _bring_unseen(self, reading: asyncio.Future[Ended]) -> None:
        """Two at once: while the database writes one batch the next is taken, and made ready."""
        with closing(Staging(self._path)) as staging:
            hands = [asyncio.ensure_future(self._hand(staging, reading)) for _ in range(HANDS)]
            try:
                await asyncio.gather(*hands)
            finally:
                for hand in hands:
                    hand.cancel()
                await asyncio.wait(hands)

    async def _hand(self, staging: Staging, reading: asyncio.Future[Ended]) -> None:
        while batch := await self._next(staging, reading):
            async with self._paced(len(batch)) as tx:
                await store.bring(tx, self._directory, batch, self._plan, self._clock(), new=True)

    async def _next(self, staging: Staging, reading: asyncio.Future[Ended]) -> Sequence[Staged]:
        """What was read and nobody took; empty at the end of the source."""
        async with self._taking:
            while True:
                over = reading.done()
                self._news.clear()
                found = await in_thread(staging.arrived, self._taken, self._batch)
                if found:
                    self._taken = found[-1][0]
                    return [one for _, one in found]
                if over:
                    return []
                await self._news.wait()

    async def _forget(self) -> None:
        """What an attempt before left."""
        forgotten = FIRST
        while forgotten == FIRST:
            async with self._storage.transaction() as tx:
                forgotten = await store.empty(tx, self._directory.id, FIRST)

    # ------------------------------------------------------------ later times

    async def _bring(self, staging: Staging) -> None:
        while batch := await in_thread(staging.changed, self.run.after, self._batch):
            async with self._turn(batch[-1].prepared.card.identifier, len(batch)) as tx:
                await store.bring(tx, self._directory, batch, self._plan, self._clock())

    async def _take_away(self, staging: Staging) -> None:
        while batch := await in_thread(staging.gone, self.run.after, self._batch):
            async with self._turn(batch[-1], len(batch)) as tx:
                await store.take_away(tx, self._directory.id, batch)

    @asynccontextmanager
    async def _turn(self, last: str, number: int) -> AsyncIterator[Transaction]:
        """A short transaction, with where it leaves off; the next batch is as large as this one
        was quick."""
        after = replace(self.run, after=last, merged=self.run.merged + number)
        async with self._paced(number) as tx:
            yield tx
            await store.write_run(tx, after)
            tx.publish(ContactsMerged(self._directory.company, self._directory.id))
        self._told(after)

    @asynccontextmanager
    async def _paced(self, number: int) -> AsyncIterator[Transaction]:
        begun = 0.0
        async with self._storage.transaction() as tx:
            begun = monotonic()
            yield tx
        taken = max(monotonic() - begun, 0.001)
        self._batch = round(max(LEAST, min(number * TURN / taken, 2 * self._batch, MOST)))

    # ------------------------------------------------------------ before

    def _begun(self) -> Staging:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        staging = Staging(self._path)
        staging.begin()
        return staging

    async def _know(self, staging: Staging) -> None:
        after = ""
        while True:
            async with self._storage.reading() as reader:
                rows = await store.known(reader, self._directory.id, after, KNOWN_AT_ONCE)
            if not rows:
                return
            await in_thread(staging.know, rows)
            after = rows[-1][0]

    def _progress(self, read: int) -> None:
        self._told(replace(self.run, remarks=replace(self.run.remarks, read=read)))
        self._news.set()

    # ------------------------------------------------------------ telling

    async def _keep(self, run: Run) -> None:
        async with self._storage.transaction() as tx:
            await store.write_run(tx, run)
        self._told(run)

    def _told(self, run: Run) -> None:
        self.run = run
        self._tell(run)


def _next(known: int, deleted: int) -> RunState:
    return RunState.ASKING if asks(known, deleted) else RunState.MERGING
