"""Message centres that speak SMPP 3.4: one session that stays, by which messages go and receipts
come."""

import asyncio
import secrets
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from tws.connectors.http.places import Reach, looked_up
from tws.connectors.http.settings import TlsSettings
from tws.connectors.sms.smpp_link import Link, LinkLost
from tws.forms import About, WrongValue
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
from tws.protocols.smpp.pdu import Address, Message, Status, Tag
from tws.protocols.sms.alphabet import Alphabet, encoded
from tws.protocols.sms.segments import Segmented, header, segmented
from tws.sentences import sentence
from tws.sources.errors import (
    ConnectorError,
    Misconfigured,
    Refused,
    SignInRefused,
    Unreachable,
)

CONNECT, PATIENCE = 10.0, 60.0
"Seconds: until a session stands, and in which a centre that is busy is asked again."
FIRST, LONGEST = 0.5, 8.0
"Seconds until it is asked again: each time twice as long."
BUSY = frozenset({Status.THROTTLED, Status.QUEUE_FULL})
UCS2 = 0x08
UDH = 0x40
"In `esm_class`: the text begins with a user data header (5.2.12)."
INTERNATIONAL, ALPHANUMERIC, ISDN = 1, 5, 1
"Types of numbers and the numbering plan E.164 (5.2.5, 5.2.6)."
Wait = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppSettings(TlsSettings):
    host: str = field(metadata=About(where=True, help="Name or address of the message centre."))
    port: int = field(
        default=2775, metadata=About(where=True, minimum=1, maximum=65535, help="Usually 2775.")
    )
    tls: bool = field(default=False, metadata=About(where=True, help="Encrypted, by TLS."))
    system_id: str = field(metadata=About(help="The name of the account (system_id)."))
    password: str = field(default="", metadata=About(secret=True))
    system_type: str = field(default="", metadata=About(expert=True, help="As the operator says."))
    alphabet: Literal["gsm", "ucs2"] = field(
        default="gsm",
        metadata=About(
            expert=True,
            help="Always UCS-2 where the centre's default alphabet is not that of GSM.",
        ),
    )
    long_messages: Literal["header", "payload"] = field(
        default="header",
        metadata=About(
            expert=True,
            help="TWS gives each part a header; the centre gets the whole (message_payload).",
        ),
    )
    receipts: bool = field(
        default=True, metadata=About(expert=True, help="Ask to be told of deliveries.")
    )

    def __post_init__(self) -> None:
        # 5.2.1, 5.2.3: the lengths less the NUL. Passwords are often longer than 5.2.2 says.
        for name, most in (("system_id", 15), ("system_type", 12)):
            if len(getattr(self, name)) > most:
                raise WrongValue(name, "{most} characters at most", most=most)


class Smpp:
    title: ClassVar[str] = "SMPP 3.4"
    Settings: ClassVar[type[SmppSettings]] = SmppSettings

    def __init__(
        self, settings: SmppSettings, surroundings: Surroundings, wait: Wait = asyncio.sleep
    ) -> None:
        self._settings, self._surroundings, self._wait = settings, surroundings, wait
        self._link: Link | None = None
        self._linking = asyncio.Lock()
        self._reference = secrets.randbelow(256)

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        ucs2 = Alphabet.UCS2 if self._settings.alphabet == "ucs2" else None
        parted = segmented(message.text, ucs2)
        until = asyncio.get_running_loop().time() + PATIENCE
        ids: list[str] = []
        for unit in self._units(message, parted):
            try:
                ids.append(await self._submitted(unit, until))
            except OutcomeUnknown:
                raise
            except ConnectorError as error:
                if not ids:
                    raise
                raise PartlyTaken(len(ids), len(parted.texts), error) from error
        return tuple(ids) if self._settings.receipts else ()

    async def keep(self) -> bool:
        link = await self._linked()
        try:
            await link.enquire()
        except (LinkLost, TimeoutError) as error:
            await self._drop(link)
            raise self._away() from error
        return True

    async def check(self) -> bool:
        await self._linked()
        return True

    async def close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.close(unbind=True)

    # ------------------------------------------------------------ one unit

    async def _submitted(self, unit: Message, until: float) -> str:
        """The centre's id of it, once it was taken; asked again while it is busy."""
        pause = FIRST
        while True:
            link = await self._linked()
            try:
                status, id = await link.submit(unit)
            except (LinkLost, TimeoutError) as error:
                await self._drop(link)
                raise OutcomeUnknown(
                    "{host} broke off before it said whether it took the message.",
                    host=self._settings.host,
                ) from error
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

    def _units(self, message: Outgoing, parted: Segmented) -> list[Message]:
        alphabet, texts = parted.alphabet, parted.texts
        if len(texts) == 1 or self._settings.long_messages == "payload":
            whole = encoded(message.text, alphabet)
            return [self._unit(message, whole, alphabet, payload=len(texts) > 1)]
        self._reference = (self._reference + 1) & 0xFF
        headed = (header(self._reference, texts, at) for at in range(len(texts)))
        return [
            self._unit(message, head + encoded(text, alphabet), alphabet, headed=True)
            for head, text in zip(headed, texts, strict=True)
        ]

    def _unit(
        self,
        message: Outgoing,
        text: bytes,
        alphabet: Alphabet,
        *,
        headed: bool = False,
        payload: bool = False,
    ) -> Message:
        return Message(
            source=_sender(message.sender),
            destination=Address(message.to.removeprefix("+"), INTERNATIONAL, ISDN),
            text=b"" if payload else text,
            esm_class=UDH if headed else 0,
            data_coding=UCS2 if alphabet is Alphabet.UCS2 else 0,
            registered_delivery=1 if self._settings.receipts else 0,
            options={Tag.MESSAGE_PAYLOAD: text} if payload else {},
        )

    # ------------------------------------------------------------ the session

    async def _linked(self) -> Link:
        """The session that stands, or a new one. ConnectorError."""
        async with self._linking:
            if self._link is not None and self._link.alive:
                return self._link
            await self._drop(self._link)
            self._link = await self._bound()
            return self._link

    async def _bound(self) -> Link:
        given = self._settings
        reach = Reach.ANY if self._surroundings.local else Reach.OTHERS
        place = await looked_up(given.host, given.port, reach)
        tls = given.context(self._surroundings.files) if given.tls else None
        try:
            async with asyncio.timeout(CONNECT):
                link = await Link.open(place, given.port, tls, given.host, self._heard)
        except ssl.SSLError as error:
            raise Misconfigured(
                "The certificate of {host} is not trusted ({said}), or it speaks no TLS at port"
                " {port}.",
                host=given.host,
                said=error.reason or str(error),
                port=given.port,
            ) from error
        except (OSError, TimeoutError) as error:
            raise self._away() from error
        try:
            async with asyncio.timeout(CONNECT):
                status = await link.bind(given.system_id, given.password, given.system_type)
        except (LinkLost, TimeoutError) as error:
            await link.close()
            raise self._away() from error
        if status == Status.OK:
            return link
        await link.close()
        raise self._not_bound(status)

    def _not_bound(self, status: int) -> ConnectorError:
        host, account = self._settings.host, self._settings.system_id
        if status in (Status.BIND_FAILED, Status.INVALID_PASSWORD, Status.INVALID_SYSTEM_ID):
            return SignInRefused(
                "{host} does not take the account {account} (status {status}).",
                host=host,
                account=account,
                status=hex(status),
            )
        if status in (*BUSY, Status.SYSTEM_ERROR):
            return Unreachable("{host} failed (status {status}).", host=host, status=hex(status))
        return Refused(
            "{host} refuses the session (status {status}).", host=host, status=hex(status)
        )

    def _away(self) -> Unreachable:
        return Unreachable(
            "{host} does not answer at port {port}.",
            host=self._settings.host,
            port=self._settings.port,
        )

    async def _drop(self, link: Link | None) -> None:
        if link is not None:
            if self._link is link:
                self._link = None
            await link.close()

    def _heard(self, receipt: receipts.Receipt) -> None:
        id = printable(receipt.id)
        if receipt.state is receipts.State.DELIVERED:
            self._surroundings.hear(Receipt(reference=id, state="delivered"))
        elif receipt.state in receipts.FAILED:
            said = printable(f"{receipt.state} {receipt.error}".strip())
            why = sentence("The operator says: {said}", said=said)
            self._surroundings.hear(Receipt(reference=id, state="failed", reason=why))


def _sender(text: str) -> Address:
    """A number with its country, a short one, or a name; empty: the centre's own."""
    if text.startswith("+"):
        return Address(text[1:], INTERNATIONAL, ISDN)
    if not text or text.isdigit():
        return Address(text)
    return Address(text, ALPHANUMERIC)
