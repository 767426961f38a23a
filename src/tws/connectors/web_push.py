"""Push services of browsers (RFC 8030), by pywebpush: encrypted for the browser (RFC 8291), and in
our name (RFC 8292).

Which service a browser uses it says itself, so the address is somebody else's text: names are
looked up here, what is not public is not written to, and nothing is redirected.
"""

import asyncio
import ipaddress
import socket
import ssl
import time
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urlsplit

import httpx
from py_vapid import Vapid02, VapidException
from pywebpush import WebPusher

from tws.connectors.http.settings import trusting
from tws.push.model import Target
from tws.push.postman import Gone, Later, Letter, NotTaken

TIMEOUT = 5.0
"Seconds for each step: a call rings no longer than a few times that."
TOKEN_LIFE = 12 * 3600
"Seconds (RFC 8292, 2: at most a day)."
TLS = 443
NO_MORE = (404, 410)
"RFC 8030, 7.3: the subscription is expired, or was taken back."
TRY_AGAIN = 429


class WebPush:
    """`subject`: an https or mailto address by which a push service finds us (RFC 8292, 2.1)."""

    def __init__(
        self, subject: str, local: bool = False, trust: ssl.SSLContext | None = None
    ) -> None:
        self._subject, self._local, self._trust = subject, local, trust
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def post(self, target: Target, private_key: str, letter: Letter) -> None:
        parts = urlsplit(target.endpoint)
        host, port = parts.hostname or "", parts.port or TLS
        place = await self._allowed(host, port)
        # Milliseconds of reckoning for each, and a queue rings at many.
        sealing = partial(_sealed, target, private_key, letter.body, self._subject)
        try:
            body, authorization = await asyncio.to_thread(sealing)
        except VapidException as error:
            raise NotTaken(f"{host} cannot be named in a token") from error
        bare = f"[{place}]" if ":" in place else place
        request = httpx.Request(
            "POST",
            # The address that was looked at is the one that is asked: a name may change meanwhile.
            parts._replace(netloc=f"{bare}:{port}", fragment="").geturl(),
            headers={
                "Host": parts.netloc,
                "Authorization": authorization,
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(letter.ttl),
                "Urgency": "high",
                "Topic": letter.topic,
            },
            content=body,
            extensions={"sni_hostname": host, "timeout": httpx.Timeout(TIMEOUT).as_dict()},
        )
        try:
            answer = await (await self._carrier()).send(request)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Later(f"{host} cannot be reached: {type(error).__name__}") from error
        _judge(host, answer)

    async def _carrier(self) -> httpx.AsyncClient:
        if self._client is None:
            trust = self._trust
            if trust is None:
                trust = await asyncio.to_thread(trusting)
            self._client = httpx.AsyncClient(
                verify=trust, trust_env=False, follow_redirects=False, timeout=TIMEOUT
            )
        return self._client

    async def _allowed(self, host: str, port: int) -> str:
        """An address of that host that may be written to."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(TIMEOUT):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError, UnicodeError) as error:
            raise Later(f"{host} is not known") from error
        places = [str(place[4][0]) for place in found]
        allowed = [place for place in places if self._local or is_public(place)]
        if not allowed:
            raise NotTaken(f"{host} has no public address: TWS_LOCAL_PUSH allows others")
        return allowed[0]


def is_public(place: str) -> bool:
    """Of the Internet: no address of this machine, of its network, or of none."""
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_global and not mapped.is_multicast


def _sealed(target: Target, private_key: str, body: bytes, subject: str) -> tuple[bytes, str]:
    """The encrypted body, and in whose name."""
    keys = {"p256dh": target.p256dh, "auth": target.auth}
    pusher = WebPusher({"endpoint": target.endpoint, "keys": keys})
    encrypted = bytes(pusher.encode(body)["body"])
    claims = {
        "aud": _origin(target.endpoint),
        "sub": subject,
        "exp": int(time.time()) + TOKEN_LIFE,
    }
    vapid = Vapid02.from_raw(private_key.encode())
    # Its own check knows neither hosts without a dot nor addresses with a port.
    vapid.conf = {"no-strict": True}
    return encrypted, str(vapid.sign(claims)["Authorization"])


def _origin(endpoint: str) -> str:
    """RFC 6454, 6.2: for whom the token is."""
    parts = urlsplit(endpoint)
    port = "" if parts.port in (None, TLS) else f":{parts.port}"
    return f"https://{parts.hostname}{port}"


def _judge(host: str, answer: httpx.Response) -> None:
    status = answer.status_code
    if answer.is_success:
        return
    if status in NO_MORE:
        raise Gone(f"{host} answers {status}")
    if status == TRY_AGAIN or status >= 500:
        raise Later(f"{host} answers {status}", _wait(answer.headers.get("Retry-After", "")))
    raise NotTaken(f"{host} answers {status}")


def _wait(header: str) -> float:
    """Seconds, of Retry-After (RFC 9110, 10.2.3); 0 where it says nothing that can be read."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return 0.0
