"""Whose passkeys there are: made and taken away by whose they are, looked at and taken away by
administrators."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tws.access import store
from tws.access.challenges import Challenge, Challenges
from tws.access.login_method import Known
from tws.access.methods import STORED, Methods
from tws.access.model import Owner, Passkey, Session
from tws.access.owners import company_of, managed_administrator, managed_user, may_end
from tws.access.second_factor import SecondFactors
from tws.access.sessions import Sessions
from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotAllowed, missing
from tws.organisation import words
from tws.organisation.actor import Actor, AdministratorId, CompanyId, UserId
from tws.organisation.parameters.catalogue.server import AUTH_METHODS
from tws.organisation.registry import Registry
from tws.protocols import webauthn
from tws.protocols.webauthn import Asked, Place, WrongAnswer
from tws.records.transactions import transaction
from tws.storage import Reader, Storage, Transaction, new_id

MOST = 10
"Of one user or administrator."


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose passkeys they are."""

    session: Session
    owner: Owner
    username: str
    shown: str
    company: CompanyId | None


class Passkeys:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        bus: Bus,
        clock: Callable[[], datetime],
        methods: Methods,
        factors: SecondFactors,
    ) -> None:
        self._storage, self._registry, self._sessions = storage, registry, sessions
        self._clock, self._methods, self._factors = clock, methods, factors
        self._challenges = Challenges(bus, "passkeys to be made")

    # ---------------------------------------------------------------- looking

    async def of(self, actor: Actor) -> list[Passkey]:
        """One's own, in the order in which they were made."""
        return await self._of(self._own(actor).owner)

    def allowed(self, actor: Actor) -> bool:
        """Whether the actor may sign in by one: a user's stands for the password kept here."""
        user = self._registry.users.get(actor.user) if actor.user else None
        return user is None or STORED in self._methods.of(user)

    async def of_user(self, actor: Actor, user: UserId) -> list[Passkey]:
        """For administrators."""
        return await self._of(managed_user(actor, self._registry, user))

    async def of_administrator(self, actor: Actor, id: AdministratorId) -> list[Passkey]:
        """For super users."""
        return await self._of(managed_administrator(actor, self._registry, id))

    async def _of(self, owner: Owner) -> list[Passkey]:
        async with self._storage.reading() as reader:
            return await store.passkeys(reader, owner)

    # ---------------------------------------------------------------- making one

    async def begin(self, actor: Actor, place: Place, code: str | None, address: str) -> Asked:
        """What the browser is to be asked. Whoever has a second factor shows its code:
        SecondFactorNeeded, LoginRefused, TooMany. Conflict where there are enough."""
        person = self._own(actor)
        if not self.allowed(actor):
            raise NotAllowed(
                f"{AUTH_METHODS} of this account has no {STORED}: a passkey would not be taken.",
                why="methodNotAllowed",
            )
        async with self._storage.reading() as reader:
            known = await self._room_for_more(reader, person.owner)
        verified = await self._factors.verify(Known(person.owner), code)
        asked = webauthn.ask_to_create(
            place,
            person.owner.id,
            person.username,
            person.shown,
            [one.credential for one in known if one.rp == place.rp],
        )
        self._challenges.add(
            Challenge(asked, place, address, self._clock(), person.session.id, verified)
        )
        return asked

    async def add(self, actor: Actor, name: str, client_data: str, attestation: str) -> Passkey:
        """What the browser answered. Invalid with why `challengeOver` or `passkeyRefused`."""
        person, now = self._own(actor), self._clock()
        called = words.name(name, "name", words="a name")
        try:
            challenge = webauthn.challenge_of(client_data)
            asked = self._challenges.take(challenge, person.session.id, now)
            if asked is None:
                raise Invalid(
                    "This took too long: begin again.", field="clientData", why="challengeOver"
                )
            made = webauthn.created(asked.place, asked.asked.state, client_data, attestation)
        except WrongAnswer as error:
            raise Invalid(
                f"This is no passkey for this server: {error}.",
                field="attestationObject",
                why="passkeyRefused",
            ) from error
        one = Passkey(
            id=new_id(),
            owner=person.owner,
            rp=asked.place.rp,
            credential=made.credential,
            public_key=made.public_key,
            name=called,
            sign_count=made.sign_count,
            backed_up=made.backed_up,
            created=now,
        )
        async with transaction(self._storage) as tx:
            await tx.lock(f"passkeys of {person.owner.id}")
            await self._room_for_more(tx, person.owner)
            if asked.verified is not None:
                await asked.verified.confirm(tx)
            await store.insert_passkey(tx, one)
            await self._tell(tx, actor, "passkey added", one)
        return one

    async def _room_for_more(self, reader: Reader, owner: Owner) -> list[Passkey]:
        known = await store.passkeys(reader, owner)
        if len(known) >= MOST:
            raise Conflict(
                f"There are {MOST} passkeys already: remove one first.",
                why="enoughPasskeys",
                parameters={"most": MOST},
            )
        return known

    # ---------------------------------------------------------------- taking one away

    async def remove(self, actor: Actor, id: str) -> None:
        """One's own; or by an administrator who manages whose it is. NotFound for what is not
        there and for somebody else's alike."""
        session = self._sessions.memory.session(actor.session)
        async with transaction(self._storage) as tx:
            one = await store.passkey(tx, id)
            if one is None or session is None or not may_end(actor, self._registry, one.owner):
                raise missing("passkey")
            if await store.delete_passkey(tx, id):
                await self._tell(tx, actor, "passkey removed", one)

    async def _tell(self, tx: Transaction, actor: Actor, action: str, one: Passkey) -> None:
        told, company = {"name": one.name}, company_of(self._registry, one.owner)
        await tx.audit(actor, action, one.owner.id, None, told, company=company)

    def _own(self, actor: Actor) -> _Person:
        session = self._sessions.memory.session(actor.session)
        if session is None:
            raise NotAllowed(
                "A passkey is made by who signs in with it, not by a program.",
                why="sessionsOnly",
            )
        owner = session.owner
        if session.user is not None and (user := self._registry.users.get(session.user)):
            return _Person(session, owner, user.username, user.display_name, user.company)
        name = actor.label.removeprefix("administrator ")
        return _Person(session, owner, name, f"{name} (Administration)", None)
