"""Sessions and API keys in memory: whoever shows a token is known without asking the database."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tws.access.model import ApiKey, Session
from tws.organisation.actor import AdministratorId, UserId
from tws.organisation.indexes import Index

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=30)
KEY_PREFIX = "tws_"
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

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._keys: dict[str, tuple[ApiKey, str]] = {}
        self._by_token = Index[str, Session](lambda s: (s.token,))
        self._of_user = Index[UserId, Session](lambda s: (s.user,) if s.user else ())
        self._of_administrator = Index[AdministratorId, Session](
            lambda s: (s.administrator,) if s.administrator else ()
        )
        self._keys_of = Index[UserId, ApiKey](lambda k: (k.user,))
        self._seen: dict[str, datetime] = {}
        self._written: dict[str, datetime] = {}

    def add_session(self, session: Session) -> None:
        self._sessions[session.id] = session
        self._seen[session.id] = self._written[session.id] = session.seen
        for index in (self._by_token, self._of_user, self._of_administrator):
            index.move(None, session)

    def drop_session(self, id: str) -> None:
        session = self._sessions.pop(id, None)
        if session is not None:
            self._forget_use(id)
            for index in (self._by_token, self._of_user, self._of_administrator):
                index.move(session, None)

    def add_key(self, key: ApiKey, secret: str) -> None:
        self._keys[key.id] = (key, secret)
        self._keys_of.move(None, key)
        if key.seen is not None:
            self._seen[key.id] = self._written[key.id] = key.seen

    def drop_key(self, id: str) -> None:
        held = self._keys.pop(id, None)
        if held is not None:
            self._forget_use(id)
            self._keys_of.move(held[0], None)

    def session(self, id: str | None) -> Session | None:
        return None if id is None else self._sessions.get(id)

    def sessions(self) -> tuple[Session, ...]:
        return tuple(self._sessions.values())

    def sessions_of(self, user: UserId) -> tuple[Session, ...]:
        return self._of_user[user]

    def sessions_of_administrator(self, administrator: AdministratorId) -> tuple[Session, ...]:
        return self._of_administrator[administrator]

    def key(self, id: str | None) -> ApiKey | None:
        held = None if id is None else self._keys.get(id)
        return None if held is None else held[0]

    def keys(self) -> tuple[ApiKey, ...]:
        return tuple(key for key, _ in self._keys.values())

    def as_used(self, key: ApiKey) -> ApiKey:
        """With when it was last used."""
        return replace(key, seen=self._seen.get(key.id))

    def keys_of(self, user: UserId) -> tuple[ApiKey, ...]:
        return self._keys_of[user]

    def with_token(self, token: str) -> Session | ApiKey | None:
        """Whose token it is, expired or not."""
        if not token.startswith(KEY_PREFIX):
            return self._by_token.first(digest(token))
        id, _, secret = token.removeprefix(KEY_PREFIX).partition("_")
        held = self._keys.get(id)
        if held is None or not hmac.compare_digest(held[1], digest(secret)):
            return None
        return held[0]

    def expired(self, shown: Session | ApiKey, now: datetime) -> bool:
        if isinstance(shown, ApiKey):
            return shown.expires is not None and shown.expires <= now
        return now - self._seen[shown.id] > IDLE or now - shown.created > ABSOLUTE

    def used(self, id: str, now: datetime) -> None:
        self._seen[id] = now

    def last_used(self, id: str) -> datetime | None:
        return self._seen.get(id)

    def unwritten(self) -> tuple[dict[str, datetime], dict[str, datetime]]:
        """Last uses of sessions and of keys that the database does not know well enough."""
        new = {
            id: at
            for id, at in self._seen.items()
            if id not in self._written or at - self._written[id] > SEEN_WRITTEN_EVERY
        }
        of_keys = {id: at for id, at in new.items() if id in self._keys}
        return {id: at for id, at in new.items() if id not in of_keys}, of_keys

    def wrote(self, seen: Mapping[str, datetime]) -> None:
        self._written.update({id: at for id, at in seen.items() if id in self._seen})

    def _forget_use(self, id: str) -> None:
        self._seen.pop(id, None)
        self._written.pop(id, None)
