"""People sign in by the ticket of their Windows session, unasked (6.2)."""

import unicodedata
from dataclasses import dataclass

from tws.access.actors import OF_PROGRAMS
from tws.access.errors import LoginRefused
from tws.access.login_method import Known
from tws.access.methods import Methods
from tws.access.model import Owner
from tws.access.negotiator import NTLM, Negotiator, Proven, Standing, TicketRefused
from tws.access.refusals import Refusals
from tws.access.second_factor import SecondFactors
from tws.access.sessions import Sessions
from tws.access.signing import Signing
from tws.organisation.actor import Actor
from tws.organisation.applications import Application
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import (
    AUTH_METHODS,
    AUTH_WINDOWS_REALM,
    WINDOWS_SECURITY,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.protocols.ntlm import SIGNATURE


@dataclass(frozen=True, slots=True)
class SignedIn:
    actor: Actor
    token: str
    answer: bytes
    "For the other side, which may want to know whom it speaks to."


class WindowsSecurity:
    def __init__(
        self,
        registry: Registry,
        sessions: Sessions,
        signing: Signing,
        methods: Methods,
        factors: SecondFactors,
        negotiator: Negotiator | None,
        administrators_realm: str,
        workgroup: Negotiator,
        refusals: Refusals,
    ) -> None:
        """`negotiator`: of the domain; None: nothing reads its tickets here. `workgroup`: where
        that takes no NTLM. `administrators_realm`: its accounts are the administrators of the same
        names; empty: none is."""
        self._all = (workgroup,) if negotiator is None else (negotiator, workgroup)
        self._administrators_realm = administrators_realm.strip().upper()
        self._registry, self._parameters = registry, Parameters(registry)
        self._actors, self._signing = sessions.actors, signing
        self._methods, self._factors, self._negotiator = methods, factors, negotiator
        self._refusals = refusals

    @property
    def offered(self) -> bool:
        """Whether anybody may come in so: pages try it then."""
        chosen = (
            value.value
            for value in self._registry.parameter_values.values()
            if value.parameter == AUTH_METHODS
        )
        return bool(self.schemes) and any(
            WINDOWS_SECURITY in str(value).split("|") for value in chosen
        )

    def standing(self) -> Standing | None:
        """Whether tickets can be read; None without a keytab."""
        return None if self._negotiator is None else self._negotiator.standing()

    @property
    def offered_to_administrators(self) -> bool:
        return self._negotiator is not None and bool(self._administrators_realm)

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(scheme for each in self._all for scheme in each.schemes))

    def close(self) -> None:
        for each in self._all:
            each.close()

    async def login(
        self, token: bytes, code: str | None, *, address: str, connection: str, agent: str
    ) -> SignedIn:
        """A session for whoever shows this ticket, by this connection. MoreAsked; LoginRefused
        with a reason; SecondFactorNeeded, after which another ticket is shown with the code."""
        proven, user = await self._identified(token, address, connection)
        verified = await self._factors.verify(Known(Owner(user=user.id)), code)
        actor, session = await self._signing.start(verified, address, agent, how=WINDOWS_SECURITY)
        return SignedIn(actor, session, proven.answer)

    async def login_administrator(
        self, token: bytes, code: str | None, *, address: str, connection: str, agent: str
    ) -> SignedIn:
        """As `login`: an administrator. Their passwords stay good: who is to mend something must
        get in."""
        proven = await self._proven(token, address, connection)
        known = self._registry.administrator_named(proven.account)
        ours = proven.realm.upper() == self._administrators_realm
        if known is None or not ours or not _same(known.username, proven.account):
            raise await self._refused(proven, "unknownUser", address)
        owner = Owner(administrator=known.id)
        verified = await self._factors.verify(Known(owner), code)
        actor, session = await self._signing.start(verified, address, agent, how=WINDOWS_SECURITY)
        return SignedIn(actor, session, proven.answer)

    async def actor(self, token: bytes, *, address: str) -> tuple[Actor, bytes]:
        """Who asks for one thing, as a program does: nothing is open afterwards. LoginRefused;
        SecondFactorNeeded for a user who has one, whose programs show a key instead."""
        proven, user = await self._identified(token, address, of_program=True)
        await self._factors.verify(Known(Owner(user=user.id)), None)
        actor = self._actors.of_user(user.id, OF_PROGRAMS, None)
        if actor is None:
            application = Application.TOOLKIT
            raise await self._refused(
                proven, "applicationNotGranted", address, user, application=application
            )
        return actor, proven.answer

    async def seen(self, token: bytes, *, address: str, connection: str) -> bytes:
        """That it is a ticket, whoever's. MoreAsked, LoginRefused."""
        return (await self._proven(token, address, connection)).answer

    async def _proven(self, token: bytes, address: str, connection: str) -> Proven:
        reads = self._negotiator
        if token.startswith(SIGNATURE):
            reads = next((each for each in self._all if NTLM in each.schemes), reads)
        try:
            if reads is None:
                raise TicketRefused("it is no message of NTLM, and there is no keytab")
            return await reads.verify(token, connection, address)
        except TicketRefused as error:
            await self._refusals.note(WINDOWS_SECURITY, "", str(error), address)
            raise LoginRefused(
                f"The ticket of your Windows session was refused: {error}.", why="ticketRefused"
            ) from error

    async def _identified(
        self, token: bytes, address: str, connection: str = "", *, of_program: bool = False
    ) -> tuple[Proven, User]:
        proven = await self._proven(token, address, connection)
        known = [u for u in self._registry.users_named(proven.account) if self._is(u, proven)]
        if len(known) != 1:
            raise await self._refused(proven, "unknownUser", address)
        (user,) = known
        if WINDOWS_SECURITY not in self._methods.of(user):
            raise await self._refused(proven, "methodNotAllowed", address, user)
        refusal = None if of_program else self._signing.refusal(user.id)
        if refusal is not None:
            raise await self._refused(
                proven, str(refusal.why), address, user, application=Application.CALLER
            )
        return proven, user

    def _is(self, user: User, proven: Proven) -> bool:
        """Nobody of a realm that is not named: domains trust others, whose people have the same
        names."""
        if proven.user is not None:
            return proven.user == user.id
        realms = str(self._parameters.effective(user.id, AUTH_WINDOWS_REALM))
        named = {realm.upper() for realm in realms.replace(",", " ").split()}
        return proven.realm.upper() in named and _same(user.username, proven.account)

    async def _refused(
        self,
        proven: Proven,
        why: str,
        address: str,
        user: User | None = None,
        **more: str,
    ) -> LoginRefused:
        account = f"{proven.account}@{proven.realm}".removesuffix("@")
        company = user.company if user else None
        await self._refusals.note(WINDOWS_SECURITY, account, why, address, company)
        return LoginRefused(
            f"{account} may not sign in here ({WORDS.get(why, why)}).",
            why=why,
            parameters={"account": account, **more},
        )


WORDS = {
    "unknownUser": "no user, or more than one, has that name and realm",
    "methodNotAllowed": f"AuthMethods of that user has no {WINDOWS_SECURITY}",
    "accountDisabled": "the account is disabled",
    "applicationNotGranted": "it is not authorised to use the application",
}


def _same(ours: str, theirs: str) -> bool:
    """Case-blind, as Windows is, and no more."""
    one, other = (unicodedata.normalize("NFC", text.strip()).lower() for text in (ours, theirs))
    return one == other
