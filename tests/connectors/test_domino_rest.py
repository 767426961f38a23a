"""Domino's REST API, from a server that answers as HCL documents it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tests.contracts.connector import check_class, check_entries, check_words
from tws import connectors
from tws.connectors.domino import rest as domino_rest
from tws.connectors.domino.rest import DominoRest
from tws.sources.errors import Misconfigured, Refused, Unreachable

USER, PASSWORD = "CN=tws/O=ARDA", "sésame"


def document(n: int) -> dict[str, Any]:
    """As with documents=true; a document of a view has its number at the top instead."""
    unid = f"4AC215AEB536D747002588D3{n:08X}"
    about = {"noteid": n, "unid": unid, "created": "2026-11-29T12:00:00Z", "revision": "x"}
    return {
        "@meta": about,
        "@warnings": [],
        "Form": "Person",
        "LastName": f"Person {n}",
        "OfficePhoneNumber": ["4092", "4093"],
        "CellPhoneNumber": "",
    }


def entry(n: int) -> dict[str, Any]:
    return {
        "@unid": f"4AC215AEB536D747002588D3{n:08X}",
        "Form": "Person",
        "LastName": f"Person {n}",
        "OfficePhoneNumber": ("4092", "4093"),
        "OfficePhoneNumber.0": "4092",
        "OfficePhoneNumber.1": "4093",
    }


class Domino:
    def __init__(self, scopes: Mapping[str, list[Any]]) -> None:
        self.scopes = scopes
        self.tokens = 0
        self.valid_for = 1_000_000
        self.refused: Reply | None = None
        self.busy = 0
        self._used = 0
        self.service: Service

    def answer(self, request: Request) -> Reply:
        if request.path == "/api/v1/auth":
            if request.json() != {"username": USER, "password": PASSWORD}:
                return error(401, f"Login failed: {request.json()['password']}")
            self.tokens, self._used = self.tokens + 1, 0
            return json_reply(
                {"bearer": f"token{self.tokens}", "claims": {"sub": USER}, "expSeconds": 7200}
            )
        if request.headers.get("authorization") != f"Bearer token{self.tokens}":
            return error(401, "Unauthorized")
        if self._used >= self.valid_for:
            return error(401, "Token expired")
        self._used += 1
        if self.busy:
            self.busy -= 1
            return Reply(503, headers={"Retry-After": "0"})
        return self.refused or self._page(request)

    def _page(self, request: Request) -> Reply:
        asked = request.query
        if request.path != "/api/v1/lists/%28%24Contacts%29" or asked["scope"] != "documents":
            return error(404, "View not found")
        found = self.scopes.get(asked["dataSource"])
        if found is None:
            return error(404, f"Scope {asked['dataSource']} not found")
        start, count = int(asked["start"]), int(asked["count"])
        if asked["documents"] == "false":
            found = [{"@unid": f"U{n}", "@noteid": n, "$1": "x"} for n in range(len(found))]
        return json_reply(found[start : start + count])


def error(status: int, message: str) -> Reply:
    return json_reply({"status": status, "message": message, "errorId": 1011}, status)


@contextmanager
def running(scopes: Mapping[str, list[Any]]) -> Iterator[Domino]:
    domino = Domino(scopes)
    with serving(domino.answer) as domino.service:
        yield domino


@pytest.fixture
def domino(monkeypatch: pytest.MonkeyPatch) -> Iterator[Domino]:
    monkeypatch.setattr(domino_rest, "PAGE", 2)
    scopes = {
        "names": [document(n) for n in range(5)],
        "mail_marie": [document(n) for n in range(4)],
        "marie@arda.example": [document(1)],
    }
    with running(scopes) as server:
        yield server


def opened(domino: Domino, **settings: Any) -> DominoRest:
    given = {
        "url": domino.service.url,
        "user": USER,
        "password": PASSWORD,
        "scope": "names",
        "view": "($Contacts)",
        **settings,
    }
    found = connectors.opened("domino_rest", given, Path("/nonexistent"))
    assert isinstance(found, DominoRest)
    return found


def test_what_the_administration_looks_at() -> None:
    check_class(DominoRest)
    assert connectors.secret_fields("domino_rest") == {"password"}


def test_documents_of_a_view(domino: Domino) -> None:
    check_entries(opened(domino), [entry(n) for n in range(5)])
    assert domino.tokens == 2  # one for each reading


def test_columns_of_a_view(domino: Domino) -> None:
    check_entries(
        opened(domino, documents=False), [{"@unid": f"U{n}", "$1": "x"} for n in range(5)]
    )


def test_contacts_of_users(domino: Domino) -> None:
    there = opened(domino, scope="mail_{user}")
    check_entries(there, [entry(n) for n in range(4)], "marie@arda.example")
    check_entries(opened(domino, scope="{mailbox}"), [entry(1)], "marie@arda.example")
    check_words(Misconfigured, lambda: list(there.entries("paul@arda.example")), "mail_paul")
    check_words(Misconfigured, lambda: list(there.entries()), "mail_{user}")
    public = opened(domino)
    check_words(Misconfigured, lambda: list(public.entries("marie@arda.example")), "{user}")


def test_a_token_that_expires_half_way(domino: Domino) -> None:
    domino.valid_for = 3
    assert len(list(opened(domino).entries())) == 5
    assert domino.tokens == 2


def test_a_server_that_is_busy(domino: Domino) -> None:
    domino.busy = 3
    assert len(list(opened(domino).entries())) == 5


def test_a_failure_half_way(domino: Domino) -> None:
    entries = opened(domino).entries()
    next(entries), next(entries)
    domino.refused = error(500, "NSF is corrupt")
    check_words(Unreachable, lambda: next(entries), "NSF is corrupt")


def test_what_is_refused_or_wrong(domino: Domino) -> None:
    wrong = opened(domino, password="wrong one")
    check_words(Refused, lambda: list(wrong.entries()), "Login failed", secret="wrong one")
    other = opened(domino, view="People")
    check_words(Misconfigured, lambda: list(other.entries()), "View not found")
    domino.refused = error(403, "Not authorised")
    check_words(Refused, lambda: list(opened(domino).entries()), "Not authorised")
    domino.refused = json_reply({"documents": []})
    check_words(Misconfigured, lambda: list(opened(domino).entries()), "without a list")
    domino.refused = json_reply([document(1), document(2)])
    check_words(Unreachable, lambda: list(opened(domino).entries()), "same page")


def test_nothing_is_left_open(domino: Domino) -> None:
    domino.service.check_hangs_up(opened(domino))
