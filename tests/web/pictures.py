"""Pictures, and the vCards that have them."""

import base64
import io

from PIL import Image
from sqlalchemy import update

from tws.connectors.pictures.shrinking import small
from tws.directory import store
from tws.directory.store.photos import write_photos
from tws.storage import Storage


def picture(kind: str = "PNG", side: tuple[int, int] = (600, 300), colour: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", side, colour).save(written, kind)
    return written.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A small file of very many pixels."""
    written = io.BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()


def vcard(uid: str, name: str, photo: bytes | str = b"", email: str = "") -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"N:{name};;;;", f"FN:{name}"]
    if email:
        lines.append(f"EMAIL:{email}")
    if isinstance(photo, str):
        lines.append(f"PHOTO;VALUE=uri:{photo}")
    elif photo:
        lines.append(f"PHOTO;ENCODING=b:{base64.b64encode(photo).decode()}")
    return "\r\n".join([*lines, "END:VCARD", ""])


async def photographed(storage: Storage, *contacts: str) -> None:
    """As if their source had a photo of them."""
    photo = small(picture())
    async with storage.transaction() as tx:
        c = store.contact
        await tx.execute(update(c).where(c.c.id.in_(contacts)).values(photo=photo.hash))
        await write_photos(tx, dict.fromkeys(contacts, photo))
