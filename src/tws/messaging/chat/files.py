"""Files that people send: their names, and what they are by their content."""

import re
import unicodedata
from collections.abc import AsyncIterator

from tws.errors import Invalid
from tws.messaging.chat.model import LARGEST, LONGEST_NAME

ANYTHING = "application/octet-stream"
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
"What pages show; SVG is none of them: it can contain programs."


def type_of(content: bytes) -> str:
    """By its first bytes, whatever its name is."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in PICTURES if content.startswith(mark)), ANYTHING)


def plain_name(name: str) -> str:
    """Without folders, and without characters that nobody sees or that turn what is read around.
    Invalid where nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(
        c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    plain = " ".join(seen.split())
    if not plain.strip("."):
        raise Invalid("The file needs a name.", field="name", why="needed")
    return plain[-LONGEST_NAME:]


async def whole(content: AsyncIterator[bytes]) -> bytes:
    """Invalid where it is too large, or nothing."""
    taken = bytearray()
    async for block in content:
        taken += block
        if len(taken) > LARGEST:
            raise Invalid(
                f"A file has at most {LARGEST >> 20} MB.",
                field="content",
                why="fileTooLarge",
                parameters={"most": LARGEST >> 20},
            )
    if not taken:
        raise Invalid("The file is empty.", field="content", why="fileEmpty")
    return bytes(taken)
