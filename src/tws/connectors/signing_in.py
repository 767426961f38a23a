"""The registers of the ways of signing in by other products.

One is loaded when it is first used. To add one: write it, add its line here.
"""

from collections.abc import Mapping
from pathlib import Path

from tws.access.identity_provider import IdentityProvider, MakeProvider
from tws.access.login_method import LoginMethod, MakeMethod
from tws.access.negotiator import MakeNegotiator, Negotiator
from tws.organisation.parameters.explaining import Parameters
from tws.register import NotInstalled, Register

LOGIN_METHODS: Register[MakeMethod] = Register({"LDAP": "tws.connectors.ldap.login:LdapLogin"})
"How users sign in by other products, as the parameter `AuthMethods` names them."

IDENTITY_PROVIDERS: Register[MakeProvider] = Register(
    {"OpenIDConnect": "tws.connectors.openid.connect:OpenIdConnect"}
)
"Where they sign in and come back from, in the same way."

NEGOTIATORS: Register[MakeNegotiator] = Register(
    {"WindowsSecurity": "tws.connectors.windows.session:WindowsSession"}
)
"What reads the tickets that they show unasked, in the same way."


def login_methods(parameters: Parameters, files: Path) -> Mapping[str, LoginMethod]:
    """By name, those whose libraries are installed."""
    return {
        name: make(parameters, files)
        for name, make in LOGIN_METHODS.listing().items()
        if not isinstance(make, NotInstalled)
    }


def identity_provider() -> IdentityProvider:
    """NotInstalled where its libraries are not."""
    return IDENTITY_PROVIDERS.load("OpenIDConnect")()


def negotiator(keytab: Path | None, ntlm_auth: Path | None) -> Negotiator | None:
    """None where it has neither."""
    if keytab is None and ntlm_auth is None:
        return None
    return NEGOTIATORS.load("WindowsSecurity")(keytab, ntlm_auth)
