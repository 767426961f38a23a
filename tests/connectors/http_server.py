"""A small HTTP server on loopback, in threads, for services that no test can reach."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tws.directory.connector import DirectoryConnector

PATIENCE = 10.0


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    "Their names in small letters."
    body: bytes
    connection: object = None
    "The same for every request of one connection."

    def form(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self.body.decode()).items()}

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    torn: int | None = None
    "After so many bytes of the body the connection is cut."


def json_reply(value: object, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


Answering = Callable[[Request], Reply]


class Service:
    """What it was asked, and who is still connected."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[Request] = []
        self._connected = 0
        self._changed = threading.Condition()
        self.answering = threading.Event()
        "Set while it answers."
        self.answering.set()

    def hold(self) -> None:
        """Say nothing, until `let_go`."""
        self.answering.clear()

    def let_go(self) -> None:
        self.answering.set()

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def came(self, step: int) -> None:
        with self._changed:
            self._connected += step
            self._changed.notify_all()

    def check_hangs_up(self, connector: DirectoryConnector, mailbox: str | None = None) -> None:
        self.check_closes(lambda: connector.entries(mailbox))

    def check_closes(self, begin: Callable[[], Iterator[Any]]) -> None:
        """A reader that is closed half-way leaves no connection and no thread of its own."""
        threads = threading.active_count()
        reading = begin()
        next(reading)
        reading.close()  # type: ignore[attr-defined]
        with self._changed:
            assert self._changed.wait_for(lambda: self._connected == 0, PATIENCE)
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(PATIENCE)
        assert threading.active_count() <= threads


@contextmanager
def serving(answer: Answering, tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    """`answer` is called by one thread for each connection."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body at once: two packets wait for each other

        def setup(self) -> None:
            super().setup()
            service.came(+1)

        def finish(self) -> None:
            super().finish()
            service.came(-1)

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """The tests say what went wrong."""

        def __getattr__(self, name: str) -> Callable[[], None]:
            if not name.startswith("do_"):
                raise AttributeError(name)
            return self._serve

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            request = Request(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(size),
                self,
            )
            service.requests.append(request)
            service.answering.wait(PATIENCE)
            reply = answer(request)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body[: reply.torn])
            self.close_connection = self.close_connection or reply.torn is not None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        scheme = "https"
    service = Service(f"{scheme}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
