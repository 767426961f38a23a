"""What the session of Windows shows: a ticket of Kerberos, or the messages of NTLM where this
machine has joined the domain."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tws.access.negotiator import NEGOTIATE, NTLM, Proven, Standing, TicketRefused
from tws.connectors.windows.kerberos import Kerberos
from tws.connectors.windows.ntlm_auth import NtlmAuth
from tws.protocols.ntlm import SIGNATURE
from tws.sentences import Sentence, sentence

SKEW = "Clock skew too great"


class WindowsSession:
    def __init__(self, keytab: Path | None, ntlm_auth: Path | None) -> None:
        """One of them, or both."""
        self._kerberos = None if keytab is None else Kerberos(keytab)
        self._ntlm = None if ntlm_auth is None else NtlmAuth(ntlm_auth)
        kerberos, by_ntlm = (NEGOTIATE,) if keytab else (), (NTLM,) if ntlm_auth else ()
        self.schemes: tuple[str, ...] = (*kerberos, *by_ntlm)
        self._refused: tuple[datetime, str] | None = None

    async def verify(self, token: bytes, connection: str, address: str) -> Proven:
        try:
            return await self._verified(token, connection, address)
        except TicketRefused as error:
            self._refused = (datetime.now(UTC), str(error))
            raise

    async def _verified(self, token: bytes, connection: str, address: str) -> Proven:
        if token.startswith(SIGNATURE):
            if self._ntlm is None:
                raise TicketRefused("it is NTLM, which this server does not take")
            return await self._ntlm.verify(token, connection, address)
        if self._kerberos is None:
            raise TicketRefused("it is no NTLM, and this server has no keytab for Kerberos")
        return await self._kerberos.verify(token)

    def standing(self) -> Standing:
        parts = list(self._parts())
        well, said = all(well for well, _ in parts), parts[0][1]
        for _, more in parts[1:]:
            said = sentence("{said} {more}", said=said, more=more)
        if self._refused is None:
            return Standing(well, said)
        when, why = self._refused
        refused = sentence(
            "The last ticket that was refused came at {when}: {why}",
            when=when.isoformat(timespec="seconds"),
            why=why,
        )
        return Standing(well, said, refused, clock=SKEW in why)

    def _parts(self) -> Iterator[tuple[bool, Sentence]]:
        if self._kerberos is not None:
            yield self._kerberos.standing()
        if self._ntlm is not None:
            yield self._ntlm.standing()

    def close(self) -> None:
        if self._ntlm is not None:
            self._ntlm.close()
