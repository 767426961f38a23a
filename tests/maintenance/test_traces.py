"""Writing a trace: bounded, in files that make room, and what is missing is told."""

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tws.maintenance.traces import folder, recording
from tws.maintenance.traces.lines import Dropped, Header, NotATrace, header_of, records
from tws.maintenance.traces.recording import Recording
from tws.replaying import replay_files
from tws.telephony import tracing
from tws.telephony.commands import CommandId, GenerateDigits
from tws.telephony.link import Pdu, Peer
from tws.telephony.model import CallId, ConnectionId, DeviceId

NOW = datetime(2026, 11, 29, 9, 12, 4, 123456, tzinfo=UTC)
ID = "20261129T091204-abc"


def header(device: str = "*") -> Header:
    return Header(
        part=1,
        tws="1",
        link="l",
        name="PBX",
        dialect="csta_xml",
        company="c",
        domain="d",
        settings={"host": "127.0.0.1", "port": 3211},
        device=device,
        began=NOW,
        until=NOW + timedelta(hours=1),
        by="root",
    )


def said(text: str, *devices: str) -> tracing.Record:
    pdu = Pdu(False, Peer("pbx"), tuple(map(DeviceId, devices)), text, b"\0\0\xff0012", b"\0")
    return tracing.Record(NOW, 12.345678, pdu)


def read(where: Path) -> list[tracing.Record | Dropped]:
    lines = folder.lines_of(folder.parts_of(where, ID))
    header_of(next(lines))
    return list(records(lines))


def test_what_is_noted_is_read_again(tmp_path: Path) -> None:
    connection = ConnectionId(CallId("1"), DeviceId("4001"))
    digits = GenerateDigits(
        id=CommandId("x"), device=DeviceId("4001"), connection=connection, digits="47#1"
    )
    given = [
        tracing.Record(NOW, 1.0, tracing.Begun(10, 3, (), "seed")),
        tracing.Record(NOW, 1.0, tracing.Connected("pbx")),
        said("é<x/>", "4001"),
        tracing.Record(NOW, 2.0, tracing.asked(digits)),
        tracing.Record(NOW, 3.0, tracing.Disconnected("pbx", "reset")),
    ]
    one = Recording(tmp_path, ID, header(), part_size=10**6, parts=3)
    one.start()
    for record in given:
        one.note(record)
    one.stop()
    one.stop()
    assert read(tmp_path) == given
    assert "47#1" not in gzip.open(folder.part_path(tmp_path, ID, 1), "rt").read()
    [stored] = folder.listed(tmp_path.parent, [tmp_path.name], NOW)
    assert (stored.id, stored.parts, stored.header.name) == (ID, 1, "PBX")


def test_a_device_is_traced_with_what_is_about_nobody(tmp_path: Path) -> None:
    one = Recording(tmp_path, ID, header("4001"), part_size=10**6, parts=3)
    one.start()
    for record in (said("a", "4001"), said("b", "4002"), said("c"), said("d", "4002", "4001")):
        one.note(record)
    assert [record["pdu"] for _, record in one.tail(1)] == ["c", "d"]
    one.stop()
    texts = [r.what.text for r in read(tmp_path) if isinstance(r, tracing.Record)]  # type: ignore[union-attr]
    assert texts == ["a", "c", "d"]


def test_the_oldest_file_makes_room(tmp_path: Path) -> None:
    one = Recording(tmp_path, ID, header(), part_size=20_000, parts=2)
    one.start()
    for number in range(1000):
        one.note(said(os.urandom(500).hex(), str(number)))
    one.stop()
    parts = folder.parts_of(tmp_path, ID)
    assert len(parts) == 2 and not folder.part_path(tmp_path, ID, 1).exists()
    assert all(path.stat().st_size < 20_000 + 256 * 1000 for path in parts)
    newest = read(tmp_path)[-1]
    assert isinstance(newest, tracing.Record) and newest.what.devices == ("999",)  # type: ignore[union-attr]
    for path in parts:
        assert header_of(gzip.open(path).readline()).link == "l"


def test_a_slow_disk_drops_records_and_says_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_RECORDS", 5)
    one = Recording(tmp_path, ID, header(), part_size=10**6, parts=2)
    for number in range(20):  # nothing is written before it starts
        one.note(said(str(number)))
    assert (one.records, one.dropped) == (5, 15)
    one.start()
    one.stop()
    found = read(tmp_path)
    assert len(found) == 6 and found[-1] == Dropped(15)


def test_a_disk_that_cannot_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "FLUSHED_EVERY", 1)
    where = tmp_path / "gone"
    one = Recording(where, ID, header(), part_size=1, parts=2)
    one.start()
    where.rename(tmp_path / "elsewhere")  # the next file has nowhere to be
    one.note(said("a"))
    one.note(said("b"))
    one.stop()
    assert one.failure is not None
    one.note(said("c"))


async def test_what_is_no_trace_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "trace.jsonl.gz"
    for content, words in (
        (b"{}\n", "no trace"),
        (b"\xff\xfe\n", "no trace"),
        (header_bytes(trace=2), "newer"),
        (header_bytes() + b'{"what":"nothing","at":"x"}\n', "line 2"),
        (header_bytes() + b'{"what":"asked","at":"2026-11-29T09:12:04Z","now":1}\n', "line 2"),
        (header_bytes() + b"[1]\n", "line 2"),
    ):
        file.write_bytes(gzip.compress(content))
        with pytest.raises(NotATrace, match=words):
            await replay_files([file])
    with pytest.raises(OSError, match="gzip"):
        file.write_bytes(b"plain")
        await replay_files([file])


def header_bytes(**more: object) -> bytes:
    text = (
        b'{"trace":%d,"part":1,"tws":"1","link":"l","name":"n","dialect":"csta_xml","company":"c",'
        b'"domain":"d","settings":{"host":"127.0.0.1","port":3211},"device":"*","began":"2026-11-29T09:12:04Z",'
        b'"until":"2026-11-29T09:12:04Z","by":"root"}\n'
    )
    return text % more.get("trace", 1)


async def test_a_trace_that_was_cut_off_is_replayed_as_far_as_it_goes(tmp_path: Path) -> None:
    one = Recording(tmp_path, ID, header(), part_size=10**6, parts=2)
    one.start()
    one.note(tracing.Record(NOW, 1.0, tracing.Begun(10, 1)))
    for _ in range(200):
        one.note(said(os.urandom(200).hex()))
    one.stop()
    path = folder.part_path(tmp_path, ID, 1)
    path.write_bytes(path.read_bytes()[:-3000])
    replay = await replay_files([path])
    assert replay.begun and 0 < replay.messages < 200


def test_old_files_go_by_their_companies_days(tmp_path: Path) -> None:
    def made(company: str, id: str, days: int) -> Path:
        path = tmp_path / company / f"{id}.1.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        then = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))
        return path

    stays = [
        made("a", "20260101T000000-1", 6),
        made("a", "20260101T000000-2", 60),  # still written
        made("b", "20260101T000000-3", 29),
    ]
    goes = [
        made("a", "20260101T000000-4", 8),
        made("b", "20260101T000000-5", 31),
        made("nobody", "20260101T000000-6", 1),
    ]
    days = {"a": 7, "b": 30}
    assert folder.delete_older(tmp_path, NOW, days, {"20260101T000000-2"}) == 3
    assert all(path.exists() for path in stays) and not any(path.exists() for path in goes)
