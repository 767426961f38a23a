"""Signing in with the password of an LDAP account (6.3): the server is asked to bind as the
user."""

import asyncio
import re
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

import structlog

from tws.access.errors import LoginRefused
from tws.access.login_method import REFUSED, Credentials, Known, Reached, Verified
from tws.access.model import Owner
from tws.connectors.ldap.refusals import NotAnonymous
from tws.connectors.ldap.session import Session
from tws.connectors.ldap.settings import LdapSettings
from tws.errors import TooMany, Unavailable
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import (
    AUTH_LDAP_CERTIFICATE,
    AUTH_LDAP_DN,
    AUTH_LDAP_PORT,
    AUTH_LDAP_SERVER,
    AUTH_LDAP_TLS,
)
from tws.organisation.parameters.explaining import Parameters
from tws.sentences import said, sentence
from tws.sources.errors import ConnectorError, Misconfigured, Refused

TIMEOUT = 5
"Seconds to wait for each answer."
AT_ONCE, WAITING = 8, 64
"Binds at a time, and those who may wait for one: a server that stalls holds up no more."
LOOKING, LOOKING_AT_ONCE = 3, 2
"Seconds, and threads, in which is looked whether servers answer: nobody signs in by it."
MOST_SERVERS = 5
PLACE = (AUTH_LDAP_SERVER, AUTH_LDAP_PORT, AUTH_LDAP_TLS, AUTH_LDAP_CERTIFICATE)
_SPECIAL = re.compile(r'([,\\+"<>;=\0]|^[ #]| $)')

log = structlog.get_logger(__name__)


class LdapLogin:
    def __init__(self, parameters: Parameters, files: Path) -> None:
        self._parameters, self._files = parameters, files
        self._free = asyncio.Semaphore(AT_ONCE)
        self._looking = asyncio.Semaphore(LOOKING_AT_ONCE)
        self._inside = 0

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        # A bind without a password is one of nobody, and is granted (RFC 4513, 5.1.2).
        if user is None or not shown.password:
            raise LoginRefused(REFUSED)
        servers = self._servers(user)
        if not servers:
            raise Unavailable("No LDAP server is named to sign in by.") from _unset()
        if self._inside >= AT_ONCE + WAITING:
            raise TooMany("Too many are signing in: try again.", retry_after=TIMEOUT)
        self._inside += 1
        try:
            async with self._free:
                await asyncio.to_thread(self._bind, user, servers, shown.password)
        finally:
            self._inside -= 1
        return Known(Owner(user=user.id))

    def place(self, user: User) -> Hashable | None:
        if not self._servers(user):
            return None
        settings = (self._text(user, name) for name in PLACE)
        return (user.company, *settings)

    async def reach(self, user: User) -> tuple[Reached, ...]:
        """Each of the servers is connected to, and bound to by nobody."""
        if not (servers := self._servers(user)):
            return (Reached(False, _unset().said),)
        async with self._looking:
            looked = [await asyncio.to_thread(self._look, user, server) for server in servers]
        return tuple(looked)

    def _look(self, user: User, server: str) -> Reached:
        try:
            settings = replace(self._settings(user, server, ""), timeout=LOOKING)
            Session(settings, self._files / user.company).close()
        except NotAnonymous:
            pass  # it wants to know who asks, and so it answers
        except ConnectorError as error:
            return Reached(False, error.said)
        except ValueError as error:  # of the settings
            return Reached(False, said(str(error)))
        return Reached(True, sentence("The LDAP server {host} answers.", host=server))

    def _servers(self, user: User) -> list[str]:
        return self._text(user, AUTH_LDAP_SERVER).replace(",", " ").split()[:MOST_SERVERS]

    def _bind(self, user: User, servers: list[str], password: str) -> None:
        """By the first server that answers."""
        away: ConnectorError | None = None
        for server in servers:
            try:
                settings = self._settings(user, server, password)
                Session(settings, self._files / user.company).close()
                return
            except Refused as error:
                log.warning("password refused by LDAP", server=server, said=str(error))
                raise LoginRefused(REFUSED) from error
            except ConnectorError as error:
                log.warning("LDAP server not asked", server=server, said=str(error))
                away = error
            except ValueError as error:  # of the settings
                raise Unavailable("The LDAP server to sign in by is not well set.") from error
        raise Unavailable("The LDAP server to sign in by cannot be asked.") from away

    def _settings(self, user: User, server: str, password: str) -> LdapSettings:
        return LdapSettings(
            host=server,
            port=int(self._parameters.effective(user.id, AUTH_LDAP_PORT)),
            tls=cast("Literal['none', 'starttls', 'ldaps']", self._text(user, AUTH_LDAP_TLS)),
            ca_file=self._text(user, AUTH_LDAP_CERTIFICATE),
            base="",
            user=bind_name(self._text(user, AUTH_LDAP_DN), user.username) if password else "",
            password=password,
            timeout=TIMEOUT,
        )

    def _text(self, user: User, name: str) -> str:
        return str(self._parameters.effective(user.id, name)).strip()


def _unset() -> Misconfigured:
    return Misconfigured(
        "No LDAP server is named to sign in by: set {parameter}.", parameter=AUTH_LDAP_SERVER
    )


def bind_name(pattern: str, username: str) -> str:
    """`?` replaced by the user name; in a distinguished name with what means something there
    escaped (RFC 4514, 2.4)."""
    name = _SPECIAL.sub(r"\\\1", username) if "=" in pattern else username
    return pattern.replace("?", name)
