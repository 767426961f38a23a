"""Secrets as they are stored: sealed with a key that does not lie in the database.

AES-256-GCM, with a nonce of its own for each text; the row's id and the field's name are
authenticated with it, so that a secret moved elsewhere in the database opens nothing. The key is a
file beside the database, made when the first secret is sealed, or given (`TWS_SECRET_KEY`).
"""

import base64
import binascii
import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tws.config import KEY_BYTES, key_from
from tws.sentences import Parameter, Sentence
from tws.storage.errors import StorageUnavailable

KEY_FILE = "secret.key"
NONCE_BYTES = 12
SEAL = "sealed:1:"
"What a sealed secret begins with: the way it is sealed."


class SecretLost(Exception):
    """A secret cannot be opened; says in words what an administrator must do."""

    def __init__(self, template: str, /, **parameters: Parameter) -> None:
        self.said = Sentence(template, parameters)
        super().__init__(str(self.said))


def is_sealed(value: object) -> bool:
    return isinstance(value, str) and value.startswith(SEAL)


class Secrets:
    """`folder`: where the key's file is, or will be; not looked for where a `key` is given."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        self._path = folder / KEY_FILE
        self._given = key
        self._aead: AESGCM | None = None

    def seal(self, value: object, row: str, field: str) -> str:
        """`value`: what JSON can say. StorageUnavailable where no key can be written, SecretLost
        where there is a file which holds none."""
        nonce = os.urandom(NONCE_BYTES)
        text = self._sealing().encrypt(nonce, msgspec.json.encode(value), _place(row, field))
        return SEAL + base64.b64encode(nonce + text).decode()

    def open(self, sealed: object, row: str, field: str) -> Any:
        """What was sealed for that field of that row; SecretLost."""
        if not isinstance(sealed, str) or not is_sealed(sealed):
            raise SecretLost("{field} is not stored as a secret is: enter it again.", field=field)
        aead = self._known()
        if aead is None:
            raise SecretLost(
                "{field} cannot be read: its key {file} is gone from the folder of data. Put the"
                " file back, or enter the secret again.",
                field=field,
                file=self._path.name,
            )
        try:
            data = base64.b64decode(sealed.removeprefix(SEAL), validate=True)
            plain = aead.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _place(row, field))
            return msgspec.json.decode(plain)
        except (binascii.Error, InvalidTag, ValueError, RecursionError) as error:
            raise SecretLost(
                "{field} cannot be read: it was sealed with another key than {key}. Put that key"
                " back, or enter the secret again.",
                field=field,
                key=self._name,
            ) from error

    def key(self) -> bytes | None:
        """None where no secret was sealed yet; SecretLost."""
        return self._given or self._read()

    @property
    def _name(self) -> str:
        return self._path.name if self._given is None else "TWS_SECRET_KEY"

    def _sealing(self) -> AESGCM:
        aead = self._known()
        if aead is None:
            try:
                _write_new(self._path)
            except OSError as error:
                raise StorageUnavailable(
                    f"{self._path} cannot be written: {error.strerror}"
                ) from error
            aead = self._known()
        assert aead is not None
        return aead

    def _known(self) -> AESGCM | None:
        """None where there is no key yet."""
        if self._aead is None:
            key = self.key()
            self._aead = AESGCM(key) if key else None
        return self._aead

    def _read(self) -> bytes | None:
        try:
            return key_from(self._path.read_text("ascii"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise SecretLost(
                "{file} cannot be read: {said}.",
                file=self._path.name,
                said=error.strerror or str(error),
            ) from error
        except ValueError as error:
            raise SecretLost(
                "{file} holds no key: put the right file back.", file=self._path.name
            ) from error


def _place(row: str, field: str) -> bytes:
    return f"{row}/{field}".encode()


def _write_new(path: Path) -> None:
    """A new key, readable by its owner only; of two processes that write one, one does."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
        # Whole or not at all, and never over another one.
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
