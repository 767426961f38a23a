"""NTLM, checked by winbind of the domain that this machine has joined: Samba's `ntlm_auth`, spoken
to as Squid does (ntlm_auth(1), `squid-2.5-ntlmssp`).

A conversation has a program of its own, which ends with it: none can be taken for another.
"""

import asyncio
import base64
import binascii
import os
import re
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tws.access.conversations import Conversations, begins
from tws.access.negotiator import MoreAsked, Proven, TicketRefused
from tws.errors import Unavailable
from tws.sentences import Sentence, sentence

LASTS = 10.0
"Seconds for each answer."
AT_ONCE, OF_ADDRESS = 32, 4
"Programs."
ACCOUNT = re.compile(r"(?P<realm>[^\\+]+)[\\+](?P<account>.+)")
"As winbind writes it, whatever its separator is of these two."


@dataclass(slots=True, eq=False)
class _Conversation:
    process: Process | None = None

    def end(self) -> None:
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.kill()


class NtlmAuth:
    def __init__(self, program: Path) -> None:
        self._program = program
        self._open = Conversations[_Conversation](
            most=AT_ONCE, of_address=OF_ADDRESS, end=_Conversation.end
        )

    async def verify(self, token: bytes, connection: str, address: str) -> Proven:
        if begins(token, connection):
            raise MoreAsked(await self._begin(token, connection, address))
        return await self._end(token, connection)

    async def _begin(self, token: bytes, connection: str, address: str) -> bytes:
        one = _Conversation()
        self._open.begin(connection, address, one)
        try:
            one.process = await self._started()
            word, said = await self._asked(one.process, "YR", token)
            if word != "TT":
                raise self._refusal(word, said)
            challenge = base64.b64decode(said, validate=True)
        except binascii.Error as error:
            self._open.forget(connection, one)
            raise self._broken("it answers no challenge") from error
        except BaseException:
            self._open.forget(connection, one)
            raise
        self._open.wait(connection, one)
        return challenge

    async def _end(self, token: bytes, connection: str) -> Proven:
        one = self._open.take(connection)
        assert one.process is not None
        try:
            word, said = await self._asked(one.process, "KK", token)
        finally:
            one.end()
        found = ACCOUNT.fullmatch(said) if word == "AF" else None
        if word == "AF" and found is None:
            raise TicketRefused(f"winbind names no domain of {said} (winbind use default domain)")
        if found is None:
            raise self._refusal(word, said)
        return Proven(found["account"], found["realm"], b"")

    async def _started(self) -> Process:
        try:
            return await asyncio.create_subprocess_exec(
                self._program,
                "--helper-protocol=squid-2.5-ntlmssp",
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
            )
        except OSError as error:
            raise self._broken(error.strerror or str(error)) from error

    async def _asked(self, process: Process, word: str, token: bytes) -> tuple[str, str]:
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(f"{word} {base64.b64encode(token).decode()}\n".encode())
            async with asyncio.timeout(LASTS):
                line = await process.stdout.readline()
        except (TimeoutError, ValueError) as error:
            raise self._broken("it does not answer") from error
        except (OSError, RuntimeError) as error:  # a closed pipe: asyncio's word for it, uvloop's
            raise self._broken("it ended") from error
        answer, _, said = line.decode(errors="replace").strip().partition(" ")
        return answer, said

    def _refusal(self, word: str, said: str) -> TicketRefused | Unavailable:
        if word == "NA":
            return TicketRefused(said or "winbind refuses it")
        return self._broken(said or "it ended")

    def _broken(self, why: str) -> Unavailable:
        words = sentence("{program} cannot be asked: {why}", program=str(self._program), why=why)
        return Unavailable(str(words), why="said", parameters={"said": words})

    def close(self) -> None:
        self._open.close()

    def standing(self) -> tuple[bool, Sentence]:
        program = str(self._program)
        if not os.access(self._program, os.X_OK):
            return False, sentence("{program} is no program that TWS may run.", program=program)
        return True, sentence("NTLM is checked by {program}.", program=program)
