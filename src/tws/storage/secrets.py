"""Secrets as they are stored: sealed with a key that does not lie in the database.

AES-256-GCM, with a nonce of its own for each text; the row's id and the field's name are
authenticated with it, so that a secret moved elsewhere in the database opens nothing. A seal names
its key. Keys are in a file beside the database, made when the first secret is sealed, or given
(`TWS_SECRET_KEY`): the first one seals, each opens what was sealed with it.
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tws.config import Settings
from tws.storage import key_ring
from tws.storage.errors import StorageUnavailable
from tws.storage.key_ring import KEY_FILE, SecretLost, Stamp, key_id

__all__ = ["KEY_FILE", "SEAL", "SecretLost", "Secrets", "is_sealed", "secrets_of"]

NONCE_BYTES = 12
UNNAMED, SEAL = "sealed:1:", "sealed:2:"
"What sealed secrets begin with: those before keys had names, and those of now."
_NAMED = re.compile(rf"{SEAL}([0-9a-f]{{16}}):(.*)", re.DOTALL)


def is_sealed(value: object) -> bool:
    return isinstance(value, str) and value.startswith((UNNAMED, SEAL))


def sealed_by(value: str) -> str | None:
    """The id of the key; None: of one that had no name yet."""
    found = _NAMED.fullmatch(value)
    return None if found is None else found[1]


class Secrets:
    """`folder`: where the keys' file is, or will be; not looked for where keys are `given`, the
    newest first."""

    def __init__(self, folder: Path, *given: bytes) -> None:
        self.path = folder / KEY_FILE
        self.given = given
        self._known: dict[str, AESGCM] = {}
        "By their ids: all that were read, those too that are no longer in the file."
        self._newest: str | None = None
        self._newest_key = b""
        self._stamp: Stamp | None = None
        self._take(given)

    def seal(self, value: object, row: str, field: str) -> str:
        """`value`: what JSON can say. StorageUnavailable where no key can be written, SecretLost
        where there is a file which holds none."""
        newest = self._sealing()
        nonce = os.urandom(NONCE_BYTES)
        plain = msgspec.json.encode(value)
        text = self._known[newest].encrypt(nonce, plain, _place(row, field))
        return f"{SEAL}{newest}:{base64.b64encode(nonce + text).decode()}"

    def open(self, sealed: object, row: str, field: str) -> Any:
        """What was sealed for that field of that row; SecretLost."""
        if not isinstance(sealed, str) or not is_sealed(sealed):
            raise SecretLost("{field} is not stored as a secret is: enter it again.", field=field)
        found = _NAMED.fullmatch(sealed)
        named = None if found is None else found[1]
        text = sealed.removeprefix(UNNAMED) if found is None else found[2]
        for aead in self._opening(named, field):
            try:
                data = base64.b64decode(text, validate=True)
                plain = aead.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _place(row, field))
                return msgspec.json.decode(plain)
            except (binascii.Error, InvalidTag, ValueError, RecursionError):
                continue  # it may be another key's
        raise SecretLost(
            "{field} cannot be read: it was sealed with another key than {key}. Put that key"
            " back, or enter the secret again.",
            field=field,
            key=self.name,
        )

    def keys(self) -> tuple[bytes, ...]:
        """As they are now, newest first; none where no secret was sealed yet. SecretLost."""
        return self.given or key_ring.read(self.path)

    def current(self, sealed: object) -> bool:
        """Whether it is sealed with the newest key; SecretLost, StorageUnavailable."""
        return isinstance(sealed, str) and sealed.startswith(f"{SEAL}{self._sealing()}:")

    def look(self) -> None:
        """Whether another process has made a key; what cannot be read stays as it was."""
        with suppress(SecretLost):
            self._refresh()

    def derived(self, purpose: bytes) -> bytes | None:
        """For another purpose than sealing: the same in every process whose newest key is the
        same. None where none is known yet. No file is looked at: that is what `look` is for."""
        return hmac.digest(self._newest_key, purpose, "sha256") if self._newest_key else None

    @property
    def name(self) -> str:
        """What an administrator knows the keys by."""
        return "TWS_SECRET_KEY" if self.given else self.path.name

    # ---------------------------------------------------------------- from one key to the next

    def add_key(self) -> None:
        """A new one in front of those there are, in their file; OSError, SecretLost."""
        key_ring.write(self.path, [key_ring.new_key(), *self.keys()])

    def drop_older(self, now: datetime) -> Path:
        """All but the newest, into a file of their own, which is told; OSError, SecretLost."""
        newest, *older = self.keys()
        kept = self.path.with_name(f"{KEY_FILE}.dropped-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        key_ring.put_aside(kept, older)
        key_ring.write(self.path, [newest])
        return kept

    # ---------------------------------------------------------------- keys that are known

    def _sealing(self) -> str:
        """The id of the newest, though another process has changed it; one is made where there is
        none."""
        self._refresh()
        if self._newest is None:
            try:
                key_ring.make_first(self.path)
            except OSError as error:
                raise StorageUnavailable(
                    f"{self.path} cannot be written: {error.strerror}"
                ) from error
            self._refresh()
        assert self._newest is not None
        return self._newest

    def _opening(self, named: str | None, field: str) -> list[AESGCM]:
        if named not in self._known:
            self._refresh()
        if self._newest is None:
            raise SecretLost(
                "{field} cannot be read: its key {file} is gone from the folder of data. Put the"
                " file back, or enter the secret again.",
                field=field,
                file=self.path.name,
            )
        if named is None:
            return list(self._known.values())
        return [self._known[named]] if named in self._known else []

    def _refresh(self) -> None:
        """What the file holds, if that is other than it was; what was known stays known: a row
        that was read before still has its old seal. SecretLost."""
        if self.given:
            return
        stamp = key_ring.stamp(self.path)
        if stamp == self._stamp or (stamp is None and self._newest is not None):
            return
        self._take(key_ring.read(self.path))
        self._stamp = stamp

    def _take(self, keys: Sequence[bytes]) -> None:
        for key in keys:
            self._known.setdefault(key_id(key), AESGCM(key))
        if keys:
            self._newest, self._newest_key = key_id(keys[0]), keys[0]


def secrets_of(settings: Settings) -> Secrets:
    return Secrets(settings.data_dir, *settings.secret_key)


def _place(row: str, field: str) -> bytes:
    return f"{row}/{field}".encode()
