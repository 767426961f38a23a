"""Lines of the log as they are given out: people hidden, and what an exception said."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tws.maintenance.support.hiding import Hiding, shape
from tws.telemetry import personal

PLAIN = frozenset(
    {"timestamp", "level", "event", "thread", "request", "call", "leg", "link", "node"}
)
"Fields that the code itself has written, or that are ids."
_RAISED = re.compile(r"^(?:\w+\.)*\w+(?=: )", re.MULTILINE)
"At the beginning of a line of a traceback: what was raised, before its words."


def shown(
    lines: Iterable[Mapping[str, Any]], hiding: Hiding | None
) -> Iterator[Mapping[str, Any]]:
    """`hiding` None: as they are."""
    for line in lines:
        if hiding is None:
            yield {name: _plain(value) for name, value in line.items()}
        else:
            yield {name: _hidden(name, value, hiding) for name, value in line.items()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _hidden(name: str, value: Any, hiding: Hiding) -> Any:
    if isinstance(value, personal):
        return shape(value)
    if name == "exception":
        return without_words(str(value))
    return value if name in PLAIN else hiding.value(value)


def without_words(traceback: str) -> str:
    """Where it was raised and what, not what it said: nobody knows what that names."""
    kept = []
    for line in traceback.splitlines():
        if line.startswith((" ", "Traceback", "During ", "The above ", "\t")) or not line:
            kept.append(line)
        elif found := _RAISED.match(line):
            kept.append(f"{found[0]}: (not given out)")
        elif re.fullmatch(r"(?:\w+\.)*\w+", line):
            kept.append(line)
        elif line.lstrip().startswith(("+", "|")):
            kept.append("| ...")
    return "\n".join(kept)
