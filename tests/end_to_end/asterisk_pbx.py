"""A site's PBX: a real Asterisk with real SIP telephones."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from tests.end_to_end.asterisk_calls import calls_of
from tests.end_to_end.site import EarsOfCall, Handset, Pbx
from tests.peers.asterisk import Asterisk, running_asterisk
from tests.peers.phones import Phone, PhoneCall, Phones, running_phones
from tests.peers.sipp import outside_call

NUMBERS = ("1001", "1002", "1003", "1004")
BUSY_HERE = 486
MAILBOX = "*91"
"Dialled before an extension: its voice mail."
SPEECH = 2.0
"Seconds of a message."


class SipHandset(Handset):
    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.number = phone.user
        self.dialled: PhoneCall | None = None

    async def dial(self, number: str) -> None:
        self.dialled = await self.phone.dial(number)

    async def rings(self) -> None:
        await self.phone.rings()

    async def answer(self) -> None:
        await (await self.phone.rings()).answer()

    async def hang_up(self) -> None:
        for call in self.phone.live:
            await call.hang_up()

    async def talks_with(self, *others: Handset) -> None:
        phones = [other.phone for other in others if isinstance(other, SipHandset)]
        await self.phone.hears(*phones)

    async def hears_nobody(self) -> None:
        await self.phone.hears()

    async def idle(self) -> None:
        await self.phone.idle()

    async def got_digits(self, digits: str) -> None:
        await self.phone.until(
            lambda: any(call.digits == digits for call in self.phone.live) or None,
            f"digits {digits}",
        )

    async def hears(self, *others: Handset) -> None:
        await self.talks_with(*others)

    async def busy_tone(self) -> None:
        assert self.dialled is not None
        await self.dialled.until("gone")
        assert self.dialled.code == BUSY_HERE

    @property
    def rung(self) -> int:
        return sum(call.incoming for call in self.phone.calls.values())

    async def be_busy(self) -> None:
        await self.phone.behave(refuse=BUSY_HERE)

    async def be_free(self) -> None:
        await self.phone.behave()

    async def set_do_not_disturb(self, on: bool) -> None:
        await self._code("*78" if on else "*79")

    async def forward(self, to: str | None) -> None:
        await self._code("*73" if to is None else f"*72{to}")

    async def _code(self, code: str) -> None:
        call = await self.phone.dial(code)
        await call.until("gone")


class AsteriskPbx(Pbx):
    name = "asterisk"
    dialect = "asterisk"
    first_numbers = NUMBERS
    lacks = frozenset({"setMessageWaiting"})  # Debian's has no res_mwi_external
    busy_caller = "invalidCallingDeviceState"
    refuses_unknown_numbers = True

    def __init__(self, asterisk: Asterisk, phones: Phones) -> None:
        self.asterisk, self.phones = asterisk, phones
        self._outside = contextlib.AsyncExitStack()

    @property
    def settings(self) -> dict[str, Any]:
        return asdict(self.asterisk.settings)

    def handset(self, number: str) -> Handset:
        return SipHandset(self.phones[number])

    async def call_from_outside(self, caller: str, called: str) -> None:
        await self.hang_up_outside()
        await self._outside.enter_async_context(outside_call(self.asterisk, called, caller=caller))

    async def hang_up_outside(self) -> None:
        """The program of the last outside caller ends; the trunk is free for the next."""
        await self._outside.aclose()

    async def leave_message(self, number: str) -> None:
        caller = next(phone for phone in self.phones.phones.values() if phone.user != number)
        call = await caller.dial(MAILBOX + number)
        await call.until("confirmed")
        await caller.until(lambda: call.heard_for(SPEECH) or None, "a message long enough")
        await call.hang_up()

    async def kill(self) -> None:
        await self.asterisk.kill()

    async def restart(self) -> None:
        await self.asterisk.restart()

    async def live_calls(self) -> list[EarsOfCall]:
        return calls_of(await self.asterisk.channels())


@contextlib.asynccontextmanager
async def asterisk_pbx() -> AsyncIterator[AsteriskPbx]:
    async with (
        running_asterisk() as asterisk,
        running_phones(asterisk.registrar, *NUMBERS) as phones,
    ):
        pbx = AsteriskPbx(asterisk, phones)
        try:
            yield pbx
        finally:
            await pbx.hang_up_outside()
