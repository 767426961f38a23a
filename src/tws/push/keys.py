"""The key pair in whose name we push (RFC 8292, VAPID): made once, and kept sealed.

Browsers subscribe to its public half: with another pair every subscription would be worth nothing.
"""

import base64
from collections.abc import Callable
from datetime import datetime

import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tws.push import store
from tws.sentences import Sentence
from tws.storage import Storage, Transaction
from tws.storage.secrets import SecretLost, Secrets

ROW, FIELD = "push_key", "private"
"As which it is sealed."
CURVE = ec.SECP256R1()
"RFC 8292, 2: ES256."
log = structlog.get_logger(__name__)


class Keys:
    """`private`, `public`: None while there is no pair that can be used."""

    def __init__(self, storage: Storage, secrets: Secrets, clock: Callable[[], datetime]) -> None:
        self._storage, self._secrets, self._clock = storage, secrets, clock
        self.private: str | None = None
        "The number, 32 bytes in base64url."
        self.public: str | None = None
        "The point, uncompressed, in base64url: what a browser is given."

        self.lost: Sentence | None = None
        "Why the one that there is cannot be used."

    async def read(self) -> None:
        """One that cannot be opened stays, until what seals it has been put back, or it is
        renewed."""
        async with self._storage.reading() as reader:
            self._take(await store.sealed_key(reader))

    async def load(self) -> None:
        """Make it where there is none yet."""
        async with self._storage.transaction() as tx:
            await tx.lock("push key")  # another node may start beside
            try:
                self._take(await store.sealed_key(tx) or await self.make(tx))
            except SecretLost as lost:
                self._lose(lost)

    async def make(self, tx: Transaction) -> str:
        """Another one in its place, sealed; `read` takes it up. SecretLost, StorageUnavailable."""
        number = ec.generate_private_key(CURVE).private_numbers().private_value
        sealed = self._secrets.seal(in_base64url(number.to_bytes(32, "big")), ROW, FIELD)
        await store.delete_key(tx)
        await store.insert_key(tx, sealed, self._clock())
        return sealed

    def _take(self, sealed: str | None) -> None:
        self.private = self.public = self.lost = None
        if sealed is None:
            return
        try:
            self._use(str(self._secrets.open(sealed, ROW, FIELD)))
        except SecretLost as lost:
            self._lose(lost)

    def _lose(self, lost: SecretLost) -> None:
        self.lost = lost.said
        log.error("the key of push messages cannot be used", why=str(lost))

    def _use(self, private: str) -> None:
        number = int.from_bytes(from_base64url(private), "big")
        point = ec.derive_private_key(number, CURVE).public_key()
        uncompressed = point.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.private, self.public = private, in_base64url(uncompressed)


def in_base64url(raw: bytes) -> str:
    """RFC 7515, 2: without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """With padding or without. ValueError where it is none."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
