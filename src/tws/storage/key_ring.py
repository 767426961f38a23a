"""The keys of secrets in their file: a line of base64 each, the newest first.

Usually there is one. While secrets pass from one key to the next there are two: the first seals,
all of them open (`tws rotate-key`).
"""

import base64
import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tws.config import KEY_BYTES, keys_from
from tws.sentences import Parameter, Sentence
from tws.storage.whole_file import on_disk, write_whole

KEY_FILE = "secret.key"
Stamp = tuple[int, int, int]
"What tells one state of the file from another."


class SecretLost(Exception):
    """A secret cannot be opened; says in words what an administrator must do."""

    def __init__(self, template: str, /, **parameters: Parameter) -> None:
        self.said = Sentence(template, parameters)
        super().__init__(str(self.said))


def key_id(key: bytes) -> str:
    """By what a key is named in seals and in backups; it tells nothing of the key."""
    return hashlib.sha256(b"TWS secret key" + key).hexdigest()[:16]


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def stamp(path: Path) -> Stamp | None:
    """None where there is no file, or none that can be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def read(path: Path) -> tuple[bytes, ...]:
    """Newest first; none where there is no file. SecretLost."""
    try:
        return keys_from(path.read_text("ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise SecretLost(
            "{file} cannot be read: {said}.",
            file=path.name,
            said=error.strerror or str(error),
        ) from error
    except ValueError as error:
        raise SecretLost(
            "{file} holds no key: put the right file back.", file=path.name
        ) from error


def make_first(path: Path) -> None:
    """A file with a new key, readable by its owner only; of two processes that write one, one
    does. OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.") as file:
        file.write(written([new_key()]))
        file.flush()
        os.fsync(file.fileno())
        # Whole or not at all, and never over another one.
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def write(path: Path, keys: Sequence[bytes]) -> None:
    """In place of what it holds, whole or not at all; on the disk before anything is sealed with
    them. OSError."""
    write_whole(path, written(keys), lasting=True)


def put_aside(path: Path, keys: Sequence[bytes]) -> None:
    """A file of keys that must not be there yet. OSError."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(written(keys))
        file.flush()
        os.fsync(file.fileno())
    on_disk(path.parent)


def written(keys: Sequence[bytes]) -> bytes:
    """What a file of keys holds."""
    return b"".join(base64.b64encode(key) + b"\n" for key in keys)
