"""Where an Exchange on premises is, and how it is signed in to: NTLM or Basic."""

import ssl
from functools import partial
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

import httpx

from tws.connectors.exchange.webdav import instead, is_webdav
from tws.connectors.http.client import Http
from tws.connectors.http.ntlm import Ntlm
from tws.connectors.http.settings import check_address
from tws.forms import WrongValue

ONLINE = ("office365.com", "outlook.com", "office365.us", "outlook.cn", "office.com")


class Account(Protocol):
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def authentication(self) -> Literal["NTLM", "Basic"]: ...
    def context(self, files: Path) -> ssl.SSLContext: ...


def check(address: str, folders: str = "") -> None:
    """`folders`: what follows the address."""
    check_address("url", address)
    if is_webdav(address):
        raise WrongValue("url", instead(address, folders))
    host = (urlsplit(address).hostname or "").lower()
    if any(host == name or host.endswith(f".{name}") for name in ONLINE):
        raise WrongValue("url", "Exchange Online is read with Office 365 (Microsoft Graph)")


def signed_in(given: Account, address: str, files: Path) -> Http:
    sign_in = Ntlm if given.authentication == "NTLM" else httpx.BasicAuth
    return Http(
        address,
        auth=sign_in(given.user, given.password),
        tls=partial(given.context, files),
        secrets=[given.password],
    )
