"""Microsoft Graph and its login as they are documented: tokens, pages, throttling, errors."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tws.connectors.office365.graph import Cloud

TENANT, CLIENT, SECRET = "arda.example", "11111111-2222-3333-4444-555555555555", "s3cret~value"
PAGE = 2
"Graph gives fewer than one asks for whenever it likes."


class GraphServer:
    """`collections`: path below /v1.0 -> what is there, or the status and code of a refusal."""

    def __init__(self, collections: Mapping[str, list[Any] | tuple[int, str]]) -> None:
        self.collections = collections
        self.photos: dict[str, tuple[str, bytes]] = {}
        "By the path of whose it is: its tag, and the picture."
        self.tokens = 0
        self.valid_for = 1_000_000
        "Requests after which a token has expired."
        self.busy = 0
        "How many requests more are told to come back."
        self._used = 0
        self.service: Service

    @property
    def clouds(self) -> dict[str, Cloud]:
        return {
            "worldwide": Cloud(self.service.url, self.service.url),
            "china": Cloud(self.service.url, f"{self.service.url}/nowhere"),
        }

    def answer(self, request: Request) -> Reply:
        if request.path.endswith("/oauth2/v2.0/token"):
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer token{self.tokens}":
            return error(401, "InvalidAuthenticationToken", "Access token is empty.")
        if self._used >= self.valid_for:
            return error(401, "InvalidAuthenticationToken", "Lifetime validation failed.")
        self._used += 1
        if self.busy:
            self.busy -= 1
            return error(429, "TooManyRequests", "Please retry again later.", Retry_After="0")
        return self._page(request)

    def _token(self, request: Request) -> Reply:
        form = request.form()
        if request.path != f"/{TENANT}/oauth2/v2.0/token":
            return oauth_error("invalid_request", "AADSTS90002: Tenant 'nobody' not found.")
        if form["client_id"] != CLIENT:
            return oauth_error("unauthorized_client", "AADSTS700016: Application not found.")
        if form["client_secret"] != SECRET:
            words = f"AADSTS7000215: Invalid client secret provided: {form['client_secret']}."
            return oauth_error("invalid_client", words, 401)
        assert form["grant_type"] == "client_credentials"
        assert form["scope"] == f"{self.service.url}/.default"
        self.tokens, self._used = self.tokens + 1, 0
        given = {"token_type": "Bearer", "expires_in": 3599, "access_token": f"token{self.tokens}"}
        return json_reply(given)

    def _page(self, request: Request) -> Reply:
        path = request.path.removeprefix("/v1.0/")
        whose, _, what = path.partition("/photo")
        if path.endswith("/photo") or what == "/$value":
            return self._photo(whose, what)
        found = self.collections.get(path)
        if found is None:
            return error(404, "ResourceNotFound", "Resource could not be discovered.")
        if isinstance(found, tuple):
            return error(*found, "Insufficient privileges to complete the operation.")
        assert int(request.query["$top"]) <= 999
        names = request.query["$select"].split(",")
        assert all(re.fullmatch(r"[A-Za-z]+", name) for name in names)
        first = int(request.query.get("$skiptoken", "0"))
        some = [self._selected(each, names) for each in found[first : first + PAGE]]
        page: dict[str, Any] = {"@odata.context": f"{self.service.url}/v1.0/$metadata#{path}"}
        if first + PAGE < len(found):
            page["@odata.nextLink"] = (
                f"{self.service.url}{request.path}?$select={request.query['$select']}"
                f"&$top={request.query['$top']}&$skiptoken={first + PAGE}"
            )
        return json_reply({**page, "value": some})

    def _photo(self, whose: str, what: str) -> Reply:
        if whose not in self.photos:
            return error(404, "ImageNotFound", "The photo was not found.")
        tag, raw = self.photos[whose]
        if what:
            return Reply(200, raw, {"Content-Type": "image/png", "ETag": tag})
        return json_reply({"@odata.mediaEtag": tag, "id": "648X648", "width": 648})

    def _selected(self, item: Any, names: list[str]) -> dict[str, Any]:
        return {"@odata.etag": 'W/"x"', **{name: item[name] for name in names if name in item}}


def error(status: int, code: str, message: str, **headers: str) -> Reply:
    inner = {"date": "2026-11-29T12:00:00", "request-id": "a0b1"}
    said = {"error": {"code": code, "message": message, "innerError": inner}}
    return json_reply(said, status, **headers)


def oauth_error(code: str, description: str, status: int = 400) -> Reply:
    said = {"error": code, "error_description": description, "error_codes": [1]}
    return json_reply(said, status)


@contextmanager
def running_graph(collections: Mapping[str, list[Any] | tuple[int, str]]) -> Iterator[GraphServer]:
    server = GraphServer(collections)
    with serving(server.answer) as server.service:
        yield server
