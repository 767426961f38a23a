"""The photos of the cards of one batch, made small and put beside them."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from tws.directory.photos import NoPhoto, Photo, Photos
from tws.directory.prepared import Prepared
from tws.sentences import Sentence, sentence

Row = tuple[str, bytes, Prepared | None]
"Identifier, hash and card, as `Staging.add` takes them."
LATER = b"?"
"Behind the hash of an entry whose photo is tried again the next time, as if it had changed."


def photographed(
    rows: Iterable[Row], photos: Photos | None, without: Callable[[str, Sentence], None]
) -> list[Row]:
    """A card whose photo cannot be had is kept without one; of one that may be had later what was
    there stays. `without`: hears the identifiers of those, and why."""
    rows = list(rows)
    addresses = {p.card.photo_address for _, _, p in rows if p is not None} - {""}
    fetched = photos.fetched(addresses) if photos is not None and addresses else {}

    def made(row: Row) -> Row:
        identifier, hash, prepared = row
        if prepared is None or not (prepared.card.photo or prepared.card.photo_address):
            return row
        card = replace(prepared.card, photo=None)
        if photos is None:
            return identifier, hash, replace(prepared, card=card)
        found: Photo | NoPhoto
        if prepared.card.photo:
            found = _small(photos, prepared.card.photo)
        else:
            found = fetched[card.photo_address]
        if isinstance(found, Photo):
            return identifier, hash, replace(prepared, card=card, photo=found)
        without(identifier, found.said)
        again = hash + LATER if found.later else hash
        return identifier, again, replace(prepared, card=card, photo_stays=found.later)

    return [made(row) for row in rows]


def of(identifier: str, why: Sentence) -> Sentence:
    """Whose that is."""
    return sentence("{who}: {what}", who=identifier, what=why)


def _small(photos: Photos, raw: bytes) -> Photo | NoPhoto:
    try:
        return photos.small(raw)
    except NoPhoto as error:
        return error
