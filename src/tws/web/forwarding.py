"""Requests that one node of a server answers for all: what is done once for all is known there.

Such a request is handed on as it came in, and answered there as if it had come there: who asks is
looked at by that node. Plain ASGI, inside `Guard`.
"""

import asyncio
import re
from collections.abc import Iterable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tws.maintenance.nodes import Answered, Asked, NodesService, NotReached
from tws.web.errors import problem
from tws.web.operation import PREFIX
from tws.web.protection import HSTS, PROTECTION

WHOLE = 1_000_000
"Bytes that are handed on at most, a little less than a message of NATS holds."
HERE = "tws.here"
"In the scope of a request that was handed on."
DONE_ONCE = (
    "/admin/backups(/cancel|/[^/]+/check)?",
    "/admin/backup-settings(/.*)?",
    "/admin/collaboration-states",
    "/admin/collaboration-sources/[^/]+/refresh",
    "/admin/directories/[^/]+/(approve|cancel|runs|synchronise)",
    "/admin/doctor",
    "/admin/incidents(/acknowledge)?",
    "/admin/sms-provider-states",
    "/admin/traces(/[^/]+/(end|replay|tail))?",
    "/admin/user-imports/[^/]+/(approve|cancel|run|runs)",
    "/external-chat(/.*)?",
)
"Patterns of paths behind `PREFIX`."
SERVICES = "/admin/services/({})/(start|stop|restart)"
GIVEN_TWICE = frozenset({b"x-request-id", *(name for name, _ in (HSTS, *PROTECTION))})
"What the node that was asked first says of every answer."
log = structlog.get_logger(__name__)


class Forwarding:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, nodes: NodesService, parts: Iterable[str]) -> None:
        """`parts`: the names of those that one node does for all."""
        self.app, self.nodes = app, nodes
        patterns = (*DONE_ONCE, SERVICES.format("|".join(parts)))
        self._done_once = re.compile(
            f"[A-Z]+ {PREFIX}({'|'.join(patterns)})|DELETE {PREFIX}/admin/traces/[^/]+"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        nodes = self.nodes.of
        elsewhere = (
            nodes is not None
            and scope["type"] == "http"
            and HERE not in scope
            and not nodes.works
            and _says_who(scope)
            and self._done_once.fullmatch(f"{scope['method']} {scope['path']}") is not None
        )
        if not elsewhere or nodes is None:
            await self.app(scope, receive, send)
            return
        answered = None
        if (worker := nodes.worker) is not None:
            try:
                answered = await nodes.ask(worker, await _asked(scope, receive))
            except NotReached as error:
                log.warning("another node does not answer", other=worker, error=str(error))
        if answered is None:
            words = "The node that does this does not answer; another one will in a moment."
            await problem("unavailable", words)(scope, receive, send)
            return
        await send(
            {
                "type": "http.response.start",
                "status": answered.status,
                "headers": list(answered.headers),
            }
        )
        await send({"type": "http.response.body", "body": answered.body})


def _says_who(scope: Scope) -> bool:
    """Who is nobody is refused here."""
    return any(name in (b"authorization", b"cookie") for name, _ in scope["headers"])


async def _asked(scope: Scope, receive: Receive) -> Asked:
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > WHOLE:
            raise NotReached("too long to be handed on")
    client = scope.get("client")
    return Asked(
        method=scope["method"],
        scheme=scope["scheme"],
        path=scope["path"],
        query=scope["query_string"],
        headers=tuple((bytes(name), bytes(value)) for name, value in scope["headers"]),
        client="" if client is None else client[0],
        body=body,
    )


async def answered(app: ASGIApp, asked: Asked) -> Answered:
    """What our own application answers."""
    status, parts = 500, list[bytes]()
    headers: tuple[tuple[bytes, bytes], ...] = ()
    rest = [asked.body]

    async def receive() -> Message:
        if rest:
            return {"type": "http.request", "body": rest.pop(), "more_body": False}
        await asyncio.Event().wait()  # nobody leaves: who asked is told, or asks again
        raise AssertionError

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            given = ((bytes(n), bytes(v)) for n, v in message.get("headers", ()))
            headers = tuple((n, v) for n, v in given if n.lower() not in GIVEN_TWICE)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": asked.scheme,
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "query_string": asked.query,
        "root_path": "",
        "headers": list(asked.headers),
        "client": (asked.client, 0) if asked.client else None,
        "server": None,
        HERE: True,
    }
    await app(scope, receive, send)
    return Answered(status=status, headers=headers, body=b"".join(parts))
