"""What a password may be, and its hashing (argon2id, RFC 9106), which takes a core for a tenth
of a second."""

import asyncio
import base64
import os
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tws.access.known_passwords import known_to_all
from tws.errors import Invalid, TooMany
from tws.organisation.words import fold

SHORTEST_OF_USER = SHORTEST_OF_ADMINISTRATOR = 12
LONGEST = 128
"OWASP ASVS 4.0.3, 2.1.1 and 2.1.2."
LANES = 1
"""A hash keeps one core busy, not four threads of one: a request beside it has its turn. Memory
and passes are those that the library proposes (RFC 9106, 4)."""
QUEUE = 8
"How many may wait for each core: about a second."
RETRY_AFTER = 2
"Seconds."


def check_password(password: str, username: str, shortest: int, field: str = "password") -> None:
    """Invalid with words, naming `field`. Lengths are in characters."""
    if fold(password) == fold(username):
        raise Invalid("The password must not be the user name.", field=field, why="passwordIsName")
    if known_to_all(password, username):
        raise Invalid("This password is known to everybody.", field=field, why="passwordKnown")
    if len(password) < shortest:
        raise Invalid(
            f"A password has at least {shortest} characters.",
            field=field,
            why="passwordShort",
            parameters={"least": shortest},
        )
    if len(password) > LONGEST:
        raise Invalid(
            f"A password has at most {LONGEST} characters.",
            field=field,
            why="longerThan",
            parameters={"most": LONGEST},
        )


class Hashing:
    """At most one hash at a time for each core, and a short queue: else TooMany.

    Somebody who tries passwords by the thousand then slows down logins, not calls.
    """

    def __init__(self, hasher: PasswordHasher | None = None, cores: int | None = None) -> None:
        self._hasher = hasher or PasswordHasher(parallelism=LANES)
        self._cores = cores or os.cpu_count() or 1
        self._free = asyncio.Semaphore(self._cores)
        self._inside = 0
        self._of_nobody = self._unmatched()

    async def hash(self, password: str) -> str:
        await self._enter()
        try:
            return await asyncio.to_thread(self._hasher.hash, _encoded(password))
        finally:
            self._leave()

    async def verify(self, hash: str | None, password: str) -> bool:
        """Takes as long where there is no hash: how long it takes tells nobody who exists."""
        await self._enter()
        try:
            found = await asyncio.to_thread(
                self._verify, hash or self._of_nobody, _encoded(password)
            )
        finally:
            self._leave()
        return found and hash is not None

    def outdated(self, hash: str) -> bool:
        """Whether it was made with another cost than today's."""
        return self._hasher.check_needs_rehash(hash)

    def _verify(self, hash: str, password: bytes) -> bool:
        try:
            return self._hasher.verify(hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    async def _enter(self) -> None:
        if self._inside >= self._cores * (1 + QUEUE):
            raise TooMany("Too many are signing in: try again.", retry_after=RETRY_AFTER)
        self._inside += 1
        try:
            await self._free.acquire()
        except asyncio.CancelledError:
            self._inside -= 1
            raise

    def _leave(self) -> None:
        self._inside -= 1
        self._free.release()

    def _unmatched(self) -> str:
        """A hash of today's cost that no known password has, without working for it."""
        h = self._hasher
        cost = f"$argon2id$v=19$m={h.memory_cost},t={h.time_cost},p={h.parallelism}"
        return f"{cost}${_random(h.salt_len)}${_random(h.hash_len)}"


def _random(length: int) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")


def _encoded(password: str) -> bytes:
    """Keyboards compose accents in two ways: one password either way (as RFC 8265)."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
