"""Signing in and out, and the very first start."""

from collections.abc import Mapping
from typing import Any

from tws.access import store
from tws.access.errors import LoginRefused
from tws.access.events import SessionStarted
from tws.access.login_method import REFUSED, Credentials, Verified
from tws.access.memory import digest, new_token
from tws.access.model import Owner, Session
from tws.access.passwords import SHORTEST_OF_ADMINISTRATOR, check_password
from tws.access.verifying import Verifying
from tws.organisation import words
from tws.organisation.actor import Actor
from tws.organisation.founding import first_rows, found, founded
from tws.records.transactions import transaction
from tws.storage import new_id

MOST_SESSIONS = 50
"Of one user or administrator: the one unused for longest ends."


class Signing(Verifying):
    async def login(self, shown: Credentials, *, address: str, agent: str) -> tuple[Actor, str]:
        """A user signs in: the actor, and the token that stands for it from now on. LoginRefused,
        TooMany."""
        await self.initialisation_needed()
        user_named = self._registry.user_named(shown.username, shown.company or None)
        names = (words.fold(shown.username), words.fold(shown.company or ""))
        account = user_named.id if user_named else names
        with self._throttle.trying((account, address), self._clock()):
            known = await self._users.verify(shown, address)
        if (user := known.owner.user) is None:
            raise LoginRefused(REFUSED)
        if (refusal := self._actors.refusal(user)) is not None:
            raise refusal
        return await self._start(known, address, agent)

    async def login_administrator(
        self, shown: Credentials, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """As `login`: administrators are apart from users."""
        await self.initialisation_needed()
        account = ("administrator", words.fold(shown.username.strip()))
        with self._throttle.trying((account, address), self._clock()):
            known = await self._administrators.verify(shown, address)
        return await self._start(known, address, agent)

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

        `domain`: the fields of `Domains.create_domain`, without its company.
        """
        if not await self.initialisation_needed():
            raise founded()
        check_password(password, words.username(username), SHORTEST_OF_ADMINISTRATOR)
        rows = first_rows(username, company, domain)
        administrator = rows.administrator
        hash = await self._passwords.hashing.hash(password)
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

    async def _start(self, known: Verified, address: str, agent: str) -> tuple[Actor, str]:
        now, token = self._clock(), new_token()
        session = Session(
            id=new_id(),
            token=digest(token),
            user=known.owner.user,
            administrator=known.owner.administrator,
            created=now,
            seen=now,
            address=_printable(address, 64),
            agent=_printable(agent, 200),
        )
        async with transaction(self._storage) as tx:
            actor = self._actors.actor(session)
            if actor is None:
                raise LoginRefused(REFUSED)
            await known.confirm(tx)
            await store.insert_session(tx, session)
            told = {"address": session.address, "agent": session.agent}
            await tx.audit(actor, "signed in", session.id, None, told, company=actor.company)
            tx.publish(SessionStarted(session))
        self._end_the_oldest(session)
        if self._actors.actor(session) is None:
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
