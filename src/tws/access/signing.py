"""Signing in and out."""

from collections.abc import Callable
from datetime import datetime

from tws.access import store
from tws.access.by_password import AdministratorsByPassword
from tws.access.errors import LoginRefused
from tws.access.events import SessionStarted
from tws.access.first_start import FirstStart
from tws.access.login_method import REFUSED, Credentials, Verified
from tws.access.memory import digest, new_token
from tws.access.methods import Methods, Outcome, Tried
from tws.access.model import Session
from tws.access.refusals import Refusals
from tws.access.second_factor import SecondFactors
from tws.access.sessions import Sessions
from tws.access.tries.guessing import Guessing
from tws.access.tries.throttle import Throttle
from tws.organisation import words
from tws.organisation.actor import Actor, UserId
from tws.organisation.permission import managed
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.storage import Storage, new_id

MOST_SESSIONS = 50
"Of one user or administrator: the one unused for longest ends."


class Signing:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        clock: Callable[[], datetime],
        *,
        throttle: Throttle,
        guessing: Guessing,
        methods: Methods,
        administrators: AdministratorsByPassword,
        factors: SecondFactors,
        first_start: FirstStart,
        refusals: Refusals,
    ) -> None:
        self._storage, self._registry, self._sessions = storage, registry, sessions
        self._clock, self._throttle, self._guessing = clock, throttle, guessing
        self._methods, self._administrators = methods, administrators
        self._factors, self._first_start = factors, first_start
        self._refusals = refusals

    async def login(self, shown: Credentials, *, agent: str) -> tuple[Actor, str]:
        """A user signs in: the actor, and the token that stands for it from now on. LoginRefused,
        SecondFactorNeeded, TooMany."""
        await self._first_start.needed()
        user = self._registry.user_named(shown.username, shown.company or None)
        names = (words.fold(shown.username), words.fold(shown.company or ""))
        account = names if user is None else user.id
        company = None if user is None else user.company
        async with self._refusals.noted(shown.username, shown.address, company):
            with self._guessing.trying(account, shown.address, self._clock()):
                verified = await self._methods.verify(user, shown)
                verified = await self._factors.verify(verified, shown.code)
        if (id := verified.owner.user) is None:
            raise LoginRefused(REFUSED)
        if (refusal := self.refusal(id)) is not None:
            raise refusal
        return await self.start(verified, shown.address, agent)

    async def login_administrator(self, shown: Credentials, *, agent: str) -> tuple[Actor, str]:
        """As `login`: administrators are apart from users."""
        await self._first_start.needed()
        found = self._registry.administrator_named(shown.username)
        names = ("administrator", words.fold(shown.username.strip()))
        account = names if found is None else found.id
        async with self._refusals.noted(shown.username, shown.address):
            with self._guessing.trying(account, shown.address, self._clock()):
                verified = await self._administrators.verify(shown)
                verified = await self._factors.verify(verified, shown.code)
        return await self.start(verified, shown.address, agent)

    async def try_out(
        self, actor: Actor, user: UserId, password: str, address: str
    ) -> tuple[Tried, ...]:
        """For administrators: what each of the user's methods says of this password, as if it came
        from `address`. Nobody is signed in. TooMany as for any try."""
        row = managed(actor, self._registry.users, user, "user")
        shown = Credentials(row.username, password, address=address)
        who = (row.id, "tried out")
        self._throttle.begin(who, self._clock())
        tried = await self._methods.explain(row, shown)
        if any(one.outcome is Outcome.ACCEPTED for one in tried):
            self._throttle.succeeded(who)
        else:
            self._throttle.failed(who)
        return tried

    async def logout(self, actor: Actor) -> None:
        """End the actor's session. An API key has none: it is revoked."""
        session = self._sessions.memory.session(actor.session)
        if session is not None:
            self._sessions.end(session.id)
            await self._sessions.delete_ended()

    def refusal(self, user: UserId) -> LoginRefused | None:
        """Why a user who has shown who he is may not sign in."""
        return self._sessions.actors.refusal(user)

    async def start(
        self, verified: Verified, address: str, agent: str, *, how: str = ""
    ) -> tuple[Actor, str]:
        """A session for whoever has shown who he is. `how`: for the audit log, where it was not
        by this page's form. LoginRefused."""
        now, token = self._clock(), new_token()
        session = Session(
            id=new_id(),
            token=digest(token),
            user=verified.owner.user,
            administrator=verified.owner.administrator,
            created=now,
            seen=now,
            address=_printable(address, 64),
            agent=_printable(agent, 200),
        )
        async with transaction(self._storage) as tx:
            actor = self._sessions.actors.actor(session)
            if actor is None:
                raise LoginRefused(REFUSED)
            await verified.confirm(tx)
            await store.insert_session(tx, session)
            told = {"address": session.address, "agent": session.agent}
            told |= {"method": how} if how else {}
            await tx.audit(actor, "signed in", session.id, None, told, company=actor.company)
            tx.publish(SessionStarted(session))
        self._end_the_oldest(session)
        if self._sessions.actors.actor(session) is None:
            self._sessions.end(session.id)
            raise LoginRefused(REFUSED)
        return actor, token

    def _end_the_oldest(self, new: Session) -> None:
        memory = self._sessions.memory
        open_now = memory.sessions_of_owner(new)
        if len(open_now) > MOST_SESSIONS:
            oldest = min(open_now, key=lambda s: memory.last_used(s.id) or s.created)
            self._sessions.end(oldest.id)


def _printable(text: str, longest: int) -> str:
    return "".join(c for c in text if c.isprintable())[:longest]
