"""May they: signing in, sessions, API keys, passwords. The only maker of actors.

While the database is away whoever is signed in stays so; signing in and changes raise
StorageUnavailable.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from tws.access.by_name import ByAddress, ByName
from tws.access.by_passkey import ByPasskey
from tws.access.by_password import AdministratorsByPassword, ByPassword, Passwords
from tws.access.changing import ChangingPasswords
from tws.access.elsewhere import Elsewhere
from tws.access.first_start import FirstStart
from tws.access.identity_provider import MakeProvider
from tws.access.keys import Keys
from tws.access.login_method import LoginMethod
from tws.access.methods import STORED, Methods
from tws.access.negotiator import Negotiator
from tws.access.openid import OpenId
from tws.access.own_sessions import OwnSessions
from tws.access.passkeys import Passkeys
from tws.access.passwords import Hashing
from tws.access.providers import Providers
from tws.access.refusals import Refusals
from tws.access.second_factor import SecondFactors
from tws.access.sessions import Sessions
from tws.access.signing import Signing
from tws.access.tries.service import Tries
from tws.access.windows import WindowsSecurity
from tws.access.workgroup import Workgroup
from tws.bus import Bus
from tws.organisation.parameters.catalogue.server import OPENID_CONNECT, WINDOWS_SECURITY
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.secrets import Secrets

NONE_OF_OTHERS: Mapping[str, LoginMethod] = MappingProxyType({})


class AccessService:
    """One part for each thing that can be done."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        secrets: Secrets,
        *,
        hashing: Hashing | None = None,
        methods: Mapping[str, LoginMethod] = NONE_OF_OTHERS,
        provider: MakeProvider | None = None,
        negotiator: Negotiator | None = None,
        administrators_realm: str = "",
    ) -> None:
        """`methods`: of other products, besides those of TWS; `provider`: of identities;
        `negotiator`: of tickets, for administrators too who have accounts in that realm."""
        self.hashing = hashing = hashing or Hashing()
        self.sessions = Sessions(storage, registry, bus, clock)
        self.tries = Tries(bus, clock, secrets, self.sessions.memory.addresses_of)
        throttle, guessing = self.tries.throttle, self.tries.guessing
        passwords, parameters = Passwords(storage, hashing), Parameters(registry)
        self.refusals = refusals = Refusals(storage, clock)
        offered = _own(passwords) | dict(methods)
        group = Workgroup(registry, secrets, guessing, clock)
        providers = Providers(registry, secrets, provider)
        self.tried = tried = Methods(parameters, offered, negotiator, group, providers)
        self.elsewhere = Elsewhere(registry, tried, providers)
        others = {OPENID_CONNECT: provider, WINDOWS_SECURITY: negotiator}
        self.methods = frozenset({*offered, *(x for x in others if others[x])})
        "By their names in the parameter `AuthMethods`."
        self.own_sessions = OwnSessions(registry, self.sessions)
        self.first_start = FirstStart(storage, registry, hashing, clock)
        self.second_factors = factors = SecondFactors(
            storage, registry, self.sessions, secrets, clock, throttle
        )
        self.signing = Signing(
            *(storage, registry, self.sessions, clock),
            throttle=throttle,
            guessing=guessing,
            methods=tried,
            administrators=AdministratorsByPassword(registry, passwords),
            factors=factors,
            first_start=self.first_start,
            refusals=refusals,
        )
        self.passkeys = Passkeys(storage, registry, self.sessions, bus, clock, tried, factors)
        self.by_passkey = ByPasskey(
            storage, registry, bus, clock, self.signing, tried, refusals, throttle
        )
        self.openid = OpenId(
            registry, providers, bus, clock, signing=self.signing, methods=tried, factors=factors
        )
        self.windows = WindowsSecurity(
            *(registry, self.sessions, self.signing, tried, factors),
            *(negotiator, administrators_realm, group, refusals),
        )
        self.passwords = ChangingPasswords(
            storage, registry, self.sessions, clock, throttle=throttle, passwords=passwords
        )
        self.keys = Keys(storage, registry, self.sessions, clock)


def _own(passwords: Passwords) -> dict[str, LoginMethod]:
    """Those of TWS."""
    return {STORED: ByPassword(passwords), "None": ByName(), "Ip": ByAddress()}
