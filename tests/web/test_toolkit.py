"""The toolkit's examples do what they say: each is run as it stands, against the demonstration."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.peers import require_peer
from tests.peers.shell_tools import folder
from tests.running import Api
from tws.demo import PASSWORD
from tws.telephony.commands import USER_COMMANDS, operation
from tws.web.errors import CODES

DOCUMENTS = Path(__file__).parents[2] / "docs" / "toolkit"
BOOT = 60.0
LONGEST = 60.0
"Seconds an example may take."


def blocks(document: str, language: str) -> list[str]:
    text = (DOCUMENTS / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@contextlib.asynccontextmanager
async def demonstration(data: Path) -> AsyncIterator[str]:
    """`tws demo` as a process; its address, once marie's telephone is monitored."""
    command = (sys.executable, "-m", "tws", "demo", "--port=0", f"--data={data}")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(BOOT):
            while not (found := re.search(rb"http://\S+", await process.stdout.readline())):
                assert process.returncode is None, "the demonstration did not start"
            address = found[0].decode()
            marie = await Api(address).sign_in("marie", PASSWORD)
            async with marie.live() as live:
                await live.device(number="4001", state="monitored")
            await marie.close()
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        await process.communicate()


async def run(command: list[str], script: str, folder_: Path, address: str) -> str:
    """The output of an example; AssertionError when it fails."""
    path = f"{folder()}{os.pathsep}{os.environ['PATH']}"
    account = {"TWS": address, "TWS_USER": "marie", "TWS_PASSWORD": PASSWORD}
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder_,
        env={**os.environ, **account, "PATH": path},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(LONGEST):
        output, _ = await process.communicate(script.encode())
    assert process.returncode == 0, f"{script}\n--- said:\n{output.decode()}"
    return output.decode()


def examples() -> list[tuple[str, list[str], str]]:
    """Document, how to run it, and the example: all shell of a document is one script."""
    found: list[tuple[str, list[str], str]] = []
    for path in sorted(DOCUMENTS.glob("*.md")):
        if shell := blocks(path.name, "sh"):
            found.append((path.name, ["bash", "-euo", "pipefail"], "\n".join(shell)))
        found += [
            (path.name, [sys.executable, "-W", "error", "-"], b)
            for b in blocks(path.name, "python")
        ]
    return found


@pytest.mark.timeout(300)
async def test_the_examples_work(tmp_path: Path) -> None:
    require_peer("shell_tools")
    written = examples()
    assert {document for document, _, _ in written} == {
        "authentication.md",
        "calls.md",
        "errors.md",
        "getting-started.md",
        "live-stream.md",
    }
    said: dict[str, str] = {}
    async with demonstration(tmp_path / "data") as address:
        for number, (document, command, script) in enumerate(written):
            folder_ = tmp_path / str(number)
            folder_.mkdir()
            output = await run(command, script, folder_, address)
            said[document] = said.get(document, "") + output
    assert '"callId"' in said["getting-started.md"]
    assert "calling 4002 from 4001" in said["getting-started.md"]
    assert "Marie Durand" in said["authentication.md"] and "401" in said["authentication.md"]
    assert "connected outgoing" in said["live-stream.md"]
    assert "outgoing" in said["calls.md"]


def test_the_documents_name_every_operation_and_every_error() -> None:
    calls = (DOCUMENTS / "calls.md").read_text(encoding="utf-8")
    assert [o for c in USER_COMMANDS if f"`{(o := operation(c))}`" not in calls] == []
    errors = (DOCUMENTS / "errors.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", errors, re.MULTILINE))
    assert rows == {code: str(status) for code, (status, _) in CODES.items()}


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in DOCUMENTS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
