"""What was written down and is read again: licences, backups, traces, the journal's spool; and
what nodes of one server tell each other."""

import gzip
import io
import tarfile
import zlib
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fuzz.mutation import ByTokens
from fuzz.scratch import folder
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON, TIMES
from fuzz.target import Target, holds
from tws.cluster.asked import answered, asked, command_of, read_asked, refused, result_of
from tws.errors import Invalid
from tws.journal import spool
from tws.licences import document
from tws.licences.model import Licence
from tws.maintenance.backups.archive import Archive
from tws.maintenance.backups.model import BackupRefused
from tws.maintenance.backups.sealing import MAGIC
from tws.maintenance.traces import lines as traces
from tws.protocols import syslog
from tws.telephony.commands import AnswerCall, CommandId, MakeCall
from tws.telephony.model import CallId, ConnectionId, DeviceId
from tws.telephony.requests import Refusal
from tws.undecodable import UNDECODABLE

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)

# ---------------------------------------------------------------- licences

ISSUER = Ed25519PrivateKey.from_private_bytes(bytes(32))
LICENCE = Licence(
    voucher="00000000-0000-4000-8000-000000000001",
    dongle="00000000-0000-4000-8000-000000000002",
    holder="SSDEI",
    issued=WHEN,
    expires=None,
    applications={"TWS Caller": 10},
)
KNOWN = document.read(document.signed(LICENCE, ISSUER), [ISSUER.public_key()])
HEADER = document._json(document.HEADER)
SIGNED = document._bytes(document.signed(LICENCE, ISSUER).split(".")[1])


def _licence(data: bytes) -> None:
    """Header, line feed and what is said, signed by an issuer; and the same bytes as a file."""
    header, _, said = data.partition(b"\n")
    content = f"{document._base64(header)}.{document._base64(said)}"
    signature = document._base64(ISSUER.sign(content.encode()))
    for text, trusted in (
        (f"{content}.{signature}", True),
        (data.decode(errors="replace"), False),
    ):
        try:
            found = document.read(text, [ISSUER.public_key()])
        except Invalid as error:
            holds(bool(error.message), "no words")
            continue
        holds(trusted or found == KNOWN, "a licence that nobody signed")
        again = document.read(document.signed(found, ISSUER), [ISSUER.public_key()])
        holds(again == found, "signed again it is another one")


LICENCE_FILE = Target(
    feed=_licence,
    seeds=(
        HEADER + b"\n" + SIGNED,
        document.signed(LICENCE, ISSUER).encode(),
        *(HEADER + b"\n" + nested for nested in NESTED_JSON),
    ),
    words=(*JSON_WORDS, *(b'"' + time + b'"' for time in TIMES), b'"applications":', b"1e999"),
    mutate=ByTokens(JSON_PARTS, (HEADER + b"\n" + SIGNED,), (*JSON_WORDS, *TIMES)),
)


# ---------------------------------------------------------------- backups

ABOUT = (
    b'{"format":1,"tws":"1","schema":"0001","database":"sqlite","taken":"2026-03-02T09:00:00Z",'
    b'"why":"asked","company":null}'
)


def _packed(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(mode="w", fileobj=file) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return file.getvalue()


def _backup(data: bytes) -> None:
    """A tar, which is zipped here; or, by its first byte, the file as it is."""
    path = folder() / "backup"
    whole = data[1:] if data[:1] == b"\0" else gzip.compress(data[1:], 1)
    path.write_bytes(whole)
    try:
        archive = Archive(path, "passphrase")
        archive.checked()
    except BackupRefused as error:
        holds(bool(str(error)), "no words")


BACKUP_FILE = Target(
    feed=_backup,
    seeds=(
        b"\x01" + _packed(("about.json", ABOUT), ("manifest.json", b"{}")),
        b"\x01" + _packed(("about.json", b"[" * 3000)),
        b"\x01" + _packed(("../about.json", ABOUT)),
        b"\0" + gzip.compress(_packed(("about.json", ABOUT)), 1),
        b"\0" + MAGIC + b'{"about":' + ABOUT + b',"salt":"AAAA","cost":2}\n' + bytes(40),
        b"\0" + MAGIC + b'{"about":' + ABOUT + b',"salt":"A","cost":-1}\n',
        b"\0" + MAGIC + b"[" * 3000 + b"\n",
    ),
    words=(*JSON_WORDS, MAGIC, b"about.json", b'"cost":2', b"\x1f\x8b", b"ustar", b"0000000"),
    mutate=ByTokens(rb'"[^"]*"|\w+|\0+|.', (b"\0" + MAGIC + ABOUT,), JSON_WORDS),
    longest=12288,
)


# ---------------------------------------------------------------- traces and the spool

TRACE_HEADER = traces.header_line(
    traces.Header(
        part=1,
        tws="1",
        link="1",
        name="PBX",
        dialect="asterisk",
        company="1",
        domain="1",
        settings={"host": "pbx"},
        device="*",
        began=WHEN,
        until=WHEN,
        by="admin",
    )
)
TRACE = (
    TRACE_HEADER + b'{"what":"dropped","count":3}\n'
    b'{"at":"2026-03-02T09:00:00Z","now":1.5,"what":"received","peer":"pbx","devices":["4001"],'
    b'"pdu":"<a/>","head":"\\u0000\\u00e9"}\n'
    b'{"at":"2026-03-02T09:00:00Z","now":2,"what":"asked","command":"MakeCall","of":'
    b'{"id":"1","device":"4001","called":"4002"}}\n'
    b'{"at":"2026-03-02T09:00:00Z","now":3,"what":"ticked","of":{}}\n'
)


def _trace(data: bytes) -> None:
    head, *lines = data.splitlines(keepends=True) or [b""]
    try:
        header = traces.header_of(head)
        holds(traces.header_of(traces.header_line(header)) == header, "another header")
        for record in traces.records(iter(lines)):
            again = next(traces.records(iter([traces.line(record)])))
            if isinstance(record, traces.Dropped) or record.now == round(record.now, 6):
                holds(again == record, "written it is another record")
    except traces.NotATrace as error:
        holds(bool(str(error)), "no words")


TRACE_FILE = Target(
    feed=_trace,
    seeds=(TRACE, *(TRACE_HEADER + nested + b"\n" for nested in NESTED_JSON), NESTED_JSON[0]),
    words=(*JSON_WORDS, b'"what":', b'"of":', b'"count":', b'"now":', b"\n", *TIMES),
    mutate=ByTokens(JSON_PARTS, (TRACE,), (*JSON_WORDS, *(b'"' + time + b'"' for time in TIMES))),
)
LEG = (
    b'{"id":"1","link":"1","call":"1","device":"4001","thread":"1","company":"1","domain":"1",'
    b'"user":"1","device_row":"1","direction":"incoming","number":"4002","created":'
    b'"2026-03-02T09:00:00Z","last_seen":"2026-03-02T09:00:00Z","outcome":"answered"}'
)


def _spool(data: bytes) -> None:
    """Lines with their check sums made right, where they have one; and between them a good one."""
    kept = spool.Spool(folder() / "spool")
    lines = [
        b"%08x %b" % (zlib.crc32(line[1:]), line[1:]) if line[:1] == b"!" else line
        for line in data.split(b"\n")
    ]
    good = b"%08x %b\n" % (zlib.crc32(LEG), LEG)
    found = kept._legs(io.BytesIO(b"\n".join(lines) + b"\n" + good))
    if len(lines) < spool.BATCH:
        holds(bool(found) and found[-1].id == "1", "a good line behind damaged ones is lost")
    again = kept._legs(io.BytesIO(b"".join(map(spool._line, found))))
    holds(again == found, "written they are other legs")


SPOOL_FILE = Target(
    feed=_spool,
    seeds=(b"!" + LEG, b"!" + LEG + b"\n!{}\n00000000 {}\n\xff\n", b"!" + NESTED_JSON[0]),
    words=(*JSON_WORDS, b"\n!", b'"outcome":', b'"via":', *TIMES),
    mutate=ByTokens(JSON_PARTS, (b"!" + LEG,), (*JSON_WORDS, b"\n", b"!")),
    short=700,
)


def _syslog(data: bytes) -> None:
    """What is logged of others is one line, whatever they call themselves."""
    name, _, words = data.decode(errors="replace").partition("\n")
    made = syslog.line(
        at=WHEN,
        host=name,
        pid=1,
        facility=syslog.Facility.AUDIT,
        level=name,
        kind=words,
        fields={"said": words, name: None},
        words=words,
    )
    holds(not any(byte < 32 or byte == 127 for byte in made), "a line break is let through")
    text = made.decode()
    *header, rest = text.split(" ", 6)
    holds(header[3] == "tws" and header[4] == "1", "another header")
    holds(rest.startswith(f"[{syslog.SD_ID} "), "no structured data")
    at = rest.index('="') + 2
    while rest[at] != '"':
        at += 2 if rest[at] == "\\" else 1
    holds(rest[at + 1] == "]", "a value breaks out of its quotes")


SYSLOG_LINE = Target(
    feed=_syslog,
    seeds=(
        b'4001"] [x@1 a="b\nInjected\r\n<13>1',
        b'h\\"]\nwords',
        "é\n\u2028\x7f".encode(),
        b"\n",
    ),
    words=(b'"]', b"\\", b"\n<13>1 ", b"\x7f", b"\x85", b" "),
    longest=2048,
)


# ---------------------------------------------------------------- between nodes

COMMAND = MakeCall(id=CommandId("1"), device=DeviceId("4001"), called="4002")
CONNECTION = ConnectionId(CallId("1"), DeviceId("4001"))
ANSWER = AnswerCall(id=CommandId("2"), device=DeviceId("4001"), connection=CONNECTION)
SENT = (
    asked(COMMAND),
    asked(ANSWER),
    answered(CONNECTION),
    answered(None),
    refused(Refusal("invalidDeviceID", "no")),
    b"\x91" * 2000,
    b"\x82\xa4name\xa8MakeCall\xa7command" + b"\x81\xa1a" * 1500,
)


def _cluster(data: bytes) -> None:
    """What another node sends is a command, a result, a refusal, or nothing that can be read."""
    try:
        command = command_of(read_asked(data))
        if command is not None:
            holds(command_of(read_asked(asked(command))) == command, "another command arrives")
    except UNDECODABLE:
        pass
    for waiting in (COMMAND, ANSWER):
        try:
            result = result_of(waiting, data)
            holds(result_of(waiting, answered(result)) == result, "another result arrives")
        except (*UNDECODABLE, Refusal):
            pass


CLUSTER_WIRE = Target(
    feed=_cluster,
    seeds=SENT,
    words=(
        b"\xa4name",
        b"\xa7command",
        b"\xa6result",
        b"\xa7refused",
        b"\xc0",
        b"\xdf",
        b"\xd9\xff",
    ),
)
