"""Lines of syslog as RFC 5424 writes them: a header, structured data, and words."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import IntEnum

SD_ID = "tws@32473"
"The enterprise number that RFC 5612 keeps for documentation: TWS has none of its own."
_BAD_NAME = re.compile(r"[^!#-<>-\\^-~]")
'What a name in structured data cannot have: anything but printable ASCII, and = ] ".'
_ESCAPED = re.compile(r'(["\\\]])')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
LONGEST_VALUE = 512


class Facility(IntEnum):
    DAEMON = 3
    AUDIT = 13
    "RFC 5424: log audit."


SEVERITIES = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}


def line(
    *,
    at: datetime,
    host: str,
    pid: int,
    facility: Facility,
    level: str,
    kind: str,
    fields: Mapping[str, object],
    words: str,
) -> bytes:
    """`kind`: MSGID. Values are cut to 512 characters."""
    priority = facility * 8 + SEVERITIES.get(level, 5)
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    header = f"<{priority}>1 {stamp} {_header(host, 255)} tws {pid} {_header(kind, 32)}"
    text = _CONTROL.sub(" ", words)
    # Words in other than ASCII are announced as UTF-8 (6.4).
    mark = "" if text.isascii() else "\ufeff"
    return f"{header} {_data(fields)} {mark}{text}".encode()


def _header(text: str, most: int) -> str:
    return re.sub(r"[^!-~]", "_", text)[:most] or "-"


def _data(fields: Mapping[str, object]) -> str:
    parts = [
        f' {_name(name)}="{_value(value)}"' for name, value in fields.items() if value is not None
    ]
    return f"[{SD_ID}{''.join(parts)}]" if parts else "-"


def _name(name: str) -> str:
    return _BAD_NAME.sub("_", name)[:32] or "_"


def _value(value: object) -> str:
    text = str(value)
    text = _CONTROL.sub(" ", text)[:LONGEST_VALUE]
    return _ESCAPED.sub(r"\\\1", text)
