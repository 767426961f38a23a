"""SIPp as the carrier behind the trunk: outside callers, and outside numbers that answer.

async with outside_call(pbx, "1002", caller="0612345678") as call: ...
async with outside_numbers(pbx): ...      # whatever is dialled there rings and answers
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from tests.peers.asterisk import Asterisk
from tests.peers.debian import Root, unpacked

SDP = """\
v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""


_UNTIL_BYE = f"""\
<label id="1"/>
<recv request="INVITE" optional="true" next="2"/>
<recv request="BYE" next="3"/>
<label id="2"/>
<send retrans="500"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

{SDP}]]></send>
<recv request="ACK" next="1"/>
<label id="3"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"""
"Asterisk may ask again within the call: to show who it is with now."


@cache
def installed() -> Root:
    return unpacked(("sip-tester",))


def prepare() -> None:
    """For `require_peer("sipp")`."""
    installed()


def _caller(name: str, privacy: bool) -> str:
    """A call that ends when the far end hangs up."""
    who = (
        '"Anonymous" <sip:anonymous@anonymous.invalid>' if privacy else f"<sip:{name}@[local_ip]>"
    )
    hidden = f"P-Asserted-Identity: <sip:{name}@[local_ip]>\nPrivacy: id\n" if privacy else ""
    head = """\
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
"""
    return f"""<?xml version="1.0"?>
<scenario name="outside caller">
<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{head}From: {who};tag=[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:outside@[local_ip]:[local_port]>
{hidden}Content-Type: application/sdp
Content-Length: [len]

{SDP}]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="181" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200" rrs="true"/>
<send><![CDATA[
ACK [next_url] SIP/2.0
{head}[last_From:]
[last_To:]
[last_Call-ID:]
CSeq: 1 ACK
Content-Length: 0

]]></send>
{_UNTIL_BYE}</scenario>"""


def _answering() -> str:
    same = (
        "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n"
    )
    return f"""<?xml version="1.0"?>
<scenario name="outside number">
<recv request="INVITE"/>
<send><![CDATA[
SIP/2.0 180 Ringing
{same}Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0

]]></send>
<pause milliseconds="200"/>
<send retrans="500"><![CDATA[
SIP/2.0 200 OK
{same}Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

{SDP}]]></send>
<recv request="ACK"/>
{_UNTIL_BYE}</scenario>"""


def _listens(port: int) -> bool:
    return f"0100007F:{port:04X}" in Path("/proc/net/udp").read_text()


async def _bound(port: int) -> None:
    """Wait until it listens, which SIPp tells nobody."""
    async with asyncio.timeout(10):
        while not _listens(port):  # noqa: ASYNC110 - another process, without a word
            await asyncio.sleep(0.01)


@asynccontextmanager
async def _running(
    pbx: Asterisk, port: int, scenario: str, *arguments: str
) -> AsyncIterator[None]:
    folder = Path(tempfile.mkdtemp(prefix="tws-sipp-"))
    (folder / "scenario.xml").write_text(scenario)
    command = installed().command(
        "usr/bin/sipp",
        *(pbx.registrar, "-sf", str(folder / "scenario.xml"), "-i", "127.0.0.1"),
        *("-p", str(port), "-mi", "127.0.0.1", "-nostdin", "-m", "1", *arguments),
    )
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _bound(port)
        yield
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def outside_call(
    pbx: Asterisk, number: str, *, caller: str = "0612345678", privacy: bool = False
) -> AsyncIterator[None]:
    """Somebody outside calls `number`; `privacy`: and asks for their own to be withheld."""
    async with _running(pbx, pbx.outside_port(), _caller(caller, privacy), "-s", number):
        yield


@asynccontextmanager
async def outside_numbers(pbx: Asterisk) -> AsyncIterator[None]:
    """The next call to the outside rings and is answered."""
    async with _running(pbx, pbx.ports.trunk, _answering()):
        yield
