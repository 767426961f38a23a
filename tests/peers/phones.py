"""SIP phones for tests: they register, call, answer, hold, transfer, and hear.

    async with running_phones(pbx.registrar, "1001", "1002") as phones:
        a, b = phones["1001"], phones["1002"]
        call = await a.dial("1002")
        ringing = await b.rings()
        await ringing.answer()
        await a.hears(b)

They behave like desk phones: `Call-Info: answer-after=0` makes them go off hook, an in-dialogue
NOTIFY `talk` or `hold` presses the button. Each runs in a process of its own.
"""

import asyncio
import json
import math
import re
import shutil
import struct
import sys
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from tests.peers import PeerMissing
from tests.peers.asterisk_files import password

PATIENCE = 30.0
"Seconds within which what a test waits for has to happen."
RATE = 8000
HEADER = 44
WINDOW = 1600
"Samples looked at: 0.2 s."
ROOM = 20
"Calls at a time: each has two sockets, and the phone's library has room for 64..."
GIVEN_BACK = 0.6
"... of which it gives back those of an ended call after half a second."
TONES = (400, 530, 670, 830, 990, 1170, 1370, 1570, 1790, 2030, 2290, 2570)

T = TypeVar("T")


def prepare() -> None:
    """For `require_peer("phones")`."""
    if find_spec("pjsua2") is None:
        raise PeerMissing("the Python package pjsua2-python is not installed")


@dataclass
class PhoneCall:
    """One call as its phone sees it."""

    phone: "Phone"
    number: int
    incoming: bool
    state: str = "calling"
    remote: str = ""
    code: int = 0
    media: int = 0
    held_here: bool = False
    recording: Path | None = None
    invite: str = ""
    digits: str = ""
    notified: list[str] = field(default_factory=list)
    transfer_code: int = 0

    @property
    def remote_number(self) -> str:
        found = re.search(r"sips?:([^@;>]+)@", self.remote)
        return found[1] if found else ""

    def header(self, name: str) -> str | None:
        """A header of the INVITE that brought this call."""
        found = re.search(rf"^{name}:\s*(.*?)\r?$", self.invite, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else None

    async def answer(self) -> None:
        await self.phone.do("answer", call=self.number)
        await self.until("confirmed")

    async def refuse(self, code: int = 486) -> None:
        await self.phone.do("reply", call=self.number, code=code)

    async def hang_up(self) -> None:
        if self.state != "gone":
            await self.phone.do("hang_up", call=self.number)
            await self.until("gone")

    async def hold(self) -> None:
        await self.phone.do("hold", call=self.number)

    async def resume(self) -> None:
        await self.phone.do("resume", call=self.number)

    async def press(self, digits: str) -> None:
        await self.phone.do("digits", call=self.number, digits=digits)

    async def transfer(self, to: str) -> None:
        await self.phone.do("transfer", call=self.number, to=to)

    async def transfer_to(self, other: "PhoneCall") -> None:
        await self.phone.do("transfer_to_call", call=self.number, other=other.number)

    async def until(self, *states: str) -> None:
        await self.phone.until(
            lambda: self.state in states or None, f"call {self.number} {'/'.join(states)}"
        )

    def loudness(self) -> dict[str, float]:
        """How much of each phone's tone the last 0.2 s hold, 0 to 1."""
        if self.recording is None or not self.recording.exists():
            return {}
        raw = self.recording.read_bytes()[HEADER:]
        samples = struct.unpack(f"<{len(raw) // 2}h", raw[: len(raw) // 2 * 2])[-WINDOW:]
        if len(samples) < WINDOW:
            return {}
        return {
            phone.user: _share(samples, phone.tone) for phone in self.phone.others.phones.values()
        }

    def heard_for(self, seconds: float) -> bool:
        """Whether the call has lasted that long, in sound: recordings run with the media."""
        if self.recording is None or not self.recording.exists():
            return False
        return self.recording.stat().st_size - HEADER >= seconds * RATE * 2

    def heard(self) -> set[str]:
        return {user for user, share in self.loudness().items() if share > 0.02}


def _share(samples: Sequence[int], frequency: int) -> float:
    """Amplitude of one frequency over full scale (Goertzel)."""
    factor = 2 * math.cos(2 * math.pi * frequency / RATE)
    one = two = 0.0
    for sample in samples:
        one, two = sample + factor * one - two, one
    power = one * one + two * two - factor * one * two
    return math.sqrt(max(power, 0.0)) * 2 / len(samples) / 32768


class Phone:
    """One account."""

    def __init__(self, others: "Phones", process: "Process", user: str, tone: int) -> None:
        self.others, self.process, self.user, self.tone = others, process, user, tone
        self.calls: dict[int, PhoneCall] = {}
        self.registered: bool | None = None
        self.ended: deque[float] = deque(maxlen=ROOM)
        "When its last calls ended."

    def __repr__(self) -> str:
        calls = [f"{c.number}:{c.state}:{c.remote_number}" for c in self.calls.values()]
        return f"<phone {self.user} {' '.join(calls)}>"

    @property
    def live(self) -> list[PhoneCall]:
        return [call for call in self.calls.values() if call.state != "gone"]

    async def do(self, word: str, **more: object) -> Any:
        return await self.process.ask(word, phone=self.user, **more)

    async def until(self, ready: Callable[[], T | None], what: str) -> T:
        return await self.others.until(ready, f"{self.user}: {what}")

    async def register(self, on: bool = True) -> None:
        await self.do("register", on=on)
        await self.until(lambda: self.registered is on or None, f"registered {on}")

    async def forget(self) -> None:
        """Drop its calls without a word, as if it had been unplugged for a moment."""
        for call in self.live:
            await self.do("hang_up", call=call.number)
            call.state = "gone"

    async def behave(self, *, auto_answer: bool = False, refuse: int | None = None) -> None:
        """What to do with calls that come in: answer them at once, or refuse with a SIP code."""
        await self.do("set", auto_answer=auto_answer, refuse=refuse)

    async def dial(self, to: str) -> PhoneCall:
        number = await self.do("dial", to=to)
        return self.calls.setdefault(number, PhoneCall(self, number, incoming=False))

    def happened(self, message: dict[str, Any]) -> None:
        """A line of its process."""
        kind = message["event"]
        if kind == "registered":
            if message["code"] == 200:
                self.registered = message["active"]
            return
        number = message["call"]
        call = self.calls.setdefault(number, PhoneCall(self, number, kind == "incoming"))
        if kind == "incoming":
            call.remote, call.invite, call.state = message["remote"], message["message"], "ringing"
        elif kind == "state":
            call.state, call.code = message["state"], message["code"]
            call.remote = message["remote"]
            if call.state == "gone":
                self.ended.append(asyncio.get_running_loop().time())
        elif kind == "media":
            call.media, call.held_here = message["status"], message["held"]
        elif kind == "recording":
            call.recording = Path(message["path"])
        elif kind == "digit":
            call.digits += message["digit"]
        elif kind == "notify":
            call.notified.append(message["word"])
        elif kind == "transferStatus":
            call.transfer_code = message["code"]

    def _in(self, *states: str) -> PhoneCall | None:
        return next((call for call in self.live if call.state in states), None)

    async def rings(self) -> PhoneCall:
        return await self.until(lambda: self._in("ringing"), "rings")

    async def talks(self) -> PhoneCall:
        """Its one answered call."""
        return await self.until(lambda: self._in("confirmed"), "in a call")

    async def idle(self) -> None:
        await self.until(lambda: not self.live or None, "idle")

    async def room(self) -> None:
        """Wait until it has room for another call: tests call faster than people."""

        def free() -> bool | None:
            since = asyncio.get_running_loop().time() - GIVEN_BACK
            return len(self.live) + sum(at > since for at in self.ended) < ROOM or None

        await self.until(free, "room for a call")

    async def hears(self, *others: "Phone") -> None:
        """Wait until it hears the tones of exactly these phones."""
        wanted = {other.user for other in others}

        def listen() -> bool | None:
            heard = set[str]().union(*(call.heard() for call in self.live))
            return heard == wanted or None

        try:
            await self.until(listen, f"hears {sorted(wanted)}")
        except TimeoutError as error:
            shares = [call.loudness() for call in self.live]
            raise TimeoutError(f"{error}; hears {shares}") from None


class Process:
    """The process of one phone: it has room for about thirty calls a second."""

    def __init__(
        self, process: asyncio.subprocess.Process, folder: Path, happened: Callable[[Any], None]
    ) -> None:
        self.process, self.folder, self.happened = process, folder, happened
        self.ended = ""
        "How the process ended, should it have."
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._reader = asyncio.create_task(self._read())

    async def ask(self, word: str, **more: object) -> Any:
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        assert self.process.stdin
        self.process.stdin.write(
            json.dumps({"id": self._number, "do": word, **more}).encode() + b"\n"
        )
        async with asyncio.timeout(PATIENCE):
            return await answer

    async def _read(self) -> None:
        assert self.process.stdout
        while line := await self.process.stdout.readline():
            message = json.loads(line)
            if (number := message.get("id")) is not None:
                self._answer(number, message)
            else:
                self.happened(message)
        await self.process.wait()
        last_words = (self.folder / "log").read_text()[-2000:]
        self.ended = f"the phone's process ended ({self.process.returncode}): {last_words}"
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(RuntimeError(self.ended))

    def _answer(self, number: int, message: dict[str, Any]) -> None:
        answer = self._answers.pop(number)
        if answer.done():
            return
        if "error" in message:
            answer.set_exception(RuntimeError(message["error"]))
        else:
            answer.set_result(message["ok"])

    async def stop(self) -> None:
        self._reader.cancel()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Phones:
    """The phones of one test, by extension."""

    def __init__(self) -> None:
        self.phones: dict[str, Phone] = {}
        self._changed = asyncio.Event()

    def __getitem__(self, user: str) -> Phone:
        return self.phones[user]

    def __repr__(self) -> str:
        return " ".join(map(repr, self.phones.values()))

    async def add(self, user: str, registrar: str, obeys: bool = True) -> Phone:
        """A new phone, registered. `obeys`: it follows NOTIFY talk and hold."""
        folder = Path(tempfile.mkdtemp(prefix="tws-phone-"))
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(Path(__file__).with_name("phone_process.py")),
                str(folder),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=2**20,
            )
        phone = Phone(
            self, Process(process, folder, self._happened), user, TONES[len(self.phones)]
        )
        self.phones[user] = phone
        await phone.process.ask(
            "phone",
            user=user,
            password=password(user),
            registrar=registrar,
            tone=phone.tone,
            obeys=obeys,
        )
        await phone.until(lambda: phone.registered, "registered")
        return phone

    async def until(self, ready: Callable[[], T | None], what: str) -> T:
        """Wait until `ready` gives something; it is asked again whenever anything happens."""
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := ready()) is None:
                    for phone in self.phones.values():
                        if phone.process.ended:
                            raise RuntimeError(phone.process.ended)
                    self._changed.clear()
                    try:
                        async with asyncio.timeout(0.05):  # sound makes no event
                            await self._changed.wait()
                    except TimeoutError:
                        continue
                return found
        except TimeoutError:
            raise TimeoutError(f"not in {PATIENCE} s: {what}; {self}") from None

    def _happened(self, message: dict[str, Any]) -> None:
        self.phones[message["phone"]].happened(message)
        self._changed.set()

    async def reset(self) -> None:
        """Every phone hangs up and behaves as at first."""
        for phone in self.phones.values():
            await phone.behave()
            for call in phone.live:
                await call.hang_up()
            phone.calls.clear()

    async def stop(self) -> None:
        """Hang up, where somebody is still there to hear it, and end."""
        try:
            async with asyncio.timeout(2):
                await self.reset()
        except (TimeoutError, RuntimeError):
            pass  # the PBX is gone, or the phone itself
        for phone in self.phones.values():
            await phone.process.stop()


@asynccontextmanager
async def running_phones(registrar: str, *users: str) -> AsyncIterator[Phones]:
    """Phones for these extensions, registered at `registrar` ("127.0.0.1:5060")."""
    phones = Phones()
    try:
        async with asyncio.TaskGroup() as together:
            for user in users:
                together.create_task(phones.add(user, registrar))
        yield phones
    finally:
        await phones.stop()
