"""Logs: set up once, by the command line.

A log line is a static message and fields. Numbers and names of people stand only in fields made by
`personal`, which can be masked as a whole; tracebacks carry no local variables, which would hold
them too.
"""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec
import structlog
from structlog.typing import EventDict, WrappedLogger

from tws.telemetry.context import request_id
from tws.telemetry.recent import keep

MASKED = "***"


class personal(str):
    """A field that says something of a person: `log.info("called", number=personal(number))`."""

    __slots__ = ()


Follower = Callable[[Mapping[str, Any]], None]
_followers: list[Follower] = []
_steps = True


def follow(follower: Follower) -> None:
    """Be told each line of the log from now on, masked as it is written. From any thread; it
    never waits, and logs nothing itself."""
    _followers.append(follower)


def leave(follower: Follower) -> None:
    if follower in _followers:
        _followers.remove(follower)


def logs_steps() -> bool:
    """Whether lines of steps of calls are written at all: they are many, and what they say takes
    longer to make than to leave out."""
    return _steps


def _tell(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    for follower in tuple(_followers):
        follower(event)
    return event


def set_up(
    *,
    form: Literal["auto", "console", "json"] = "auto",
    level: Literal["debug", "info", "warning", "error"] = "info",
    mask: bool = True,
    calls: bool = True,
    node: str | None = None,
) -> None:
    """Lines for people on a terminal, JSON elsewhere; on standard error.

    `mask` hides `personal` fields. `calls`: a line for each step of each call, by its `thread`.
    `node`: what this one of several is called, in each line.
    """
    global _steps
    _steps = calls and level in ("debug", "info")
    console = form == "console" or (form == "auto" and sys.stderr.isatty())
    processors: list[Any] = [
        structlog.processors.add_log_level,
        _add_request,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if not calls:
        processors.insert(1, _drop_steps)
    if node is not None:
        processors.append(_naming(node))
    processors.append(keep)
    if mask:
        processors.append(_mask)
    processors.append(_tell)
    if console:
        plain = structlog.dev.plain_traceback
        processors.append(structlog.dev.ConsoleRenderer(exception_formatter=plain))
    else:
        processors += [structlog.processors.format_exc_info, _render]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _add_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if request := request_id():
        event.setdefault("request", request)
    return event


def _naming(node: str) -> Callable[[WrappedLogger, str, EventDict], EventDict]:
    def name(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["node"] = node
        return event

    return name


def _drop_steps(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if "thread" in event and event["level"] == "info":
        raise structlog.DropEvent
    return event


def _render(_: WrappedLogger, __: str, event: EventDict) -> str:
    """A line of JSON: five times faster than the standard library's."""
    return msgspec.json.encode(event, enc_hook=str).decode()


def _mask(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {k: MASKED if isinstance(v, personal) else v for k, v in event.items()}
