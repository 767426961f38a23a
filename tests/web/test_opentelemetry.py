"""Traces: what a collector is given, and that one which is away harms nobody. The collector is one
of the tests: it takes OTLP over HTTP."""

import asyncio
import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.peers.ports import block_of_ports
from tests.web.calls import rings
from tests.web.house import House, running_house
from tests.web.test_measures import figures
from tws import telemetry
from tws.app.tracing import traced
from tws.config import Settings
from tws.telephony.commands import AnswerCall
from tws.telephony.event_reports import CommandDone

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


class Collector:
    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                assert self.path == "/v1/traces"
                collector.requests.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def resource(self) -> dict[str, str]:
        found = self.requests[0].resource_spans[0].resource.attributes
        return {one.key: one.value.string_value for one in found}

    def spans(self, name: str, **attributes: str) -> list[Span]:
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
            if span.name == name
            and attributes.items() <= {(a.key, a.value.string_value) for a in span.attributes}
        ]


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    collector = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
    thread = Thread(target=collector.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()
    thread.join()


def settings(folder: Path) -> Settings:
    return Settings(otel=True, data_dir=folder, state_dir=folder)


async def test_what_is_done_for_a_request_is_one_trace(
    database: Path, collector: Collector
) -> None:
    async with traced(settings(database.parent)), running_house(database) as house:
        alice = await house.sign_in("alice")
        async with house.page(alice) as page:
            house.report(rings("1", "4001"))
            await page.until(lambda page: bool(page.calls()))
            await _answer(house, alice)
    assert collector.resource["service.name"] == "tws"
    (request,) = collector.spans("request", **{"tws.operation": "answerCall"})
    assert request.trace_id.hex() == TRACE and request.kind == Span.SPAN_KIND_SERVER
    assert request.parent_span_id.hex() == "00f067aa0ba902b7"
    (command,) = collector.spans("command", **{"tws.command": "AnswerCall"})
    assert command.trace_id == request.trace_id and command.parent_span_id == request.span_id
    (login,) = collector.spans("request", **{"tws.operation": "login"})
    parents = {span.parent_span_id for span in collector.spans("database")}
    assert login.span_id in parents and login.trace_id != request.trace_id
    (shown,) = collector.spans("call on the screens")
    assert shown.end_time_unix_nano > shown.start_time_unix_nano
    assert shown.trace_id != request.trace_id, "the PBX told it, not that request"
    assert collector.spans("job")
    everything = b"".join(one.SerializeToString() for one in collector.requests)
    for word in (b"4001", b"alice", b"00155171889", b"Martin"):
        assert word not in everything, word


async def _answer(house: House, alice: Any) -> None:
    body = {"device": house.device("4001"), "connection": house.legs("4001")[0]}
    headers = {"traceparent": PARENT}
    asked = asyncio.create_task(alice.post("telephony/answerCall", json=body, headers=headers))
    command = await house.asked(AnswerCall)
    house.report(CommandDone(command.id, None))
    assert (await asked).status_code == 200


async def test_a_collector_that_is_away_harms_nobody(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with block_of_ports() as ports:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{ports[0]}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.2")
        async with traced(settings(database.parent)), running_house(database) as house:
            alice = await house.sign_in("alice")
            assert (await alice.get("session")).status_code == 200
            tracer = telemetry.tracer()
            assert tracer is not None
            await asyncio.to_thread(tracer.stop)
            assert (await figures(house)).value("tws_otel_spans_total", outcome="failed") > 0
            assert (await alice.get("session")).status_code == 200


async def test_nothing_is_traced_unasked(database: Path, collector: Collector) -> None:
    async with traced(Settings(data_dir=database.parent)), running_house(database) as house:
        await house.sign_in("alice")
        assert telemetry.tracer() is None
        assert "tws_otel_spans_total{" not in (await figures(house)).text
    assert collector.requests == []
