"""The last lines of the log, in memory: for whoever asks what went on when something went wrong.

They are kept as they were made, before fields of people are masked: who gives them out sees to
that.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

KEPT = 3000
"Lines."
_lines: deque[Mapping[str, Any]] = deque(maxlen=KEPT)


def keep(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """A processor: it changes nothing. What was raised is kept as text, not as an object, which
    would hold all that its functions held."""
    if event.get("exc_info"):
        _lines.append(structlog.processors.format_exc_info(logger, name, dict(event)))
    else:
        _lines.append(dict(event))
    return event


def recent() -> list[Mapping[str, Any]]:
    """Oldest first."""
    return list(_lines)
