"""JSON over HTTP, from a server with every way of paging and of asking who we are."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tests.contracts.connector import check_class, check_entries, check_words
from tws import connectors
from tws.connectors.http.json_fields import MOST, fields
from tws.connectors.json_http import JsonHttp
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, Unreachable

PEOPLE = [{"id": n, "lastName": f"Person {n}", "company": None} for n in range(5)]
EXPECTED = [{"id": str(n), "lastName": f"Person {n}"} for n in range(5)]


def answer(request: Request) -> Reply:
    asked = request.query
    if request.path == "/all":
        return json_reply(PEOPLE)
    if request.path == "/links":
        first = int(asked.get("from", "0"))
        more = f"?from={first + 2}" if first + 2 < len(PEOPLE) else None
        return json_reply({"data": {"list": PEOPLE[first : first + 2]}, "paging": {"next": more}})
    if request.path == "/pages":
        first = (int(asked["p"]) - 1) * int(asked["size"])
        return json_reply({"items": PEOPLE[first : first + int(asked["size"])]})
    if request.path == "/offsets":
        first = int(asked["start"])
        return json_reply({"items": PEOPLE[first : first + 2]})
    if request.path == "/circle":
        return json_reply({"items": PEOPLE, "next": "/circle?again"})
    if request.path == "/away":
        return json_reply({"items": PEOPLE, "next": "http://elsewhere.invalid/"})
    if request.path == "/torn":
        if "from" in asked:
            return Reply(body=json.dumps({"items": PEOPLE}).encode(), torn=30)
        return json_reply({"items": PEOPLE, "next": "?from=2"})
    if request.path == "/odd":
        return json_reply([1, 2])
    return Reply(404)


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(answer) as running:
        yield running


def opened(url: str, **settings: Any) -> JsonHttp:
    found = connectors.opened("json", {"url": url, **settings}, Path("/nonexistent"))
    assert isinstance(found, JsonHttp)
    return found


LINKS = {"items": "data.list", "paging": "link", "next": "paging.next"}
PAGES = {"items": "items", "paging": "page", "parameter": "p", "size_parameter": "size", "size": 2}


def test_what_the_administration_looks_at() -> None:
    check_class(JsonHttp)
    assert connectors.secret_fields("json") == {"secret"}


def test_a_whole_list(service: Service) -> None:
    check_entries(opened(f"{service.url}/all"), EXPECTED)


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("/links", LINKS),
        ("/pages", PAGES),
        ("/pages", {**PAGES, "size": 5}),
        ("/offsets", {"items": "items", "paging": "offset", "parameter": "start"}),
    ],
)
def test_pages(service: Service, path: str, settings: dict[str, Any]) -> None:
    check_entries(opened(f"{service.url}{path}", **settings), EXPECTED)


def test_the_parameters_of_the_address_stay(service: Service) -> None:
    pages = {**PAGES, "size_parameter": ""}
    check_entries(opened(f"{service.url}/pages?size=3", **pages), EXPECTED)


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({"authentication": "basic", "user": "tws"}, "authorization", "Basic dHdzOnPDqXNhbWU="),
        ({"authentication": "bearer"}, "authorization", "Bearer sésame"),
        ({"authentication": "header"}, "x-api-key", "sésame"),
        ({"authentication": "header", "header": "Key"}, "key", "sésame"),
    ],
)
def test_who_we_are(settings: dict[str, Any], name: str, value: str) -> None:
    assert base64.b64decode("dHdzOnPDqXNhbWU=").decode() == "tws:sésame"

    def guarded(request: Request) -> Reply:
        said = request.headers.get(name, "").encode("latin-1").decode()
        return answer(request) if said == value else json_reply({"message": "sésame?"}, 401)

    with serving(guarded) as service:
        url = f"{service.url}/all"
        check_entries(opened(url, secret="sésame", **settings), EXPECTED)
        wrong = opened(url, secret="sésame?", **settings)
        check_words(Refused, lambda: list(wrong.entries()), secret="sésame?")


@pytest.mark.parametrize("paging", ["/all", "/links"])
def test_a_key_in_the_address_is_kept_out_of_it(paging: str) -> None:
    def guarded(request: Request) -> Reply:
        keyed = request.query.get("api_key") == "s&same"
        return answer(request) if keyed else Reply(403)

    with serving(guarded) as service:
        more = LINKS if paging == "/links" else {}
        given = {"authentication": "query", "header": "api_key", **more}
        check_entries(opened(f"{service.url}{paging}", secret="s&same", **given), EXPECTED)
        wrong = opened(f"{service.url}{paging}", secret="s&me", **given)
        check_words(Refused, lambda: list(wrong.entries()), secret="s&me")


@pytest.mark.parametrize(
    "query",
    ["api_key=", "a=1&token=", "key=", "PassWord=", "client-secret=", "x-api-key=", "a=1#token="],
)
def test_a_secret_in_the_address_is_refused(query: str) -> None:
    with pytest.raises(Invalid, match="looks like a secret") as raised:
        connectors.validate("json", {"url": f"https://crm.example/all?{query}Secret12"})
    assert raised.value.details["field"] == "settings.url" and "Secret12" not in str(raised.value)
    for harmless in ("pagetoken=a", "keyword=a", "author=a", "sortkey=b", "active=1"):
        connectors.validate("json", {"url": f"https://crm.example/all?{harmless}"})


def test_what_is_wrong_is_said(service: Service) -> None:
    def reading(path: str, **settings: Any) -> list[Any]:
        return list(opened(f"{service.url}{path}", **settings).entries())

    paged = {"items": "items", "paging": "link"}
    check_words(Misconfigured, lambda: reading("/nothing"), "404")
    check_words(Misconfigured, lambda: reading("/links"), "no list", "data, paging")
    check_words(Misconfigured, lambda: reading("/links", items="data.no"), "data.no")
    check_words(Misconfigured, lambda: reading("/odd"), "objects")
    check_words(Unreachable, lambda: reading("/circle", **paged), "same page")
    check_words(
        Unreachable,
        lambda: reading("/circle", items="items", paging="page"),
        "same page",
    )
    check_words(Misconfigured, lambda: reading("/away", **paged), "elsewhere.invalid")


def test_an_answer_that_breaks_off_half_way(service: Service) -> None:
    entries = opened(f"{service.url}/torn", items="items", paging="link").entries()
    assert [next(entries).values["id"] for _ in PEOPLE] == ["0", "1", "2", "3", "4"]
    check_words(Unreachable, lambda: next(entries), "broke off")


def test_nothing_is_left_open(service: Service) -> None:
    service.check_hangs_up(opened(f"{service.url}/links", **LINKS))


def test_a_form_that_is_wrong() -> None:
    for wrong, field in (
        ({"url": "https://user:pass@host.example/"}, "url"),
        ({"url": "ldap://host.example/"}, "url"),
        ({"url": "https://host.example/", "authentication": "bearer"}, "secret"),
    ):
        with pytest.raises(Invalid) as raised:
            connectors.validate("json", wrong)
        assert raised.value.details["field"] == f"settings.{field}"


def test_names_of_fields() -> None:
    phones = [{"type": "mobile", "number": "06"}, {"label": "desk", "number": 4092}, {}]
    deep: Any = "here"
    for _ in range(50):
        deep = {"a": deep}
    assert fields(
        {
            "name": {"first": " Marie ", "none": None, "": ""},
            "phones": phones,
            "tags": ["a", "b"],
            "vip": True,
            "deep": deep,
        }
    ) == {
        "name.first": "Marie",
        "phones.number": ("06", "4092"),
        "phones.type": "mobile",
        "phones.label": "desk",
        "phones.0.number": "06",
        "phones.0.type": "mobile",
        "phones.mobile.number": "06",
        "phones.mobile.type": "mobile",
        "phones.1.number": "4092",
        "phones.1.label": "desk",
        "phones.desk.number": "4092",
        "phones.desk.label": "desk",
        "tags": ("a", "b"),
        "tags.0": "a",
        "tags.1": "b",
        "vip": "true",
    }


def test_lists_in_lists_are_bounded() -> None:
    """Each has its values under two names, and those of the list around it."""
    deep: Any = "here"
    for _ in range(60):
        deep = [deep]
    assert fields({"deep": deep, "id": "1"}) == {"id": "1"}
    wide: Any = "x"
    for _ in range(7):
        wide = [wide, wide, wide]
    assert sum(len(texts) for texts in fields({"wide": wide}).values()) <= MOST
    assert fields({"pairs": [["a", "b"], ["c"]]})["pairs"] == ("a", "b", "c")


def test_a_mark_in_front_is_no_fault() -> None:
    body = b'\xef\xbb\xbf[{"id": "1", "lastName": "Durand"}]'
    with serving(lambda request: Reply(body=body)) as service:
        check_entries(opened(service.url), [{"id": "1", "lastName": "Durand"}])
