"""Gateways over HTTP: what they are asked, what their answers mean, and which are not asked."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, json_reply, serving
from tws.connectors.sms import outbound
from tws.connectors.sms.http.gateway import Http
from tws.connectors.sms.register import WINDOWS
from tws.errors import Invalid
from tws.messaging.sms.provider import (
    OutcomeUnknown,
    Outgoing,
    Receipt,
    SmsRefused,
    Surroundings,
)
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

KEY, REPORT = "s3cret key/é", "k" * 20
TEXT = 'He said: "50 % & <more>"\nñ €'
BODY = '{"to": "{to}", "text": "{text}", "report": "{report}"}'


@asynccontextmanager
async def provider(
    url: str, tmp_path: Path, *, local: bool = True, **settings: Any
) -> AsyncIterator[Http]:
    around = Surroundings(
        files=tmp_path,
        local=local,
        hear=lambda receipt: None,
        report="https://tws.company.example/api/v1/sms-reports/p",
    )
    given = {"url": url, "key": KEY, "body": BODY, **settings}
    made = Http(WINDOWS.settings("http", given), around)
    try:
        yield made
    finally:
        await made.close()


def outgoing(text: str = TEXT) -> Outgoing:
    return Outgoing(id="our-id", to="+33612345678", sender="SSDEI", text=text)


async def test_values_are_written_as_the_place_takes_them(tmp_path: Path) -> None:
    with serving(lambda request: Reply(200, b"OK 17\n")) as service:
        address = f"{service.url}/send?to={{number}}&text={{text}}&from={{from}}&k={{key}}"
        async with provider(address, tmp_path, method="GET", body="") as http:
            assert await http.send(outgoing()) == ()
        async with provider(
            f"{service.url}/json",
            tmp_path,
            authentication="basic",
            user="u",
            headers="X-Key: {key}\nX-Ref: {id}",
            message_id_expression=r"OK (\d+)",
            report_key=REPORT,
        ) as http:
            assert await http.send(outgoing()) == ("17",)
        for content in ("form", "xml", "text"):
            async with provider(
                f"{service.url}/{content}",
                tmp_path,
                content=content,
                body="<t to='{to}'>{text}</t>",
            ) as http:
                await http.send(outgoing())
    asked, as_json, as_form, as_xml, as_text = service.requests
    assert asked.query == {"to": "33612345678", "text": TEXT, "from": "SSDEI", "k": KEY}
    found = json.loads(as_json.body)
    assert (found["to"], found["text"]) == ("+33612345678", TEXT)
    assert found["report"] == f"https://tws.company.example/api/v1/sms-reports/p/{REPORT}"
    pair = base64.b64decode(as_json.headers["authorization"].removeprefix("Basic ")).decode()
    assert pair == f"u:{KEY}" and as_json.headers["x-ref"] == "our-id"
    assert as_json.headers["content-type"] == "application/json"
    assert b"to='%2B33612345678'" in as_form.body and b"%0A" in as_form.body
    assert b"&quot;50 % &amp; &lt;more&gt;&quot;" in as_xml.body
    assert TEXT.encode() in as_text.body


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(401), SignInRefused),
        (Reply(403), Refused),
        (Reply(404), Misconfigured),
        (Reply(302, headers={"Location": "http://127.0.0.1:1/"}), Misconfigured),
        (Reply(429), Unreachable),
        (Reply(503), Unreachable),
        (Reply(422, b'{"detail": "no such number"}'), SmsRefused),
        (Reply(500), OutcomeUnknown),
        (Reply(504), OutcomeUnknown),
        (Reply(200, b"ERROR 12"), SmsRefused),
        (Reply(200, b"OK" + b"x" * (outbound.LARGEST + 1)), OutcomeUnknown),
        (Reply(200, b"OK 1234", torn=2), OutcomeUnknown),
    ],
)
async def test_what_an_answer_means(tmp_path: Path, reply: Reply, error: type[Exception]) -> None:
    with serving(lambda request: reply) as service:
        async with provider(service.url, tmp_path, success="^OK") as http:
            with pytest.raises(error) as raised:
                await http.send(outgoing())
    assert type(raised.value) is error
    assert len(service.requests) == 1
    assert KEY not in str(raised.value)


async def test_a_gateway_that_never_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "LIMITS", replace(outbound.LIMITS, whole=0.2))
    with serving(lambda request: Reply()) as service:
        service.hold()
        async with provider(service.url, tmp_path) as http:
            with pytest.raises(OutcomeUnknown):
                await http.send(outgoing())
        service.let_go()


async def test_what_repeats_the_key_does_not_tell_it(tmp_path: Path) -> None:
    with serving(lambda request: Reply(200, f"wrong key {KEY}".encode())) as service:
        async with provider(service.url, tmp_path, success="^OK") as http:
            with pytest.raises(SmsRefused) as raised:
                await http.send(outgoing())
    assert "wrong key" in str(raised.value) and KEY not in str(raised.value)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::]", "[::ffff:127.0.0.1]"]
)
async def test_this_machine_is_not_asked(tmp_path: Path, host: str) -> None:
    with serving(lambda request: Reply()) as service:
        port = service.url.rpartition(":")[2]
        async with provider(f"http://{host}:{port}/", tmp_path, local=False) as http:
            with pytest.raises(Misconfigured, match="of this machine"):
                await http.send(outgoing())
    assert service.requests == []


async def test_nobody_there_is_not_an_unknown_outcome(tmp_path: Path) -> None:
    async with provider("http://127.0.0.1:1/", tmp_path) as http:
        with pytest.raises(Unreachable) as raised:
            await http.send(outgoing())
    assert not isinstance(raised.value, OutcomeUnknown)
    async with provider("http://nobody.invalid/", tmp_path) as http:
        with pytest.raises((Misconfigured, Unreachable)) as away:
            await http.send(outgoing())
    assert not isinstance(away.value, OutcomeUnknown)


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("url", {"url": "ftp://gateway.example/"}),
        ("url", {"url": "http://u:p@gateway.example/{to}{text}"}),
        ("url", {"url": "http://gateway.example/?password=x&t={to}{text}"}),
        ("body", {"body": "{to} only"}),
        ("body", {"body": "{text} only"}),
        ("success", {"success": "(?=x)"}),
        ("headers", {"headers": "no header"}),
        ("key", {"key": "", "authentication": "bearer"}),
        ("report_key", {"report_key": "short"}),
        ("report_key", {"report_key": "k" * 20 + "/"}),
    ],
)
def test_forms_that_cannot_be(field: str, settings: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as raised:
        WINDOWS.settings("http", {"url": "https://gateway.example/", "body": BODY, **settings})
    assert raised.value.details["field"] == f"settings.{field}"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"id": "7", "status": "DELIVRD"}, Receipt(reference="7", state="delivered")),
        ({"id": "7", "status": "delivered"}, Receipt(reference="7", state="delivered")),
        ({"id": "7", "status": "1"}, Receipt(reference="7", state="delivered")),
        ({"id": "7", "status": "buffered"}, None),
        ({"id": "7"}, None),
    ],
)
async def test_what_a_gateway_tells(
    tmp_path: Path, fields: dict[str, str], told: Receipt | None
) -> None:
    async with provider("http://gateway.example/", tmp_path, report_key=REPORT) as http:
        assert http.told(REPORT, fields) == told
        failed = http.told(REPORT, {"id": "7", "status": "UNDELIV"})
        assert failed is not None and failed.state == "failed"
        with pytest.raises(Refused):
            http.told("x" * 20, fields)
        for nobody in ("é" * 20, "\ud800" * 20):
            with pytest.raises(Refused):
                http.told(nobody, fields)
        with pytest.raises(Misconfigured):
            http.told(REPORT, {"status": "1"})
    async with provider("http://gateway.example/", tmp_path) as http:
        with pytest.raises(Refused):
            http.told("", fields)


async def test_no_sign_that_a_database_refuses_is_kept(tmp_path: Path) -> None:
    """PostgreSQL takes no NUL in a text."""
    with serving(lambda request: json_reply({"id": "g\x00-1"})) as service:
        settings: dict[str, Any] = {"message_id": "id", "report_key": REPORT}
        async with provider(f"{service.url}/", tmp_path, **settings) as http:
            assert await http.send(outgoing()) == ("g-1",)
            told = http.told(REPORT, {"id": "\x00g-\x001", "status": "expired\x00\ud800"})
    assert told is not None and told.reference == "g-1"
    assert told.reason.parameters == {"said": "expired"}
