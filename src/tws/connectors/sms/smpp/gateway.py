"""Message centres that speak SMPP 3.4: one session that stays, by which messages go and receipts
come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from tws.connectors.sms.smpp.bound import BUSY, BoundSession
from tws.connectors.sms.smpp.settings import SmppSettings
from tws.connectors.sms.smpp.units import Units
from tws.messaging.sms.provider import (
    OutcomeUnknown,
    Outgoing,
    PartlyTaken,
    Receipt,
    SmsRefused,
    Surroundings,
    printable,
)
from tws.protocols.smpp import receipts
from tws.protocols.smpp.pdu import Message, Status
from tws.sentences import sentence
from tws.sources.errors import ConnectorError, Unreachable

PATIENCE = 60.0
"Seconds in which a centre that is busy is asked again."
FIRST, LONGEST = 0.5, 8.0
"Seconds until it is asked again: each time twice as long."
Wait = Callable[[float], Awaitable[object]]


class Smpp:
    title: ClassVar[str] = "SMPP 3.4"
    Settings: ClassVar[type[SmppSettings]] = SmppSettings

    def __init__(
        self, settings: SmppSettings, surroundings: Surroundings, wait: Wait = asyncio.sleep
    ) -> None:
        self._settings, self._surroundings, self._wait = settings, surroundings, wait
        self._units = Units(settings)
        self._session = BoundSession(settings, surroundings, self._heard)

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        units = self._units.of(message)
        until = asyncio.get_running_loop().time() + PATIENCE
        ids: list[str] = []
        for unit in units:
            try:
                ids.append(await self._submitted(unit, until))
            except OutcomeUnknown:
                raise
            except ConnectorError as error:
                if not ids:
                    raise
                raise PartlyTaken(len(ids), len(units), error) from error
        return tuple(ids) if self._settings.receipts else ()

    async def keep(self) -> bool:
        await self._session.enquire()
        return True

    async def check(self) -> bool:
        await self._session.stand()
        return True

    async def close(self) -> None:
        await self._session.close()

    # ------------------------------------------------------------ one unit

    async def _submitted(self, unit: Message, until: float) -> str:
        """The centre's id of it, once it was taken; asked again while it is busy."""
        pause = FIRST
        while True:
            status, id = await self._session.submit(unit)
            if status == Status.OK:
                return printable(id)
            if status not in BUSY:
                raise self._refusal(status)
            if asyncio.get_running_loop().time() + pause > until:
                raise Unreachable("{host} is too busy.", host=self._settings.host)
            await self._wait(pause)
            pause = min(2 * pause, LONGEST)

    def _refusal(self, status: int) -> ConnectorError:
        if status in (Status.INVALID_BIND_STATUS, Status.SYSTEM_ERROR):
            return Unreachable(
                "{host} failed (status {status}).", host=self._settings.host, status=hex(status)
            )
        return SmsRefused(
            "{host} does not take the message (status {status}).",
            host=self._settings.host,
            status=hex(status),
        )

    def _heard(self, receipt: receipts.Receipt) -> None:
        id = printable(receipt.id)
        if receipt.state is receipts.State.DELIVERED:
            self._surroundings.hear(Receipt(reference=id, state="delivered"))
        elif receipt.state in receipts.FAILED:
            said = printable(f"{receipt.state} {receipt.error}".strip())
            why = sentence("The operator says: {said}", said=said)
            self._surroundings.hear(Receipt(reference=id, state="failed", reason=why))
