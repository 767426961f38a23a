"""Around every request: the host it asks for, the size of its body, security headers, its metrics.

Plain ASGI, so that nothing is buffered, and the boundary at which an unexpected error becomes a
problem with a number under which the log has the rest.
"""

import re
import secrets
import time
from collections.abc import Collection, Mapping

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tws.access.refusals import Refusals
from tws.telemetry import in_request, request_id, trace_of, within
from tws.web import refused
from tws.web.errors import CODES, REFUSED, methods_at, problem
from tws.web.metrics import RequestMetrics
from tws.web.negotiate import ANSWER
from tws.web.protection import HSTS, PROTECTION
from tws.web.scim import answers as scim
from tws.web.uploads import Upload, expected

BODY_LIMIT = 1024 * 1024
"Bytes."
SCIM = Upload(scim.KINDS, BODY_LIMIT)
BODIES = frozenset({"POST", "PUT", "PATCH"})
VALUES = Upload(("application/json",), BODY_LIMIT)
"What a body is that is no file."
NOT_KEPT = (b"cache-control", b"no-store")
log = structlog.get_logger(__name__)


class Guard:
    """ASGI middleware. `hosts`: names this server answers to; empty = any."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        metrics: RequestMetrics,
        refusals: Refusals,
        public_url: str | None = None,
    ) -> None:
        self.app, self.metrics, self.refusals = app, metrics, refusals
        self.hosts = frozenset(host.lower() for host in hosts)
        self.by_https = (public_url or "").startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with in_request(trace_of(headers.get("traceparent", ""))):
            await self._guarded(scope, headers, receive, send)

    async def _guarded(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        if self.hosts and host_of(headers.get("host", "")) not in self.hosts:
            await self._refuse(scope, receive, send, "unknownHost", headers.get("host", ""))
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
            if REFUSED in scope:
                await refused.note(self.refusals, scope)
        else:
            await self._http(scope, headers, receive, send)

    async def _refuse(
        self, scope: Scope, receive: Receive, send: Send, code: str, host: str
    ) -> None:
        log.warning("request for another host refused", host=host[:200])
        response = _refusal(scope, code, "Use the address that your administrator gave you.")
        if scope["type"] == "websocket":
            await receive()
            response.raw_headers.append((b"connection", b"close"))
        await response(scope, receive, send)
        scope[REFUSED] = code, None
        await refused.note(self.refusals, scope)

    async def _http(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        with within("request", traceparent=headers.get("traceparent", "")) as span:
            operation, status = await self._answered(scope, headers, receive, send)
            span.tell(operation=operation, method=scope["method"], status=status)

    async def _answered(
        self, scope: Scope, headers: Headers, receive: Receive, send: Send
    ) -> tuple[str, int]:
        """Its operation, and the status that it was answered with."""
        begun = time.monotonic()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _protect(scope, message)
                if self.by_https or scope["scheme"] == "https":
                    message["headers"].append(HSTS)
            await send(message)

        try:
            early = _early(scope, headers)
            if early is None:
                await self.app(scope, _limited(receive, _expected(scope).limit), sending)
            else:
                code, detail = early
                answer = _refusal(scope, code, detail)
                scope[REFUSED] = code, None
                await answer(scope, receive, sending)
            if REFUSED in scope:
                await refused.note(self.refusals, scope)
        except Exception:  # the web boundary
            incident = secrets.token_hex(4)
            log.exception("request failed", incident=incident, path=scope["path"])
            if status:
                raise
            answer = _refusal(
                scope,
                "error",
                f"Something went wrong here. Its number in the server's log is {incident}.",
                {"incident": incident},
            )
            await answer(scope, receive, sending)
        finally:
            operation = _operation(scope)
            self.metrics.requests.labels(operation, str(status or "none")).inc()
            self.metrics.seconds.labels(operation).observe(time.monotonic() - begun)
        return operation, status


HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._~-]+))(?::[0-9]*)?")
"RFC 9110, 7.2."


def host_of(header: str) -> str:
    """`tws.example:8080` -> `tws.example`; `[::1]:80` -> `::1`; of what is no host nothing."""
    found = HOST.fullmatch(header)
    return "" if found is None else (found[1] or found[2]).lower().rstrip(".")


def _early(scope: Scope, headers: Headers) -> tuple[str, str] | None:
    """What can be refused before the body is read: code and words."""
    length, upload = headers.get("content-length", "0"), _expected(scope)
    if not length.isdecimal() or int(length) > upload.limit:
        return "tooLarge", f"A body has at most {upload.limit} bytes."
    has_body = length != "0" or "transfer-encoding" in headers
    if scope["method"] in BODIES and has_body:
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        # Of an address that lacks the method, that is what is wrong.
        if kind not in upload.kinds and scope["method"] in methods_at(scope):
            return "unsupportedMediaType", f"Send the body as {' or '.join(upload.kinds)}."
    return None


def _refusal(
    scope: Scope, code: str, detail: str, details: Mapping[str, object] | None = None
) -> Response:
    """In the form of errors of that address."""
    if _is_scim(scope):
        return scim.error(CODES[code][0], detail)
    return problem(code, detail, details)


def _is_scim(scope: Scope) -> bool:
    return str(scope["path"]).startswith(scim.PREFIX + "/")


def _expected(scope: Scope) -> Upload:
    if _is_scim(scope):
        return SCIM
    return expected(scope["method"], scope["path"]) or VALUES


def _limited(receive: Receive, limit: int) -> Receive:
    """A body without a length is counted as it comes."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413)
        return message

    return counted


def _protect(scope: Scope, message: Message) -> None:
    headers: list[tuple[bytes, bytes]] = message["headers"]
    given = {name for name, _ in headers}
    added = [one for one in PROTECTION if one[0] not in given]
    if (answers := scope.get(ANSWER)) is not None:
        headers = [one for one in headers if one[0] != b"www-authenticate"]
        added += [(b"www-authenticate", answer) for answer in answers]
    if b"cache-control" not in given and scope["path"].startswith(("/api/", scim.PREFIX + "/")):
        added.append(NOT_KEPT)
    added.append((b"x-request-id", request_id().encode()))
    message["headers"] = [*headers, *added]


def _operation(scope: Scope) -> str:
    """The operation id, or one word for all addresses that are none: labels must not grow."""
    return getattr(scope.get("route"), "operation_id", None) or "page"
