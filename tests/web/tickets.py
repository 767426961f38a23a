"""A Kerberos realm with the people of `tests.web.house`, and the tickets that they show."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from tests.peers.krb5_kdc import Realm, running_kdc

REALM, SERVICE, PASSWORD = "LAB.TEST", "HTTP/localhost", "secret of the realm"
PEOPLE = ("alice", "bob", "carol", "erin", "zoe")


class Domain:
    """A realm, and who has signed in to it."""

    def __init__(self, realm: Realm, folder: Path, keytab: Path | None = None) -> None:
        """`keytab`: where the service has one already."""
        self.realm, self.folder = realm, folder
        self.keytab = keytab or folder / "tws.keytab"
        if keytab is None:
            realm.keytab(self.keytab, SERVICE)

    def session(self, person: str) -> Path:
        """The tickets of that person, who signs in to the domain if need be."""
        cache = self.cache(person)
        if not cache.exists():
            self.realm.ticket(person, PASSWORD, cache)
        return cache

    def serves(self, service: str) -> None:
        """A service of the keytab signs in to the domain itself."""
        self.realm.ticket(service, "", self.cache(service), "-k", "-t", str(self.keytab))

    def cache(self, person: str) -> Path:
        return self.folder / f"{person.replace('/', '-')}.tickets"

    def token(self, person: str, *words: str) -> str:
        """What curl would show as that person, and nobody has seen."""
        with _listening() as (url, heard):
            self.realm.curl(self.session(person), *words, url)
        scheme, _, token = heard[0].partition(" ")
        assert scheme == "Negotiate" and base64.b64decode(token)
        return token

    def curl(self, person: str, *words: str) -> str:
        return self.realm.curl(self.session(person), *words)


@contextmanager
def running_domain(folder: Path, name: str = REALM, **more: Any) -> Iterator[Domain]:
    with running_kdc(name, dict.fromkeys(PEOPLE, PASSWORD), **more) as realm:
        yield Domain(realm, folder)


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """An address, and the `Authorization` that whoever asks there shows."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization", ""))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/", heard
        finally:
            server.shutdown()
            thread.join()
