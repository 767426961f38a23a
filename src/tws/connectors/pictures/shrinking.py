"""Pictures of any usual format made small ones, by Pillow. Never in the server: what a picture
costs is known only once it has been read."""

import io
import struct
import threading

from PIL import Image, ImageOps

from tws.directory.photos import NoPhoto, Photo, photo
from tws.sentences import sentence

SIDE = 192
"Pixels at most: twice what the pages show, for screens of twice the density."
QUALITY = 80
MOST_PIXELS = 25_000_000
"Of a picture: what it takes unpacked (75 MB) fits into the reader's memory."
TOO_LARGE = sentence("a picture of more than {most} million pixels", most=MOST_PIXELS // 1_000_000)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    struct.error,
)
"What Pillow raises on pictures that are none."
_turn = threading.Lock()
"One picture at a time is unpacked: each may take much memory."


def small(raw: bytes) -> Photo:
    """NoPhoto where it cannot be read."""
    with _turn:
        try:
            return photo(_jpeg(raw))
        except Image.DecompressionBombError:
            raise NoPhoto(TOO_LARGE) from None
        except BROKEN as error:
            raise NoPhoto("a picture that cannot be read") from error
        except MemoryError:
            raise NoPhoto("a picture that takes too much memory") from None


def _jpeg(raw: bytes) -> bytes:
    with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise NoPhoto(TOO_LARGE)
        picture.draft("RGB", (SIDE, SIDE))  # a JPEG is then unpacked at a fraction of its size
        picture.load()
        shown = picture if picture.mode in ("RGB", "L") else _on_white(picture)
        shown.thumbnail((SIDE, SIDE))
        shown = ImageOps.exif_transpose(shown)
        written = io.BytesIO()
        shown.convert("RGB").save(written, "JPEG", quality=QUALITY)
        return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Without what can be seen through."""
    seen = picture.convert("RGBA")
    seen.thumbnail((SIDE, SIDE))
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")
