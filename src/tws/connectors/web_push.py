"""Push services of browsers (RFC 8030), by pywebpush: encrypted for the browser (RFC 8291), and in
our name (RFC 8292).

Which service a browser uses it says itself, so the address is somebody else's text: what is not
public is not written to, and of an answer only its head is believed.
"""

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from py_vapid import Vapid02, VapidException
from pywebpush import WebPusher

from tws.connectors.http.client import retry_after
from tws.connectors.http.pinned import Limits, Pinned
from tws.connectors.http.places import NotAsked, Reach
from tws.connectors.http.settings import trusting
from tws.push.model import Target
from tws.push.postman import Gone, Later, Letter, NotTaken
from tws.sources.errors import ConnectorError

LIMITS = Limits(silence=5.0, whole=10.0, largest=4096)
"A call rings no longer than a few times that; what is answered beside the status says nothing."
KEPT = 20
"Connections: few push services tell many browsers."
TOKEN_LIFE = 12 * 3600
"Seconds (RFC 8292, 2: at most a day)."
TLS = 443
NO_MORE = (404, 410)
"RFC 8030, 7.3: the subscription is expired, or was taken back."
TRY_AGAIN = 429


class WebPush:
    """`subject`: an https or mailto address by which a push service finds us (RFC 8292, 2.1)."""

    def __init__(
        self, subject: str, local: bool = False, trust: Callable[[], ssl.SSLContext] = trusting
    ) -> None:
        self._subject = subject
        reach = Reach.ANY if local else Reach.PUBLIC
        self._pinned = Pinned(reach, LIMITS, trust, kept=KEPT)

    async def close(self) -> None:
        await self._pinned.close()

    async def post(self, target: Target, private_key: str, letter: Letter) -> None:
        host = urlsplit(target.endpoint).hostname or ""
        # Milliseconds of reckoning for each, and a queue rings at many.
        sealing = partial(_sealed, target, private_key, letter.body, self._subject)
        try:
            body, authorization = await asyncio.to_thread(sealing)
        except (VapidException, ValueError) as error:
            raise NotTaken(f"{host} cannot be named in a token") from error
        headers = {
            "Authorization": authorization,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(letter.ttl),
            "Urgency": "high",
            "Topic": letter.topic,
        }
        try:
            answer = await self._pinned.ask("POST", target.endpoint, headers=headers, content=body)
        except NotAsked as error:
            raise NotTaken(f"{error.said} TWS_LOCAL_PUSH allows those of one's own") from error
        except ConnectorError as error:
            raise Later(str(error.said)) from error
        _judge(host, answer.status, answer.headers)


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


def _judge(host: str, status: int, headers: Mapping[str, str]) -> None:
    if 200 <= status < 300:
        return
    if status in NO_MORE:
        raise Gone(f"{host} answers {status}")
    if status == TRY_AGAIN or status >= 500:
        wait = retry_after(headers.get("retry-after", ""), datetime.now(UTC))
        raise Later(f"{host} answers {status}", wait or 0.0)
    raise NotTaken(f"{host} answers {status}")
