"""Which request a line of the log belongs to: its trace id, as of W3C Trace Context.

It is taken up from whoever asks (`traceparent`), else made here. It goes with the work that the
request begins (`contextvars`), but not with what is done later on behalf of many: timers and jobs
begin in a context of their own.
"""

import contextvars
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

PARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
"https://www.w3.org/TR/trace-context/, 3.2; of later versions the same four fields stand first."
_request: contextvars.ContextVar[str] = contextvars.ContextVar("tws_request", default="")


def request_id() -> str:
    """That of the request that this is done for; empty where it is done for none."""
    return _request.get()


def trace_of(traceparent: str) -> str:
    """The trace id of this header; another one where it is none: 32 digits of hexadecimal."""
    found = PARENT.match(traceparent)
    later = found is not None and traceparent[:2] != "00" and traceparent[found.end() :][:1] == "-"
    whole = found is not None and (len(traceparent) == found.end() or later)
    return found[1] if found is not None and whole else os.urandom(16).hex()


@contextmanager
def in_request(id: str) -> Iterator[None]:
    """What is done within is done for it."""
    before = _request.set(id)
    try:
        yield
    finally:
        _request.reset(before)


def nobodys() -> contextvars.Context:
    """For work that is done for no request, whoever lets it begin."""
    return contextvars.Context()
