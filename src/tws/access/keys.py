"""API keys: with one a program acts as its user, until it is revoked."""

import secrets
from collections.abc import Callable
from datetime import datetime

from tws.access import store
from tws.access.events import ApiKeyCreated, ApiKeyRevoked
from tws.access.memory import digest, key_token
from tws.access.model import ApiKey, HeldKey
from tws.access.sessions import Sessions
from tws.errors import Invalid, NotAllowed, missing
from tws.organisation import words
from tws.organisation.actor import Actor, UserId
from tws.organisation.model import User
from tws.organisation.permission import managed
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.storage import Storage, new_id


class Keys:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry = storage, registry
        self._memory, self._clock = sessions.memory, clock

    async def create_api_key(
        self,
        actor: Actor,
        user: UserId | None,
        label: str,
        expires: datetime | None,
        *,
        helper: bool = False,
    ) -> tuple[ApiKey, str]:
        """The key, and what the program must show: told this once.

        For oneself (`user` None), or by an administrator for `user`. `helper`: with it nothing
        can be done but what the helper of a desk does.
        """
        owner = self._owner(actor, user)
        now = self._clock()
        if expires is not None and (expires.utcoffset() is None or expires <= now):
            raise Invalid("A key expires at a time to come, with its time zone.", field="expires")
        secret = secrets.token_hex(32)
        key = ApiKey(
            id=new_id(),
            company=owner.company,
            user=owner.id,
            label=words.name(label, "label", words="a label"),
            created=now,
            expires=expires,
            seen=None,
            helper=helper,
        )
        async with transaction(self._storage) as tx:
            held = HeldKey(key, digest(secret))
            await store.insert_key(tx, held)
            await tx.audit(actor, "API key created", key.id, None, key, company=key.company)
            tx.publish(ApiKeyCreated(held))
        return key, key_token(key.id, secret)

    async def list_api_keys(self, actor: Actor, user: UserId | None = None) -> tuple[ApiKey, ...]:
        """One's own, or those of the companies that an administrator manages; oldest first."""
        if user is not None:
            self._owner(actor, user)
        found = (
            self._memory.as_used(key)
            for key in self._memory.keys()
            if user in (None, key.user) and self._sees(actor, key)
        )
        return tuple(sorted(found, key=lambda key: key.id))

    async def revoke_api_key(self, actor: Actor, id: str) -> None:
        """For ever; what it has open is closed."""
        key = self._memory.key(id)
        if key is None or not self._sees(actor, key):
            raise missing("API key")
        self._no_program(actor)
        async with self._storage.transaction() as tx:
            await store.delete_key(tx, key.id)
            await tx.audit(actor, "API key revoked", key.id, key, None, company=key.company)
            tx.publish(ApiKeyRevoked(key))

    def _owner(self, actor: Actor, id: UserId | None) -> User:
        """Whose key it is to be."""
        self._no_program(actor)
        if id is None and actor.user is None:
            raise Invalid("A key acts as a user: name one.", field="user")
        whose = id or actor.user or UserId("")
        own = self._registry.users.get(whose) if whose == actor.user else None
        return own or managed(actor, self._registry.users, whose, "user", "user")

    def _no_program(self, actor: Actor) -> None:
        """A key that leaked must not be able to make others."""
        if self._memory.key(actor.session) is not None:
            raise NotAllowed(
                "API keys are managed by people, not with an API key.", why="sessionsOnly"
            )

    def _sees(self, actor: Actor, key: ApiKey) -> bool:
        return actor.manages(key.company) or (actor.user is not None and actor.user == key.user)
