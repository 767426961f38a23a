"""Signing in by the passwords that are kept here."""

from dataclasses import dataclass

import structlog

from tws.access import store
from tws.access.errors import LoginRefused
from tws.access.login_method import REFUSED, Credentials, Verified
from tws.access.model import Owner
from tws.access.passwords import Hashing
from tws.organisation.actor import UserId
from tws.organisation.model import User
from tws.organisation.registry import Registry
from tws.storage import Storage, Transaction

log = structlog.get_logger(__name__)

NOBODY = Owner(user=UserId("nobody"))


class Passwords:
    """Whether a password is right."""

    def __init__(self, storage: Storage, hashing: Hashing) -> None:
        self._storage, self.hashing = storage, hashing

    async def verified(
        self, owner: Owner, password: str, address: str, *, refused: str = REFUSED
    ) -> str:
        """The hash that `password` has. LoginRefused, TooMany; StorageUnavailable.

        An owner without a password takes as long as another.
        """
        async with self._storage.reading() as reader:
            hash = await store.password_hash(reader, owner)
        right = await self.hashing.verify(hash, password)
        if hash is None or not right:
            log.warning("password refused", address=address)
            raise LoginRefused(refused)
        return hash

    async def right(self, owner: Owner, password: str, address: str) -> "RightPassword":
        """As `verified`, for a session to be started."""
        hash = await self.verified(owner, password, address)
        renewed = await self.hashing.hash(password) if self.hashing.outdated(hash) else None
        return RightPassword(owner, hash, renewed)


@dataclass(frozen=True, slots=True)
class RightPassword:
    owner: Owner
    hash: str
    renewed: str | None
    "The same with today's cost, where it has another."

    async def confirm(self, tx: Transaction) -> None:
        if await store.password_hash(tx, self.owner, lock=True) != self.hash:
            raise LoginRefused(REFUSED)  # it changed since it was verified
        if self.renewed is not None:
            await store.rewrite_hash(tx, self.owner, self.hash, self.renewed)


class ByPassword:
    """Users, whose passwords administrators give them (6.4)."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        owner = NOBODY if user is None else Owner(user=user.id)
        return await self._passwords.right(owner, shown.password, shown.address)


class AdministratorsByPassword:
    """They are apart from users: whose own way of signing in is to be mended by somebody."""

    def __init__(self, registry: Registry, passwords: Passwords) -> None:
        self._registry, self._passwords = registry, passwords

    async def verify(self, shown: Credentials) -> Verified:
        found = self._registry.administrator_named(shown.username)
        owner = NOBODY if found is None else Owner(administrator=found.id)
        return await self._passwords.right(owner, shown.password, shown.address)
