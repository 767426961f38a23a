"""Changing passwords. Whoever is signed in with the old one is signed out."""

from collections.abc import Callable
from datetime import datetime

from tws.access import store
from tws.access.by_password import Passwords
from tws.access.errors import LoginRefused
from tws.access.events import SessionEnded
from tws.access.model import Owner
from tws.access.owners import company_of
from tws.access.passwords import (
    SHORTEST_OF_ADMINISTRATOR,
    SHORTEST_OF_USER,
    check_password,
)
from tws.access.sessions import Sessions
from tws.access.tries.throttle import Throttle
from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.organisation.model import Administrator, User
from tws.organisation.permission import managed, super_users_only
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.storage import Storage, Transaction


class ChangingPasswords:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        clock: Callable[[], datetime],
        *,
        throttle: Throttle,
        passwords: Passwords,
    ) -> None:
        self._storage, self._registry, self._sessions = storage, registry, sessions
        self._clock, self._throttle, self._passwords = clock, throttle, passwords

    async def set_password(self, actor: Actor, user: UserId, password: str) -> None:
        """An administrator gives a user a password."""
        row = managed(actor, self._registry.users, user, "user")
        check_password(password, row.username, SHORTEST_OF_USER)
        await self._write(actor, Owner(user=user), await self._passwords.hashing.hash(password))

    async def set_administrator_password(
        self, actor: Actor, administrator: AdministratorId, password: str
    ) -> None:
        """A super user gives an administrator a password."""
        super_users_only(actor)
        row = self._registry.administrators.get(administrator)
        if row is None:
            raise missing("administrator")
        check_password(password, row.username, SHORTEST_OF_ADMINISTRATOR)
        owner = Owner(administrator=administrator)
        await self._write(actor, owner, await self._passwords.hashing.hash(password))

    async def change_password(self, actor: Actor, old: str, new: str) -> None:
        """One's own, from a page one has signed in to: that session goes on.

        LoginRefused when `old` is not right.
        """
        session = self._sessions.memory.session(actor.session)
        if session is None:
            raise NotAllowed(
                "A password is changed by who signed in with it, not by a program.",
                why="sessionsOnly",
            )
        owner = session.owner
        who: User | Administrator | None
        if session.user is not None:
            who, shortest = self._registry.users.get(session.user), SHORTEST_OF_USER
        else:
            who = self._registry.administrators.get(AdministratorId(owner.id))
            shortest = SHORTEST_OF_ADMINISTRATOR
        if who is None:
            raise NotAllowed("This account is gone.", why="accountGone")
        check_password(new, who.username, shortest, "new")
        with self._throttle.trying((owner.id, "own password"), self._clock()):
            hash = await self._passwords.verified(
                owner, old, session.address, refused="The present password is not right."
            )
        hashed = await self._passwords.hashing.hash(new)
        await self._write(actor, owner, hashed, keep=session.id, instead_of=hash)

    async def _write(
        self,
        actor: Actor,
        owner: Owner,
        hash: str,
        *,
        keep: str | None = None,
        instead_of: str | None = None,
    ) -> None:
        async with transaction(self._storage) as tx:
            if instead_of is not None:
                present = await store.password_hash(tx, owner, lock=True)
                if present != instead_of:
                    raise LoginRefused("The password was changed meanwhile.")
            await write_anew(tx, owner, hash, self._clock(), keep=keep)
            company = company_of(self._registry, owner)
            await tx.audit(actor, "password changed", owner.id, None, None, company=company)


async def write_anew(
    tx: Transaction, owner: Owner, hash: str, now: datetime, *, keep: str | None = None
) -> None:
    """Another password: what was opened with the one before ends, but for the session `keep`; so
    do letters by which one could be chosen."""
    await store.write_password(tx, owner, hash, now)
    await store.delete_resets(tx, owner)
    ended = [id for id in await store.session_ids(tx, owner) if id != keep]
    await store.delete_sessions(tx, ended)
    for id in ended:
        tx.publish(SessionEnded(id))
