"""The demonstration's first start: it furnishes itself, and is one client of its PBX."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import httpx

from tests.running import DEADLINE

FURNISHED = 60.0
"Seconds for two processes to start and a company's passwords to be hashed, on a busy machine."


async def test_the_first_start_opens_one_link(tmp_path: Path) -> None:
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tws.cli",
        "demo",
        "--port=0",
        f"--data={tmp_path}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert demo.stdout is not None
        async with asyncio.timeout(FURNISHED):
            wall = None
            while wall is None:
                line = (await demo.stdout.readline()).decode()
                assert line, "the demonstration ended"
                wall = re.search(r"Simulated PBX: +(\S+)", line)
        async with httpx.AsyncClient(base_url=wall[1], timeout=DEADLINE) as pbx:
            async with asyncio.timeout(DEADLINE), pbx.stream("GET", "/api/events") as events:
                async for text in events.aiter_lines():
                    if '"monitors":9' in text.replace(" ", ""):
                        break  # the nine telephones of the company are heard
            state = (await pbx.get("/api/state")).json()["pbx"]
        assert (state["clients"], state["monitors"]) == (1, 9)
    finally:
        os.kill(demo.pid, signal.SIGTERM)
        await demo.wait()
