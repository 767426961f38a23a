"""Users sign in by their company's provider of identities (OpenID Connect). Administrators do not:
who is to mend a wrong provider must get in."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.access.identity_provider import Failure, NotIdentified
from tws.access.login_method import Known
from tws.access.methods import Methods
from tws.access.model import Owner
from tws.access.pending import Pending, PendingSignIns
from tws.access.providers import EMAIL, VERIFIED, Providers
from tws.access.second_factor import SecondFactors
from tws.access.signing import Signing
from tws.bus import Bus
from tws.errors import NotFound, ServiceError, TooMany, Unavailable
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import (
    AUTH_OIDC_CLAIM,
    AUTH_OIDC_LABEL,
    OPENID_CONNECT,
)
from tws.organisation.registry import Registry
from tws.register import NotInstalled
from tws.storage import StorageUnavailable
from tws.storage.secrets import SecretLost

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """A way in, told to whoever opens the page."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Begun:
    address: str
    "Where the browser goes."
    browser: str
    "What it must come back with."


class OpenId:
    def __init__(
        self,
        registry: Registry,
        providers: Providers,
        bus: Bus,
        clock: Callable[[], datetime],
        *,
        signing: Signing,
        methods: Methods,
        factors: SecondFactors,
    ) -> None:
        self._registry, self._providers = registry, providers
        self._clock, self._signing = clock, signing
        self._methods, self._factors = methods, factors
        self._pending = PendingSignIns(bus, self._secret_of)

    def offered(self) -> list[Offer]:
        """Of the companies that have one."""
        found = [
            Offer(_id(c), self._providers.text(c, AUTH_OIDC_LABEL))
            for c in self._providers.companies()
        ]
        return sorted(found, key=lambda offer: (words.fold(offer.label), offer.id))

    async def begin(self, id: str, callback: str, address: str) -> Begun:
        """`address`: where they come from. NotFound; NotIdentified."""
        company = next((each for each in self._providers.companies() if _id(each) == id), None)
        if company is None or self._providers.provider is None:
            raise NotFound("There is no such way to sign in.")
        try:
            client = self._providers.client(company)
            asked = await self._providers.provider().begin(client, callback)
        except (NotIdentified, SecretLost, NotInstalled) as error:
            raise _logged(error, company=company) from error
        browser = self._pending.add(company, client, asked, address, self._clock())
        return Begun(asked.address, browser)

    def _secret_of(self, company: CompanyId) -> str | None:
        """None where it cannot be read."""
        try:
            return self._providers.client(company).client_secret
        except (NotIdentified, SecretLost):
            return None

    async def finish(
        self, answer: Mapping[str, str], browser: str, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """The actor and the token of whoever came back. NotIdentified; what was begun is over,
        but for SECOND_FACTOR: then `finish_with_code`."""
        one = self._pending.take(answer.get("state", ""), browser, self._clock())
        if one is None:
            raise _logged(NotIdentified(Failure.LATE, "nobody is awaited so"), address=address)
        try:
            owner = await self._owner(one, answer)
            try:
                return await self._start(owner, None, address, agent)
            except SecondFactorNeeded as error:
                self._pending.identified(one, owner)
                raise NotIdentified(Failure.SECOND_FACTOR, error.message) from error
        except (NotIdentified, ServiceError, StorageUnavailable, SecretLost) as error:
            raise _logged(error, company=one.company, address=address) from error

    async def finish_with_code(
        self, code: str, browser: str, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """With the code of the second factor. LoginRefused, TooMany; another try is free."""
        one = self._pending.identified_in(browser, self._clock())
        if one is None or one.known is None:
            raise LoginRefused("This took too long: begin again.", why="signInOver")
        started = await self._start(one.known, code, address, agent)
        self._pending.over(one)
        return started

    async def _owner(self, one: Pending, answer: Mapping[str, str]) -> Owner:
        """Who came back. NotIdentified."""
        if self._providers.provider is None or one.client != self._providers.client(one.company):
            raise NotIdentified(Failure.LATE, "the provider was changed meanwhile")
        claims = await self._providers.provider().finish(one.client, one.asked, answer)
        return Owner(user=self._user(one.company, claims).id)

    async def _start(
        self, owner: Owner, code: str | None, address: str, agent: str
    ) -> tuple[Actor, str]:
        verified = await self._factors.verify(Known(owner), code)
        return await self._signing.start(verified, address, agent, how=OPENID_CONNECT)

    def _user(self, company: CompanyId, claims: Mapping[str, object]) -> User:
        """Whose the claims are, who may come in so. NotIdentified."""
        claim = self._providers.text(company, AUTH_OIDC_CLAIM)
        value = claims.get(claim)
        if not isinstance(value, str) or not value.strip():
            raise NotIdentified(Failure.UNKNOWN, f"the provider tells no {claim}")
        if claim == EMAIL and claims.get(VERIFIED) is not True:
            raise NotIdentified(Failure.UNKNOWN, f"the provider has not verified {value!r}")
        found = self._called(company, claim, value)
        if len(found) != 1:
            number = len(found) or "no"
            raise NotIdentified(Failure.UNKNOWN, f"{number} users have the {claim} {value!r}")
        (user,) = found
        if OPENID_CONNECT not in self._methods.of(user):
            raise NotIdentified(Failure.METHOD, f"AuthMethods of {user.username!r} has it not")
        if (refusal := self._signing.refusal(user.id)) is not None:
            raise NotIdentified(Failure(str(refusal.why)), refusal.message)
        return user

    def _called(self, company: CompanyId, claim: str, value: str) -> list[User]:
        known: Iterable[User]
        if claim == EMAIL:
            known = self._registry.users.values()
            return [u for u in known if u.company == company and _same(u.email, value)]
        known = self._registry.users_named(value)
        return [u for u in known if u.company == company and _same(u.username, value)]


def _id(company: CompanyId) -> str:
    """Says nothing of the company, and stays the same."""
    return hashlib.sha256(f"openid {company}".encode()).hexdigest()[:32]


def _same(ours: str, theirs: str) -> bool:
    """Case-blind, and no more: two accounts of a provider, one with a letter that looks like
    another, are two people."""
    one, other = ours.strip(), theirs.strip()
    composed = [unicodedata.normalize("NFC", text).lower() for text in (one, other)]
    return one.isascii() == other.isascii() and composed[0] == composed[1]


def _logged(error: Exception, **where: str) -> NotIdentified:
    """As the page is told it; the log has the rest."""
    match error:
        case NotIdentified():
            told = error
        case SecretLost() | NotInstalled() | StorageUnavailable() | Unavailable() | TooMany():
            told = NotIdentified(Failure.BUSY, str(error))
        case _:
            told = NotIdentified(Failure.DISABLED, str(error))
    log.warning("not signed in by OpenID Connect", why=told.failure, said=str(told), **where)
    return told
