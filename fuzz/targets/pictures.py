"""Pictures of people, as directories have them, made small."""

import io

from PIL import Image

from fuzz.target import Target, holds
from tws.connectors.pictures.shrinking import FORMATS, SIDE, small
from tws.directory.photos import NoPhoto


def _picture(
    format: str, mode: str = "RGB", size: tuple[int, int] = (9, 5), **more: object
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, 1).save(written, format, **more)
    return written.getvalue()


def _small(data: bytes) -> None:
    try:
        made = small(data)
    except NoPhoto as why:
        holds(bool(str(why)), "no words")
        return
    with Image.open(io.BytesIO(made.bytes), formats=["JPEG"]) as picture:
        holds(max(picture.size) <= SIDE, "a large picture")


EXIF = Image.Exif()
EXIF[0x0112] = 6  # orientation: turned by a quarter
PICTURES = (
    *(_picture(format) for format in FORMATS),
    _picture("JPEG", "CMYK"),
    _picture("JPEG", exif=EXIF, progressive=True),
    _picture("PNG", "P", transparency=0),
    _picture("PNG", "RGBA", interlace=True),
    _picture("GIF", "P", save_all=True, append_images=[Image.new("P", (9, 5), 2)]),
)
PICTURE = Target(
    feed=_small,
    seeds=(*PICTURES, b""),
    words=(
        *(b"\xff\xd8\xff", b"\xff\xe1", b"\xff\xda", b"\xff\xff\xff\x7f", b"\0\0\xff\xff"),
        *(b"IHDR", b"IDAT", b"tRNS", b"eXIf", b"acTL", b"GIF89a", b"RIFF", b"WEBPVP8X", b"BM"),
    ),
)
