"""Signing in and out, and the very first start."""

from collections.abc import Mapping
from typing import Any

from tws.access import store
from tws.access.errors import LoginRefused
from tws.access.events import SessionStarted
from tws.access.memory import digest, new_token
from tws.access.model import Session
from tws.access.passwords import SHORTEST_OF_ADMINISTRATOR, check_password
from tws.access.store import Owner
from tws.access.verifying import REFUSED, Verifying
from tws.organisation import words
from tws.organisation.actor import Actor, UserId
from tws.organisation.founding import first_rows, found, founded
from tws.organisation.transactions import transaction
from tws.storage import new_id

NOBODY = Owner(user=UserId("nobody"))
MOST_SESSIONS = 50
"Of one user or administrator: the one unused for longest ends."


class Signing(Verifying):
    async def login(
        self, username: str, password: str, company: str | None, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """A user signs in: the actor, and the token that stands for it from now on.

        `company` is needed where several have a user of that name. LoginRefused, TooMany.
        """
        await self.initialisation_needed()
        found = self._registry.users_named(username, company or None)
        user = found[0] if len(found) == 1 else None
        owner = NOBODY if user is None else Owner(user=user.id)
        account = user.id if user else (words.fold(username), words.fold(company or ""))
        hash = await self._verified(owner, password, (account, address), address)
        if user is None or (why := self._rights.why_not(user.id)) is not None:
            raise LoginRefused(REFUSED if user is None else why or REFUSED)
        return await self._start(owner, password, hash, address, agent)

    async def login_administrator(
        self, username: str, password: str, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """As `login`: administrators are apart from users."""
        await self.initialisation_needed()
        wanted = words.fold(username.strip())
        found = [
            a for a in self._registry.administrators.values() if words.fold(a.username) == wanted
        ]
        owner = Owner(administrator=found[0].id) if found else NOBODY
        account = ("administrator", wanted)
        hash = await self._verified(owner, password, (account, address), address)
        return await self._start(owner, password, hash, address, agent)

    async def logout(self, actor: Actor) -> None:
        """End the actor's session. An API key has none: it is revoked."""
        session = self._memory.session(actor.session)
        if session is not None:
            self._end(session.id)
            await self._delete_ended()

    async def initialisation_needed(self) -> bool:
        """No administrator yet. As long as none is known the database is asked: the command
        `tws initialise` may have made one beside this process. StorageUnavailable."""
        if not self._registry.administrators:
            await self._registry.refresh(self._storage)
        return not self._registry.administrators

    async def initialise(
        self, *, username: str, password: str, company: str, domain: Mapping[str, Any]
    ) -> Actor:
        """The first administrator, company and domain (3.2); Conflict once there is one.

        `domain`: the fields of `OrganisationService.create_domain`, without its company.
        """
        if not await self.initialisation_needed():
            raise founded()
        check_password(password, words.username(username), SHORTEST_OF_ADMINISTRATOR)
        rows = first_rows(username, company, domain)
        administrator = rows.administrator
        hash = await self._hashing.hash(password)
        actor = Actor(
            label=f"administrator {administrator.username}",
            administrator=administrator.id,
            companies=None,
        )
        async with transaction(self._storage) as tx:
            await found(tx, actor, rows)
            owner = Owner(administrator=administrator.id)
            await store.write_password(tx, owner, hash, self._clock())
        return actor

    async def _start(
        self, owner: Owner, password: str, hash: str, address: str, agent: str
    ) -> tuple[Actor, str]:
        renewed = await self._hashing.hash(password) if self._hashing.outdated(hash) else None
        now, token = self._clock(), new_token()
        session = Session(
            id=new_id(),
            token=digest(token),
            user=owner.user,
            administrator=owner.administrator,
            created=now,
            seen=now,
            address=_printable(address, 64),
            agent=_printable(agent, 200),
        )
        async with transaction(self._storage) as tx:
            actor = self._rights.actor(session)
            if actor is None or await store.password_hash(tx, owner, lock=True) != hash:
                raise LoginRefused(REFUSED)  # it changed since it was verified
            if renewed is not None:
                await store.rewrite_hash(tx, owner, hash, renewed)
            await store.insert_session(tx, session)
            told = {"address": session.address, "agent": session.agent}
            await tx.audit(actor, "signed in", session.id, None, told, company=actor.company)
            tx.publish(SessionStarted(session))
        self._end_the_oldest(session)
        if self._rights.actor(session) is None:
            self._end(session.id)
            raise LoginRefused(REFUSED)
        return actor, token

    def _end_the_oldest(self, new: Session) -> None:
        if new.user is not None:
            open_now = self._memory.sessions_of(new.user)
        elif new.administrator is not None:
            open_now = self._memory.sessions_of_administrator(new.administrator)
        else:
            return
        if len(open_now) > MOST_SESSIONS:
            oldest = min(open_now, key=lambda s: self._memory.last_used(s.id) or s.created)
            self._end(oldest.id)


def _printable(text: str, longest: int) -> str:
    return "".join(c for c in text if c.isprintable())[:longest]
