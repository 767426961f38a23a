"""What browsers and programs send over HTTP and the live stream, beside what operations take."""

import base64
import re
from typing import Any

from starlette.requests import HTTPConnection

from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON
from fuzz.target import Target, holds
from tws.directory.text import folded, groups, words
from tws.directory.typing_errors import can_be_wrong, fragments, nearly, pattern
from tws.web import identity, negotiate, websocket
from tws.web.errors import Problem

# ---------------------------------------------------------------- the live stream


def _client(data: bytes) -> None:
    """A first and a later message, as the WebSocket reads them."""
    text = data.decode(errors="replace")
    hello, later = websocket.hello_of(text), websocket.said(text)
    if hello is not None:
        holds(len(hello.watch) <= 1000 and len(hello.computer) <= 100, "more than is taken")
        holds(hello.last is None or hello.last >= 0, "no number")
    holds(hello is None or later is None, "both at once")


HELLOS = (
    b'{"type":"hello","stream":"1","last":3,"watch":["1"],"computer":"a","visible":true}',
    b'{"type":"watch","users":["1","2"]}',
    b'{"type":"sight","visible":false}',
)
LIVE_CLIENT = Target(
    feed=_client,
    seeds=(*HELLOS, *NESTED_JSON, b'{"type":"hello","x":' + b"[" * 3000),
    words=(*JSON_WORDS, b'"type":', b'"hello"', b'"watch"', b'"users":', b'"last":'),
    mutate=ByTokens(JSON_PARTS, HELLOS, JSON_WORDS),
)


# ---------------------------------------------------------------- headers

PUBLIC = "https://tws.example.org"


def _connection(data: bytes) -> HTTPConnection:
    headers = []
    for line in data.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon:
            headers.append((name.strip().lower(), value.strip()))
    scope: dict[str, Any] = {
        "type": "http",
        "headers": headers,
        "client": ("192.0.2.1", 4000),
        "scheme": "https",
        "path": "/",
        "query_string": b"",
        "server": ("tws.example.org", 443),
    }
    return HTTPConnection(scope)


def _headers(data: bytes) -> None:
    connection = _connection(data)
    token = identity.token_of(connection)
    holds(token is None or bool(token), "an empty token")
    holds(not (identity.comes_by_cookie(connection) and identity.key_of(connection)), "both")
    holds(identity.where_from(connection) == "192.0.2.1", "somebody else's address is believed")
    negotiate.came_by(connection)
    try:
        ticket = negotiate.ticket_of(connection)
    except Problem as problem:
        holds(bool(str(problem)), "no words")
    else:
        if ticket is not None:
            holds(len(base64.b64encode(ticket)) <= len(data) + 4, "more than came")
    origin = connection.headers.get("origin")
    elsewhere = identity.is_elsewhere(connection.headers, PUBLIC)
    if origin is not None and not elsewhere:
        host = connection.headers.get("host", "")
        ours = {"tws.example.org", host.lower().rpartition("@")[2].partition(":")[0]}
        named = origin.lower().partition("//")[2].rpartition("@")[2]
        holds(any(name and named.startswith(name[:1]) for name in ours), "another site's page")


REQUESTS = (
    b"host: tws.example.org\norigin: https://tws.example.org\nsec-fetch-site: same-origin",
    b"authorization: Bearer abc\ncookie: __Host-tws_session=x; a=b",
    b"authorization: Negotiate TlRMTVNTUAABAAAA\nx-forwarded-for: 10.0.0.1, b\nforwarded: for=x",
    b"origin: http://[::1\nhost: [::1]:99999",
    b"origin: null\ncookie: =;;__Host-tws_session",
)
HTTP_HEADERS = Target(
    feed=_headers,
    seeds=REQUESTS,
    words=(b"origin: ", b"host: ", b"authorization: Negotiate ", b"://", b"@", b":0", b"\n", b"["),
    mutate=ByTokens(rb"[\w-]+|.", REQUESTS, (b"origin: https://", b"\n", b"\xff")),
    longest=1024,
)


# ---------------------------------------------------------------- what people search


def _search(data: bytes) -> None:
    """What is typed, a line feed, and a name that is looked through."""
    typed, _, name = data.decode(errors="replace").partition("\n")
    wanted = groups(typed, None)
    text = folded([name])
    for one in (typed, name):
        for word in words(one):
            holds(bool(word) and not set(word) & set("%_*\"' "), "a sign of SQL in a word")
            holds(words(word) == [word], "folded twice it is another word")
    nearly(text, wanted)
    for group in filter(can_be_wrong, wanted):
        holds(all(map(all, fragments(group[0]))), "it looks for nothing")
        re.compile(pattern(group[0]))


SEARCH_TEXT = Target(
    feed=_search,
    seeds=("Dupönt Jean\nJean Dupont".encode(), b"01 55 17\n", "ß ﬁ İ ǆ\nſ".encode(), b"%_*\"'\n"),
    words=("é".encode(), "İ".encode(), "ﬃ".encode(), "̈".encode(), b" ", b"poste 12", b"(0)"),
    longest=512,
    short=80,
)
