"""Sessions and API keys in memory: whoever shows a token is known without asking the database."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tws.access import store
from tws.access.events import ApiKeyCreated, ApiKeyRevoked, SessionEnded, SessionStarted
from tws.access.model import ApiKey, HeldKey, Session
from tws.organisation.actor import AdministratorId, UserId
from tws.storage import Reader
from tws.storage.replica import Index, Replica

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=30)
IDLE_OF_ADMINISTRATOR, ABSOLUTE_OF_ADMINISTRATOR = timedelta(minutes=30), timedelta(hours=12)
"Users sit at a telephone all day; who can change everything comes for a while."
KEY_PREFIX = "tws_"
ENDED = 10_000
SEEN_WRITTEN_EVERY = timedelta(minutes=5)
"How exactly the database knows when a session was last used."


def new_token() -> str:
    """256 random bits. Hexadecimal: never takes an API key's form."""
    return secrets.token_hex(32)


def digest(secret: str) -> str:
    """A token is random and long: it needs no slow hash."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def key_token(key: str, secret: str) -> str:
    return f"{KEY_PREFIX}{key}_{secret}"


class Memory:
    """Everything that could be shown now."""

    def __init__(self, stored_sessions: Callable[[Reader], Awaitable[Iterable[Session]]]) -> None:
        """`stored_sessions`: those in the database that have not ended here."""
        self._by_token = Index[str, Session](lambda s: (s.token,))
        self._of_user = Index[UserId, Session](lambda s: (s.user,) if s.user else ())
        self._of_administrator = Index[AdministratorId, Session](
            lambda s: (s.administrator,) if s.administrator else ()
        )
        self._keys_of = Index[UserId, HeldKey](lambda held: (held.key.user,))
        self._sessions = Replica[Session](
            stored_sessions,
            _session_changed,
            self._by_token,
            self._of_user,
            self._of_administrator,
        )
        self._keys = Replica[HeldKey](store.keys, _key_changed, self._keys_of)
        self.replicas: tuple[Replica[Any], ...] = (self._sessions, self._keys)
        self._seen: dict[str, datetime] = {}
        self._written: dict[str, datetime] = {}
        self._ended: OrderedDict[str, None] = OrderedDict()
        "Ids of those that ended lately: what was read or told before brings none of them back."

    async def load(self, reader: Reader) -> None:
        for replica in self.replicas:
            await replica.load(reader)
        for session in self._sessions.rows.values():
            self._last_seen(session.id, session.seen)
        for held in self._keys.rows.values():
            self._last_seen(held.id, held.key.seen)

    def add_late(self, one: Session | HeldKey) -> None:
        """One that was read."""
        if isinstance(one, Session):
            self.add_session(one)
        else:
            self.add_key(one)

    def _has_ended(self, id: str) -> None:
        self._ended[id] = None
        if len(self._ended) > ENDED:
            self._ended.popitem(last=False)

    def add_session(self, session: Session) -> None:
        if session.id in self._ended:
            return
        self._sessions.hear(None, session)
        self._last_seen(session.id, session.seen)

    def drop_session(self, id: str) -> None:
        self._sessions.touch(id)  # one that nobody heard of may be read just now
        self._has_ended(id)
        session = self._sessions.rows.get(id)
        if session is not None:
            self._forget_use(id)
            self._sessions.hear(session, None)

    def deleted_sessions(self, ids: Iterable[str]) -> None:
        """They ended before, and are in the database no more."""
        for id in ids:
            self._sessions.touch(id)

    def add_key(self, held: HeldKey) -> None:
        if held.id in self._ended:
            return
        self._keys.hear(None, held)
        self._last_seen(held.id, held.key.seen)

    def drop_key(self, id: str) -> None:
        self._keys.touch(id)
        self._has_ended(id)
        held = self._keys.rows.get(id)
        if held is not None:
            self._forget_use(id)
            self._keys.hear(held, None)

    def session(self, id: str | None) -> Session | None:
        return None if id is None else self._sessions.rows.get(id)

    def sessions(self) -> tuple[Session, ...]:
        return tuple(self._sessions.rows.values())

    def sessions_of(self, user: UserId) -> tuple[Session, ...]:
        return self._of_user[user]

    def sessions_of_administrator(self, administrator: AdministratorId) -> tuple[Session, ...]:
        return self._of_administrator[administrator]

    def sessions_of_owner(self, of: Session) -> tuple[Session, ...]:
        """All of whom that one belongs to."""
        if of.user is not None:
            return self.sessions_of(of.user)
        return () if of.administrator is None else self.sessions_of_administrator(of.administrator)

    def addresses_of(self, account: Hashable) -> Iterator[str]:
        """Where whoever has that id is signed in."""
        if isinstance(account, str):
            yield from (each.address for each in self._of_user[UserId(account)])
            administrator = AdministratorId(account)
            yield from (each.address for each in self._of_administrator[administrator])

    def key(self, id: str | None) -> ApiKey | None:
        held = None if id is None else self._keys.rows.get(id)
        return None if held is None else held.key

    def keys(self) -> tuple[ApiKey, ...]:
        return tuple(held.key for held in self._keys.rows.values())

    def as_used(self, key: ApiKey) -> ApiKey:
        """With when it was last used."""
        return replace(key, seen=self._seen.get(key.id))

    def keys_of(self, user: UserId) -> tuple[ApiKey, ...]:
        return tuple(held.key for held in self._keys_of[user])

    def with_token(self, token: str) -> Session | ApiKey | None:
        """Whose token it is, expired or not."""
        if not token.startswith(KEY_PREFIX):
            return self._by_token.first(digest(token))
        id, _, secret = token.removeprefix(KEY_PREFIX).partition("_")
        held = self._keys.rows.get(id)
        if held is None or not hmac.compare_digest(held.secret, digest(secret)):
            return None
        return held.key

    @staticmethod
    def key_id(token: str) -> str | None:
        """Of the API key that the token is; None: it is a session's."""
        if not token.startswith(KEY_PREFIX):
            return None
        return token.removeprefix(KEY_PREFIX).partition("_")[0]

    def expired(self, shown: Session | ApiKey, now: datetime) -> bool:
        if isinstance(shown, ApiKey):
            return shown.expires is not None and shown.expires <= now
        idle, absolute = IDLE, ABSOLUTE
        if shown.administrator is not None:
            idle, absolute = IDLE_OF_ADMINISTRATOR, ABSOLUTE_OF_ADMINISTRATOR
        return now - self._seen[shown.id] > idle or now - shown.created > absolute

    def used(self, id: str, now: datetime) -> None:
        self._seen[id] = now

    def used_elsewhere(self, seen: Mapping[str, datetime]) -> None:
        """At another node, as the database has it."""
        for id, at in seen.items():
            there = id in self._sessions.rows or id in self._keys.rows
            if there and at > self._seen.get(id, at - IDLE):
                self._last_seen(id, at)

    def last_used(self, id: str) -> datetime | None:
        return self._seen.get(id)

    def unwritten(self) -> tuple[dict[str, datetime], dict[str, datetime]]:
        """Last uses of sessions and of keys that the database does not know well enough."""
        new = {
            id: at
            for id, at in self._seen.items()
            if id not in self._written or at - self._written[id] > SEEN_WRITTEN_EVERY
        }
        of_keys = {id: at for id, at in new.items() if id in self._keys.rows}
        return {id: at for id, at in new.items() if id not in of_keys}, of_keys

    def wrote(self, seen: Mapping[str, datetime]) -> None:
        self._written.update({id: at for id, at in seen.items() if id in self._seen})

    def _last_seen(self, id: str, at: datetime | None) -> None:
        if at is not None:
            self._seen[id] = self._written[id] = at

    def _forget_use(self, id: str) -> None:
        self._seen.pop(id, None)
        self._written.pop(id, None)


def _session_changed(before: Session | None, after: Session | None) -> object:
    if after is not None:
        return SessionStarted(after)
    assert before is not None
    return SessionEnded(before.id)


def _key_changed(before: HeldKey | None, after: HeldKey | None) -> object:
    if after is not None:
        return ApiKeyCreated(after)
    assert before is not None
    return ApiKeyRevoked(before.key)
