"""Photos of contacts: what is kept of a picture, and who makes it.

A picture is read, and made small, by the process that reads its source: never by the server.
"""

from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Protocol

from msgspec import Struct

from tws.sentences import Parameter, Sentence

JPEG = "image/jpeg"


class Photo(Struct, frozen=True):
    """A small picture, as it is stored and served."""

    hash: str
    type: str
    bytes: bytes


class NoPhoto(Exception):
    """Why there is none, in words. `later`: the next synchronisation may have more luck."""

    def __init__(
        self, template: str | Sentence, /, *, later: bool = False, **parameters: Parameter
    ) -> None:
        self.said = template if isinstance(template, Sentence) else Sentence(template, parameters)
        super().__init__(str(self.said))
        self.later = later


class Photos(Protocol):
    """Makes photos of what sources have."""

    def small(self, raw: bytes) -> Photo:
        """Of a picture as its source has it; NoPhoto."""

    def fetched(self, addresses: Collection[str]) -> Mapping[str, Photo | NoPhoto]:
        """Of pictures that lie elsewhere, each by its address."""


def photo(raw: bytes) -> Photo:
    """Of a JPEG that is small already."""
    return Photo(blake2b(raw, digest_size=16).hexdigest(), JPEG, raw)
