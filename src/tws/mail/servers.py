"""By which server the mails of a company go."""

from pathlib import Path
from urllib.parse import urlsplit

from tws.mail.model import MailServer, Security
from tws.mail.writing import is_address
from tws.organisation.actor import CompanyId, UserId
from tws.organisation.parameters.catalogue.server import (
    SMT_AUTH_PASSWORD,
    SMT_AUTH_USER_NAME,
    SMT_CERTIFICATE,
    SMT_SECURITY,
    SMT_SENDER,
    SMT_SERVER,
    SMT_SERVER_PORT,
)
from tws.organisation.parameters.explaining import Parameters, Setting
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.sources.errors import Misconfigured
from tws.storage.secrets import SecretLost, Secrets


def is_set_up_for(registry: Registry, user: UserId) -> bool:
    """Whether mails to a user have a server to go by."""
    return bool(str(Parameters(registry).effective(user, SMT_SERVER)).strip())


class MailServers:
    def __init__(
        self, registry: Registry, secrets: Secrets, files: Path, public_url: str | None
    ) -> None:
        """`files`: the companies' folders, for certificates."""
        self._registry, self._secrets, self._files = registry, secrets, files
        self._parameters = Parameters(registry)
        self._name = (urlsplit(public_url).hostname if public_url else None) or "localhost"

    def set_up(self, company: CompanyId, user: UserId | None = None) -> bool:
        return bool(self._text(company, user, SMT_SERVER))

    def first_set_up(self) -> CompanyId | None:
        """For what belongs to no company: that of the first one, by name, that has a server."""
        companies = sorted(self._registry.companies.values(), key=lambda row: fold(row.name))
        return next((row.id for row in companies if self.set_up(row.id)), None)

    def of(self, company: CompanyId, user: UserId | None = None) -> MailServer:
        """For the company as a whole, or for mails to a user. Misconfigured."""
        host = self._text(company, user, SMT_SERVER)
        if not host:
            raise Misconfigured(
                "No mail server is set: see the parameter {name}.", name=SMT_SERVER
            )
        certificate = self._text(company, user, SMT_CERTIFICATE)
        username = self._text(company, user, SMT_AUTH_USER_NAME)
        return MailServer(
            host=host,
            port=int(self._setting(company, user, SMT_SERVER_PORT).value),
            security=Security(self._text(company, user, SMT_SECURITY)),
            username=username,
            password=self._password(company, user) if username else "",
            sender=self._sender(company, user, username),
            ca_file=self._files / company / certificate if certificate else None,
        )

    def _sender(self, company: CompanyId, user: UserId | None, username: str) -> str:
        for given in (self._text(company, user, SMT_SENDER), username):
            if is_address(given):
                return given
        return f"tws@{self._name}"

    def _password(self, company: CompanyId, user: UserId | None) -> str:
        given = self._setting(company, user, SMT_AUTH_PASSWORD)
        if given.row is None or not given.value:
            return ""
        try:
            return str(self._secrets.open(given.value, given.row.id, SMT_AUTH_PASSWORD))
        except SecretLost as error:
            raise Misconfigured(error.said) from error

    def _text(self, company: CompanyId, user: UserId | None, name: str) -> str:
        return str(self._setting(company, user, name).value).strip()

    def _setting(self, company: CompanyId, user: UserId | None, name: str) -> Setting:
        if user is None:
            return self._parameters.of_company(company, name)
        return self._parameters.explain(user, name).winner
