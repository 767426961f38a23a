"""NTLM without a domain (6.2): checked with the hash that an administrator let TWS keep of a
user's password, for that user alone."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tws.access.errors import LoginRefused
from tws.access.negotiator import MoreAsked, TicketRefused
from tws.access.throttle import Throttle
from tws.organisation import words
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import AUTH_NTLM_PASSWORD
from tws.organisation.registry import Registry
from tws.protocols import ntlm
from tws.storage.secrets import SecretLost, Secrets

NAME = "TWS"
LONGEST = 16 * 1024
LASTS = timedelta(seconds=10)
MOST, OF_ADDRESS = 1_000, 8
"Challenges that are open; whoever has more pushes out his own, and nobody else's."


@dataclass(frozen=True, slots=True)
class _Open:
    address: str
    nonce: bytes
    since: datetime


class Workgroup:
    def __init__(
        self,
        registry: Registry,
        sealed: Secrets,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._registry, self._secrets = registry, sealed
        self._throttle, self._clock = throttle, clock
        self._open: OrderedDict[str, _Open] = OrderedDict()

    @property
    def offered(self) -> bool:
        """Whether a hash of anybody is kept."""
        return any(
            value.parameter == AUTH_NTLM_PASSWORD and value.value
            for value in self._registry.parameter_values.values()
        )

    def verify(self, token: bytes, connection: str, address: str) -> User:
        """Whose the answer is. MoreAsked for the first message; TicketRefused, TooMany."""
        try:
            if not connection:
                raise TicketRefused("NTLM signs in a connection, and none is known here")
            if len(token) > LONGEST:
                raise TicketRefused("the message of NTLM is too long")
            if ntlm.kind(token) == ntlm.NEGOTIATE:
                raise MoreAsked(ntlm.challenge(self._begun(connection, address), NAME))
            return self._proven(ntlm.answer(token), self._nonce(connection), address)
        except ntlm.NotNtlm as error:
            raise TicketRefused(str(error)) from error

    def _begun(self, connection: str, address: str) -> bytes:
        now = self._clock()
        while self._open and now - next(iter(self._open.values())).since > LASTS:
            self._open.popitem(last=False)
        theirs = [key for key, one in self._open.items() if one.address == address]
        if len(theirs) >= OF_ADDRESS:
            del self._open[theirs[0]]
        elif len(self._open) >= MOST:
            self._open.popitem(last=False)
        one = _Open(address, secrets.token_bytes(ntlm.CHALLENGE_BYTES), now)
        self._open[connection] = one
        self._open.move_to_end(connection)
        return one.nonce

    def _nonce(self, connection: str) -> bytes:
        """It is good once."""
        one = self._open.pop(connection, None)
        if one is None or self._clock() - one.since > LASTS:
            raise TicketRefused("nobody has begun that on this connection, or too long ago")
        return one.nonce

    def _proven(self, shown: ntlm.Answer, nonce: bytes, address: str) -> User:
        """Slowed down as any try of a password."""
        called = self._registry.user_named(shown.user)
        account = ("ntlm", words.fold(shown.user)) if called is None else called.id
        try:
            with self._throttle.trying((account, address), self._clock()):
                right = [
                    user
                    for user, kept in self._kept(shown.user)
                    if ntlm.proves(shown, nonce, kept)
                ]
                if len(right) != 1:
                    raise LoginRefused("This is not the password of that name.")
        except LoginRefused as error:
            raise TicketRefused(
                f"{shown.user} is not known here by NTLM, or by another password"
            ) from error
        return right[0]

    def _kept(self, username: str) -> list[tuple[User, bytes]]:
        """Of all who are called so."""
        found = []
        for user in self._registry.users_named(username):
            row = self._registry.parameter_value(AUTH_NTLM_PASSWORD, user.id)
            if row is None or not row.value:
                continue
            try:
                kept = str(self._secrets.open(row.value, row.id, AUTH_NTLM_PASSWORD))
            except SecretLost:
                continue
            found.append((user, bytes.fromhex(kept)))
        return found
