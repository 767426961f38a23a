"""One connection to an LDAP server, and one search on it, page after page.

At any moment there is one entry in memory, whatever the page.
"""

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from tws.connectors.ldap import refusals
from tws.connectors.ldap.settings import LdapSettings
from tws.protocols.ldap import filters, requests
from tws.protocols.ldap.answers import Answer, Answers, Ended, Found
from tws.protocols.ldap.ber import Malformed
from tws.protocols.ldap.requests import Request
from tws.sources.clear import refuse_clear
from tws.sources.errors import Misconfigured, Unreachable

BLOCK = 256 * 1024
PATIENCE = 10
"Times the time limit that one message may take, if it keeps coming: a large picture, a slow line."
MOST_EMPTY_PAGES = 1000
"In a row: a server that gives as many gives them for ever."
PAGING_REFUSED = frozenset(
    {
        refusals.PROTOCOL_ERROR,
        refusals.ADMIN_LIMIT,
        refusals.CRITICAL_EXTENSION,
        refusals.UNWILLING,
    }
)


class Session:
    """Bound when it is made; raises ConnectorError, then and later. To be closed."""

    def __init__(self, settings: LdapSettings, files: Path) -> None:
        """`files`: where the certificate is, if one is named."""
        self._settings = settings
        tls = None if settings.tls == "none" else settings.context(files)
        self._numbers = count(1)
        refuse_clear(settings.host, settings.actual_port, encrypted=tls is not None)
        try:
            self._socket = socket.create_connection(
                (settings.host.strip(), settings.actual_port), settings.timeout
            )
        except (OSError, UnicodeError) as error:
            raise refusals.trouble(settings, error) from error
        try:
            if settings.tls == "starttls":
                self._start_tls()
            if tls is not None:
                self._encrypt(tls)
            self._bind()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        with self._socket, suppress(OSError):
            self._socket.sendall(requests.unbind(next(self._numbers)))

    def search(self, attributes: Sequence[str]) -> Iterator[Found]:
        """All entries, or as many as the settings allow."""
        settings = self._settings
        most, page = settings.size_limit, settings.page_size
        page = min(page, most or page)
        cookie, found, empty = b"", 0, 0
        while True:
            before, end = found, Ended(0, "", "")
            for answer in self._ask(self._page(attributes, page, cookie)):
                if isinstance(answer, Found):
                    yield answer
                    found += 1
                    if found == most:
                        return
                elif isinstance(answer, Ended):
                    end = answer
            if end.code in PAGING_REFUSED and page and not found:
                page = 0
                continue
            if end.code:
                raise refusals.refusal(settings, end.code, end.words, end.matched)
            empty = empty + 1 if found == before else 0
            if empty > MOST_EMPTY_PAGES:
                raise Unreachable("{host} gives empty pages without an end.", host=settings.host)
            if not end.cookie or not page:
                return
            cookie = end.cookie

    def _page(self, attributes: Sequence[str], size: int, cookie: bytes) -> Request:
        return requests.search(
            next(self._numbers),
            self._settings.base,
            filters.encoded(self._settings.filter),
            attributes,
            size_limit=0 if size else self._settings.size_limit,
            page=size,
            cookie=cookie,
        )

    # ---------------------------------------------------------------- opening

    def _start_tls(self) -> None:
        for answer in self._ask(requests.start_tls(next(self._numbers))):
            if isinstance(answer, Ended) and answer.code:
                raise Misconfigured(
                    "{host} does not offer StartTLS: choose LDAPS or none.",
                    host=self._settings.host,
                )

    def _encrypt(self, tls: ssl.SSLContext) -> None:
        try:
            self._socket = tls.wrap_socket(
                self._socket, server_hostname=self._settings.host.strip()
            )
        except OSError as error:
            raise refusals.no_tls(self._settings, error) from error

    def _bind(self) -> None:
        settings = self._settings
        request = requests.bind(next(self._numbers), settings.user, settings.password)
        for answer in self._ask(request):
            if isinstance(answer, Ended) and answer.code:
                raise refusals.refusal(settings, answer.code, answer.words)

    # ---------------------------------------------------------------- asking

    def _ask(self, request: Request) -> Iterator[Answer]:
        """The answers, the last of them Ended."""
        try:
            self._socket.sendall(request.data)
            yield from self._answers(Answers(request))
        except Malformed as error:
            raise Unreachable(
                "{host} does not answer as LDAP does: {said}.",
                host=self._settings.host,
                said=str(error),
            ) from error
        except OSError as error:
            raise refusals.trouble(self._settings, error) from error

    def _answers(self, answers: Answers) -> Iterator[Answer]:
        longest = PATIENCE * self._settings.timeout
        deadline = time.monotonic() + longest
        while data := self._socket.recv(BLOCK):
            answers.receive_data(data)
            for answer in answers.answers():
                if isinstance(answer, Ended) and not answer.asked:
                    raise refusals.farewell(self._settings, answer.words)
                yield answer
                if isinstance(answer, Ended):
                    return
                deadline = time.monotonic() + longest
            if time.monotonic() > deadline:
                raise TimeoutError
        raise ConnectionResetError
