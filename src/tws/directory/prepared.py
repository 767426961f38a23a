"""A card as it is going to be stored, and as it lies in a staging file. Pure."""

from collections.abc import Collection

from msgspec import Struct

from tws.directory.cards import SourceCard
from tws.directory.indexing import index, readings
from tws.directory.photos import Photo
from tws.numbering import DialPlan, Reading


class Prepared(Struct, frozen=True, kw_only=True):
    """A card as it is going to be stored."""

    card: SourceCard
    readings: tuple[Reading | None, ...]
    "How the dial plan reads each of its numbers."
    folded: str
    sort: str
    owner: str | None = None
    "The user whose private contact it is."
    photo: Photo | None = None
    photo_stays: bool = False
    "What was there before is kept: it could not be read this time."


class Staged(Struct, frozen=True, kw_only=True):
    """A contact that is new, or other than it was."""

    hash: bytes
    prepared: Prepared


def prepared(
    made: SourceCard,
    plan: DialPlan | None,
    owner: str | None = None,
    hidden: Collection[str] = (),
) -> Prepared:
    """`hidden`: fields that are not shown."""
    read = readings((one.number for one in made.numbers), plan)
    found_by = index(made, read, own=owner is not None, hidden=hidden)
    return Prepared(
        card=made, readings=read, folded=found_by.folded, sort=found_by.sort, owner=owner
    )
