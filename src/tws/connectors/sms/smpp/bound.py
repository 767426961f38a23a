"""The session with a message centre: one that stays, made anew where it broke off."""

import asyncio
import ssl
from collections.abc import Callable

from tws.connectors.http.places import Reach, looked_up
from tws.connectors.sms.smpp.link import Answer, Link, LinkLost
from tws.connectors.sms.smpp.settings import SmppSettings
from tws.messaging.sms.provider import OutcomeUnknown, Surroundings
from tws.protocols.smpp.pdu import Message, Status
from tws.protocols.smpp.receipts import Receipt
from tws.sources.clear import refuse_clear
from tws.sources.errors import (
    ConnectorError,
    Misconfigured,
    Refused,
    SignInRefused,
    Unreachable,
)

CONNECT = 10.0
"Seconds until a session stands."
BUSY = frozenset({Status.THROTTLED, Status.QUEUE_FULL})


class BoundSession:
    def __init__(
        self,
        settings: SmppSettings,
        surroundings: Surroundings,
        heard: Callable[[Receipt], None],
    ) -> None:
        self._settings, self._surroundings, self._heard = settings, surroundings, heard
        self._link: Link | None = None
        self._linking = asyncio.Lock()

    async def stand(self) -> None:
        """Make it where there is none. ConnectorError."""
        await self._linked()

    async def submit(self, unit: Message) -> Answer:
        """OutcomeUnknown; any other ConnectorError says that it was not taken."""
        link = await self._linked()
        try:
            return await link.submit(unit)
        except (LinkLost, TimeoutError) as error:
            await self._drop(link)
            raise OutcomeUnknown(
                "{host} broke off before it said whether it took the message.",
                host=self._settings.host,
            ) from error

    async def enquire(self) -> None:
        """Whether the other end is still there. ConnectorError."""
        link = await self._linked()
        try:
            await link.enquire()
        except (LinkLost, TimeoutError) as error:
            await self._drop(link)
            raise self._away() from error

    async def close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.close(unbind=True)

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
        refuse_clear(given.host, given.port, encrypted=given.tls, verified=given.verify)
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
