"""NTLM over HTTP, as Windows servers ask for it: a connection is signed in, not a request."""

import base64
import binascii
import hashlib
from collections.abc import Generator

import httpx
import spnego
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError


class Ntlm(httpx.Auth):
    """`user`: DOMAIN\\\\name, or name@domain. The reader must keep to one connection."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield request
        scheme = _scheme(response)
        if response.status_code != 401 or not scheme:
            return
        context = spnego.client(
            self._user,
            self._password,
            hostname=request.url.host,
            service="HTTP",
            protocol="ntlm",
            channel_bindings=_bindings(response),
        )
        try:
            token = context.step()
            while token is not None:
                words = base64.b64encode(token).decode()
                request.headers["Authorization"] = f"{scheme} {words}"
                response = yield request
                challenge = _challenge(response, scheme)
                if response.status_code != 401 or challenge is None or context.complete:
                    return
                token = context.step(challenge)
        except (SpnegoError, ValueError):
            return  # the last answer was 401, which says enough


def _scheme(response: httpx.Response) -> str:
    """NTLM, or Negotiate, which takes the same tokens; neither: empty."""
    offered = [
        value.split(" ")[0].strip(",").upper()
        for value in response.headers.get_list("WWW-Authenticate", split_commas=True)
    ]
    return "NTLM" if "NTLM" in offered else "Negotiate" if "NEGOTIATE" in offered else ""


def _challenge(response: httpx.Response, scheme: str) -> bytes | None:
    for value in response.headers.get_list("WWW-Authenticate", split_commas=True):
        name, _, token = value.strip().partition(" ")
        if name.upper() == scheme.upper() and token:
            try:
                return base64.b64decode(token, validate=True)
            except binascii.Error:
                return None
    return None


def _bindings(response: httpx.Response) -> GssChannelBindings | None:
    """Of the server's certificate (RFC 5929, tls-server-end-point): what Exchange calls Extended
    Protection, and asks for by default since 2019 CU14."""
    stream = response.extensions.get("network_stream")
    tls = stream.get_extra_info("ssl_object") if stream is not None else None
    certificate = tls.getpeercert(True) if tls is not None else None
    if not certificate:
        return None
    try:
        used = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        used = None
    name = used.name if used is not None and used.name not in ("md5", "sha1") else "sha256"
    digest = hashlib.new(name, certificate).digest()
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)
