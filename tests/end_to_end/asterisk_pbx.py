"""A site's PBX: a real Asterisk with real SIP telephones."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from tests.end_to_end.site import Handset, Pbx
from tests.peers.asterisk import Asterisk, running_asterisk
from tests.peers.phones import Phone, Phones, running_phones

NUMBERS = ("1001", "1002", "1003", "1004")
OUTSIDE = "1009"
"A telephone that TWS does not know: the other side of an outside call."


class SipHandset(Handset):
    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.number = phone.user

    async def dial(self, number: str) -> None:
        await self.phone.dial(number)

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


class AsteriskPbx(Pbx):
    name = "asterisk"
    dialect = "asterisk"
    first_numbers = NUMBERS

    def __init__(self, asterisk: Asterisk, phones: Phones) -> None:
        self.asterisk, self.phones = asterisk, phones

    @property
    def settings(self) -> dict[str, Any]:
        return asdict(self.asterisk.settings)

    def handset(self, number: str) -> Handset:
        return SipHandset(self.phones[number])

    async def call_from_outside(self, caller: str, called: str) -> None:
        await self.phones[OUTSIDE].dial(called)

    async def kill(self) -> None:
        await self.asterisk.kill()

    async def restart(self) -> None:
        await self.asterisk.restart()

    async def live_calls(self) -> int:
        return len(await self.asterisk.channels())


@contextlib.asynccontextmanager
async def asterisk_pbx() -> AsyncIterator[AsteriskPbx]:
    async with (
        running_asterisk() as asterisk,
        running_phones(asterisk.registrar, *NUMBERS, OUTSIDE) as phones,
    ):
        yield AsteriskPbx(asterisk, phones)
