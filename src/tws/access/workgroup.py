"""NTLM without a domain (6.2): checked with the hash that an administrator let TWS keep of a
user's password, for that user alone."""

import secrets
from collections.abc import Callable
from datetime import datetime

from tws.access.conversations import Conversations, begins
from tws.access.errors import LoginRefused
from tws.access.negotiator import NTLM, MoreAsked, Proven, Standing, TicketRefused
from tws.access.tries.guessing import Guessing
from tws.organisation import words
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import AUTH_NTLM_PASSWORD
from tws.organisation.registry import Registry
from tws.protocols import ntlm
from tws.sentences import sentence
from tws.storage.secrets import SecretLost, Secrets

NAME = "TWS"
AT_ONCE, OF_ADDRESS = 1_000, 8
"Challenges that are open."


class Workgroup:
    """A `Negotiator`."""

    def __init__(
        self,
        registry: Registry,
        sealed: Secrets,
        guessing: Guessing,
        clock: Callable[[], datetime],
    ) -> None:
        self._registry, self._secrets = registry, sealed
        self._guessing, self._clock = guessing, clock
        self._open = Conversations[bytes](most=AT_ONCE, of_address=OF_ADDRESS, end=_nothing)

    @property
    def schemes(self) -> tuple[str, ...]:
        """None where no hash of anybody is kept."""
        kept = any(
            value.parameter == AUTH_NTLM_PASSWORD and value.value
            for value in self._registry.parameter_values.values()
        )
        return (NTLM,) if kept else ()

    async def verify(self, token: bytes, connection: str, address: str) -> Proven:
        if begins(token, connection):
            nonce = secrets.token_bytes(ntlm.CHALLENGE_BYTES)
            self._open.begin(connection, address, nonce)
            self._open.wait(connection, nonce)
            raise MoreAsked(ntlm.challenge(nonce, NAME))
        try:
            shown = ntlm.answer(token)
        except ntlm.NotNtlm as error:
            raise TicketRefused(str(error)) from error
        user = self._proven(shown, self._open.take(connection), address)
        return Proven(user.username, "", b"", user.id)

    def standing(self) -> Standing:
        said = sentence("NTLM is checked by what is kept of the passwords of some users.")
        return Standing(bool(self.schemes), said)

    def close(self) -> None:
        self._open.close()

    def _proven(self, shown: ntlm.Answer, nonce: bytes, address: str) -> User:
        """Slowed down as any try of a password."""
        called = self._registry.user_named(shown.user)
        account = ("ntlm", words.fold(shown.user)) if called is None else called.id
        try:
            with self._guessing.trying(account, address, self._clock()):
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


def _nothing(nonce: bytes) -> None:
    """Nothing of it goes on."""
