"""Which sessions and keys there are, here and in the database: who is behind each, and when it
ends."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from tws.access import store
from tws.access.actors import Actors
from tws.access.events import (
    ApiKeyCreated,
    ApiKeyRevoked,
    SessionEnded,
    SessionStarted,
    UsesNoted,
)
from tws.access.latecomers import Latecomers
from tws.access.memory import Memory, digest
from tws.access.model import ApiKey, Session
from tws.bus import Bus
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import (
    AdministratorChanged,
    GrantChanged,
    GroupChanged,
    UserChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.registry import Registry
from tws.rereading import when_missed
from tws.schedule import Schedule
from tws.storage import Reader, Storage, StorageUnavailable

TENDED_EVERY = 60.0
"Seconds."


class Sessions:
    def __init__(
        self, storage: Storage, registry: Registry, bus: Bus, clock: Callable[[], datetime]
    ) -> None:
        """Built after the registry, which must have heard of a change before rights are looked
        up."""
        self._storage, self._registry, self._bus = storage, registry, bus
        self._clock = clock
        self.memory = Memory(self._stored_sessions)
        self.replicas = self.memory.replicas
        self.actors = Actors(registry)
        self._undeleted: set[str] = set()
        "Sessions that ended in memory first."
        self._deleting = asyncio.Lock()
        self._over: set[str] = set()
        "Keys whose expiry was told."
        self._latecomers = Latecomers()
        bus.follow(UsesNoted, lambda event: self.memory.used_elsewhere(event.seen))
        bus.follow(SessionStarted, lambda event: self.memory.add_session(event.session))
        bus.follow(SessionEnded, lambda event: self.memory.drop_session(event.session))
        bus.follow(ApiKeyCreated, lambda event: self.memory.add_key(event.held))
        bus.follow(ApiKeyRevoked, self._key_revoked)
        bus.follow(UserChanged, self._user_changed)
        bus.follow(GroupChanged, self._group_changed)
        bus.follow(GrantChanged, self._grant_changed)
        bus.follow(AdministratorChanged, self._administrator_changed)
        bus.act(SessionEnded, self._session_ended, key=lambda _: None, keep=True)

    async def load(self) -> None:
        """Read sessions and keys; after the registry was loaded."""
        async with self._storage.reading() as reader:
            await self.memory.load(reader)
        for session in self.memory.sessions():
            if self.memory.expired(session, self._clock()) or not self.actors.actor(session):
                self.end(session.id)

    async def _stored_sessions(self, reader: Reader) -> list[Session]:
        stored = await store.sessions(reader)
        return [session for session in stored if session.id not in self._undeleted]

    def start(self, schedule: Schedule) -> None:
        """Look after sessions from now on; after `load`."""
        schedule.every("look after sessions", TENDED_EVERY, self.tend)
        job = "read last uses again"
        when_missed(self._bus, schedule, job, self._read_uses)

    async def stop(self) -> None:
        """Write down what was used last, where the database can still be reached."""
        with suppress(StorageUnavailable):
            await self.tend()

    def actor_of(self, token: str) -> Actor | None:
        """Who shows this session token or API key; None when it is worth nothing (any more).

        It counts as a use: an open page that asks from time to time stays signed in.
        """
        shown = self.memory.with_token(token)
        if shown is None:
            return None
        now = self._clock()
        if self.memory.expired(shown, now):
            self.end(shown.id)
            return None
        actor = self.actors.actor(shown)
        if actor is not None:
            self.memory.used(shown.id, now)
        return actor

    async def whoever_shows(self, token: str) -> Actor | None:
        """The same; of several nodes also where another has just started the session, and this
        one did not hear of it yet. StorageUnavailable."""
        if self._bus.node and self.memory.with_token(token) is None:
            await self._look_up(token)
        return self.actor_of(token)

    async def _look_up(self, token: str) -> None:
        if not self._latecomers.may_ask(digest(token), self._clock()):
            return
        key = self.memory.key_id(token)
        async with self._storage.reading() as reader:
            session = None if key else await store.session_of_token(reader, digest(token))
            held = None if key is None else await store.key_of(reader, key)
        if session is not None:
            self.memory.add_late(session)
        if held is not None:
            self.memory.add_late(held)

    async def _read_uses(self) -> None:
        """What other nodes wrote unheard."""
        async with self._storage.reading() as reader:
            seen = {one.id: one.seen for one in await store.sessions(reader)}
            seen |= {held.id: at for held in await store.keys(reader) if (at := held.key.seen)}
        self.memory.used_elsewhere(seen)

    async def tend(self) -> None:
        """End what has expired, write down what was used; StorageUnavailable leaves it for next
        time."""
        now = self._clock()
        for session in self.memory.sessions():
            if self.memory.expired(session, now):
                self.end(session.id)
        for key in self.memory.keys():
            if self.memory.expired(key, now) and key.id not in self._over:
                self._over.add(key.id)
                self.end(key.id)
        await self.delete_ended()
        of_sessions, of_keys = self.memory.unwritten()
        if of_sessions or of_keys:
            async with self._storage.transaction() as tx:
                await store.write_seen(tx, of_sessions, of_keys)
            self.memory.wrote(of_sessions | of_keys)
            if self._bus.node:
                self._bus.publish(UsesNoted(of_sessions | of_keys))

    def end(self, id: str) -> None:
        """At once, in memory; in the database as soon as it can be."""
        if self.memory.session(id) is not None:
            self._undeleted.add(id)
        self._bus.publish(SessionEnded(id))

    async def _session_ended(self, event: SessionEnded) -> None:
        await self.delete_ended()

    async def delete_ended(self) -> None:
        """While the database is away they stay in `_undeleted`: `tend` tries again."""
        async with self._deleting:
            ended = frozenset(self._undeleted)
            if not ended:
                return
            try:
                async with self._storage.transaction() as tx:
                    await store.delete_sessions(tx, ended)
            except StorageUnavailable:
                return
            self.memory.deleted_sessions(ended)
            self._undeleted -= ended

    def _key_revoked(self, event: ApiKeyRevoked) -> None:
        self.memory.drop_key(event.key.id)
        self._bus.publish(SessionEnded(event.key.id))

    def _user_changed(self, event: UserChanged) -> None:
        user = event.after or event.before
        if user is not None:
            self._look_again([user.id])
        if event.after is None and user is not None:
            for key in self.memory.keys_of(user.id):
                self.memory.drop_key(key.id)

    def _group_changed(self, event: GroupChanged) -> None:
        before = event.before.members if event.before else frozenset()
        after = event.after.members if event.after else frozenset()
        self._look_again(before - after)

    def _grant_changed(self, event: GrantChanged) -> None:
        gone = event.before if event.after is None else None
        if gone is not None and gone.kind is GrantKind.APPLICATION:
            self._look_again(self._registry.granted.users(gone))

    def _administrator_changed(self, event: AdministratorChanged) -> None:
        if event.after is None and event.before is not None:
            for session in self.memory.sessions_of_administrator(event.before.id):
                self.end(session.id)

    def _look_again(self, users: Iterable[UserId]) -> None:
        """End what users have open who may not have it open any more. Their keys stay, worth
        nothing until the right comes back."""
        for user in users:
            opened: list[Session | ApiKey] = [*self.memory.sessions_of(user)]
            opened += self.memory.keys_of(user)
            for shown in opened:
                if self.actors.actor(shown) is None:
                    self.end(shown.id)
