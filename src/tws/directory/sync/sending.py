"""Contacts that a user's own program sends (8.8): they become what that user has in a private
directory, as a synchronisation of one mailbox would make them.

All of it happens while the program waits for its answer; sent again it is done again.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from tws.directory import store
from tws.directory.arriving import arrive
from tws.directory.events import ContactsMerged
from tws.directory.mapping import hidden, mapping
from tws.directory.runs import Counts, Remarks
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.messages import Read
from tws.directory.sync.on_time import SENT
from tws.directory.sync.running import KNOWN_AT_ONCE
from tws.directory.sync.service import Sources
from tws.directory.sync.staging import Staging
from tws.errors import Conflict, Invalid, NotAllowed, TooMany
from tws.numbering import plan_of
from tws.organisation.actor import Actor, DirectoryId
from tws.organisation.model import Directory, DirectoryKind
from tws.organisation.registry import Registry
from tws.sources.errors import ConnectorError
from tws.sources.guard import asks
from tws.storage import Storage
from tws.storage.uninterrupted import in_thread

LARGEST = 50 * 1024 * 1024
"Bytes that one may send: photos are in it."
AT_ONCE = 2
"Users whose contacts are read at the same time."
MOST_WAITING = 20
BATCH = 200
"Contacts of one transaction."


class Sent(Struct, frozen=True, kw_only=True):
    """What became of it."""

    directory: Directory
    counts: Counts
    remarks: Remarks


class SendService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        clock: Callable[[], datetime],
        sources: Sources,
    ) -> None:
        self._storage, self._registry = storage, registry
        self._clock, self._sources = clock, sources
        self._folder = sources.staging / "sent"
        self._busy: set[str] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)
        for left in self._folder.glob("*"):  # by a server that was killed meanwhile
            left.unlink(missing_ok=True)

    async def send(
        self, actor: Actor, content: AsyncIterator[bytes], *, approved: bool = False
    ) -> Sent:
        """`content`: a vCard file, or CSV. Conflict (`known`, `deleted`) where more than a quarter
        would go and nobody `approved` it; Invalid where it cannot be read."""
        directory, box = self._directory(actor), Mailbox(str(actor.user), "")
        if box.user in self._busy:
            raise Conflict("Your contacts are being read already.")
        if len(self._busy) >= MOST_WAITING:
            raise TooMany("Others are sending their contacts: try again in a moment.")
        self._busy.add(box.user)
        try:
            # Before the turn: who sends slowly must not keep others waiting.
            await self._written(box, content)
            async with self._turn:
                return await self._sent(actor, directory, box, approved)
        finally:
            self._busy.discard(box.user)
            for left in (self._staging(box), self._file(box)):
                left.unlink(missing_ok=True)

    def _directory(self, actor: Actor) -> Directory:
        found = () if actor.user is None else self._registry.directories_for(actor.user)
        for directory in found:
            if directory.connector in SENT and directory.kind is DirectoryKind.PRIVATE:
                return directory
        raise NotAllowed(
            "No directory of Outlook contacts is granted to you.", why="directoryNotGranted"
        )

    async def _sent(
        self,
        actor: Actor,
        directory: Directory,
        box: Mailbox,
        approved: bool,
    ) -> Sent:
        with closing(await in_thread(self._begun, box)) as staging:
            await self._know(staging, directory, box)
        try:
            ended = await self._sources.read(self._question(directory, box), lambda read: None)
        except ConnectorError as error:
            raise Invalid(str(error)) from error
        with closing(Staging(self._staging(box))) as staging:
            counts = await in_thread(staging.counts)
            if not approved and asks(counts.known, counts.deleted):
                raise Conflict(
                    f"{counts.deleted} of your {counts.known} contacts would be deleted.",
                    known=counts.known,
                    deleted=counts.deleted,
                )
            await self._merge(staging, directory)
        async with self._storage.transaction() as tx:
            await tx.audit(
                actor,
                "contacts sent",
                directory.id,
                None,
                asdict(counts),
                company=directory.company,
            )
        await self._sources.ended(DirectoryId(directory.id), self._clock())
        return Sent(directory=directory, counts=counts, remarks=ended.remarks)

    async def _merge(self, staging: Staging, directory: Directory) -> None:
        not_shown = hidden(mapping(directory.mapping))
        plan = store.plan_key(plan_of(self._registry.domains[directory.domain]), not_shown)
        told = ContactsMerged(directory.company, directory.id)
        after = ""
        while batch := await in_thread(staging.changed, after, BATCH):
            async with self._storage.transaction() as tx:
                await store.bring(tx, directory, batch, plan, self._clock())
                tx.publish(told)
            after = batch[-1].prepared.card.identifier
        after = ""
        while gone := await in_thread(staging.gone, after, BATCH):
            async with self._storage.transaction() as tx:
                await store.take_away(tx, directory.id, gone)
                tx.publish(told)
            after = gone[-1]

    # ------------------------------------------------------------ before

    async def _written(self, box: Mailbox, content: AsyncIterator[bytes]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file(box).unlink(missing_ok=True)
        words = f"At most {LARGEST} bytes can be sent."
        await arrive(self._file(box), content, LARGEST, words)

    def _begun(self, box: Mailbox) -> Staging:
        staging = Staging(self._staging(box))
        staging.begin()
        return staging

    async def _know(self, staging: Staging, directory: Directory, box: Mailbox) -> None:
        """What this user has: others' contacts are as if they were not."""
        after = box.prefix
        while True:
            async with self._storage.reading() as reader:
                found = await store.known(reader, directory.id, after, KNOWN_AT_ONCE)
            own = [row for row in found if row[0].startswith(box.prefix)]
            await in_thread(staging.know, own)
            if len(own) < KNOWN_AT_ONCE:
                return
            after = own[-1][0]

    def _question(self, directory: Directory, box: Mailbox) -> Read:
        return Read(
            connector=directory.connector,
            settings={},
            files=str(self._folder),
            sent=self._file(box).name,
            staging=str(self._staging(box)),
            mapping=dict(directory.mapping),
            plan=plan_of(self._registry.domains[directory.domain]),
            mailboxes=[box],
            local_photos=self._sources.local_photos,
            memory=self._sources.memory,
        )

    def _file(self, box: Mailbox) -> Path:
        return self._folder / f"{box.user}.sent"

    def _staging(self, box: Mailbox) -> Path:
        return self._folder / f"{box.user}.db"
