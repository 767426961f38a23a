"""Telling the user of a carrier what happened, so that its mistakes never stop the carrier."""

from collections import Counter
from collections.abc import Callable
from typing import ParamSpec

import structlog

from tws.sentences import sentence

P = ParamSpec("P")
log = structlog.get_logger(__name__)

USER_FAILED = sentence("internal error while handling what the peer sent")
"Why a connection is closed whose user raised; the log has the rest."


class Telling:
    """Calls the user back until `silent` is set; counts what a carrier survives, by name."""

    def __init__(self) -> None:
        self.counters: Counter[str] = Counter()
        self.silent = False

    def tell(self, callback: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Call back; False if that raised, and the connection it was about must be closed."""
        if self.silent:
            return True
        try:
            callback(*args, **kwargs)
        except Exception:  # one connection's mistake must not stop the others
            self.counters["user_errors"] += 1
            log.exception("carrier user failed")
            return False
        return True
