"""Operations whose body is a file: how large it may be, and of which kind."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tws.directory.cards import LARGEST_PHOTO
from tws.directory.company_files import LARGEST
from tws.directory.sync import sending
from tws.messaging.chat.model import LARGEST as CHAT_FILE

BINARY = "application/octet-stream"
VCARD, CSV = "text/vcard", "text/csv"


class Upload(Struct, frozen=True):
    kinds: tuple[str, ...]
    limit: int
    "Bytes."


UPLOADS: Mapping[tuple[str, str], Upload] = {
    ("PUT", "/api/v1/admin/files"): Upload((BINARY,), LARGEST),
    ("PUT", "/api/v1/contacts/outlook"): Upload((VCARD, CSV), sending.LARGEST),
    ("POST", "/api/v1/chat-files"): Upload((BINARY,), CHAT_FILE),
    ("PUT", "/api/v1/user-photo"): Upload((BINARY,), LARGEST_PHOTO),
}
"By method and path."


UNDER: Mapping[str, Upload] = {
    "/api/v1/sms-reports/": Upload(
        ("application/json", "application/x-www-form-urlencoded"), 64 * 1024
    ),
}
"By what paths begin with: what other people's services send in their own way."


def expected(method: str, path: str) -> Upload | None:
    """None: whatever is sent there is no file."""
    below = (upload for prefix, upload in UNDER.items() if path.startswith(prefix))
    return UPLOADS.get((method, path)) or next(below, None)


def uploaded(*kinds: str) -> dict[str, Any]:
    """The body of such an operation, for its description."""
    schema = {"type": "string", "format": "binary"}
    content = {kind: {"schema": schema} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}
