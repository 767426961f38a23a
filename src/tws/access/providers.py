"""Each company's provider of identities, and whether it can be reached."""

import functools
from collections.abc import Callable

from tws.access.identity_provider import Client, IdentityProvider, MakeProvider, NotIdentified
from tws.access.login_method import Reached
from tws.organisation.actor import CompanyId
from tws.organisation.parameters.catalogue.server import (
    AUTH_OIDC_CLAIM,
    AUTH_OIDC_CLIENT_ID,
    AUTH_OIDC_CLIENT_SECRET,
    AUTH_OIDC_ISSUER,
    AUTH_OIDC_SCOPES,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.register import NotInstalled
from tws.sentences import said, sentence
from tws.storage.secrets import SecretLost, Secrets

EMAIL, VERIFIED = "email", "email_verified"


class Providers:
    def __init__(
        self, registry: Registry, secrets: Secrets, provider: MakeProvider | None
    ) -> None:
        """`provider` is made when somebody first comes; None: there is none."""
        self._registry, self._parameters = registry, Parameters(registry)
        self._secrets = secrets
        self.provider: Callable[[], IdentityProvider] | None = (
            None if provider is None else functools.cache(provider)
        )

    def companies(self) -> list[CompanyId]:
        """Which have one."""
        needed = (AUTH_OIDC_ISSUER, AUTH_OIDC_CLIENT_ID)
        return [
            company
            for company in self._registry.companies
            if self.provider is not None and all(self.text(company, name) for name in needed)
        ]

    async def reach(self, company: CompanyId) -> tuple[Reached, ...]:
        """What the company's provider says of itself, and its keys, fetched anew; empty where
        there is no provider."""
        if self.provider is None or company not in self.companies():
            return ()
        try:
            client = self.client(company)
            keys = await self.provider().reach(client)
        except NotIdentified as error:
            return (Reached(False, error.said),)
        except (SecretLost, NotInstalled) as error:
            return (Reached(False, said(str(error))),)
        words = sentence("{issuer} answers, with {keys} keys.", issuer=client.issuer, keys=keys)
        return (Reached(True, words),)

    def client(self, company: CompanyId) -> Client:
        """SecretLost."""
        claim = self.text(company, AUTH_OIDC_CLAIM)
        return Client(
            issuer=self.text(company, AUTH_OIDC_ISSUER),
            client_id=self.text(company, AUTH_OIDC_CLIENT_ID),
            client_secret=self._secret(company),
            scopes=self.text(company, AUTH_OIDC_SCOPES),
            claims=frozenset({claim, VERIFIED} if claim == EMAIL else {claim}),
        )

    def text(self, company: CompanyId, name: str) -> str:
        return str(self._parameters.of_company(company, name).value)

    def _secret(self, company: CompanyId) -> str:
        name = AUTH_OIDC_CLIENT_SECRET
        given = self._parameters.of_company(company, name)
        if given.row is None or not given.value:
            return ""
        return str(self._secrets.open(given.value, given.row.id, name))
