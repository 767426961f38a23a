"""Who is signed in where: looked at, and ended, by whose it is or by an administrator."""

from collections.abc import Iterable
from dataclasses import replace

from tws.access.model import Session
from tws.access.owners import managed_administrator, managed_user, may_end
from tws.access.sessions import Sessions
from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.organisation.registry import Registry


class OwnSessions:
    def __init__(self, registry: Registry, sessions: Sessions) -> None:
        self._registry, self._sessions = registry, sessions

    def list_sessions(self, actor: Actor, user: UserId | None = None) -> tuple[Session, ...]:
        """One's own, or a user's for who manages the company; newest first, each with when it was
        used last."""
        memory = self._sessions.memory
        if user is None:
            own = memory.session(actor.session)
            if own is None:
                raise NotAllowed("A program has no sessions.", why="sessionsOnly")
            found = memory.sessions_of_owner(own)
        else:
            if actor.user != user:
                managed_user(actor, self._registry, user)
            found = memory.sessions_of(user)
        return self._shown(found)

    def list_of_administrator(self, actor: Actor, id: AdministratorId) -> tuple[Session, ...]:
        """For super users."""
        managed_administrator(actor, self._registry, id)
        return self._shown(self._sessions.memory.sessions_of_administrator(id))

    def _shown(self, found: Iterable[Session]) -> tuple[Session, ...]:
        memory = self._sessions.memory
        shown = (replace(each, seen=memory.last_used(each.id) or each.seen) for each in found)
        return tuple(sorted(shown, key=lambda each: each.created, reverse=True))

    async def revoke_session(self, actor: Actor, id: str) -> None:
        """Whatever is open with it is closed. NotFound for what is not there and for somebody
        else's alike."""
        session = self._sessions.memory.session(id)
        if session is None or not self._may_end(actor, session):
            raise missing("session")
        self._sessions.end(id)
        await self._sessions.delete_ended()

    def _may_end(self, actor: Actor, session: Session) -> bool:
        if self._sessions.memory.session(actor.session) is None:
            return False  # a key that leaked signs nobody out
        return may_end(actor, self._registry, session.owner)
