"""What the server's log says of calls: a line for each step, found by the call's thread."""

import structlog

from tws.telemetry import logs_steps, personal
from tws.telephony.events import CallChanged

log = structlog.get_logger(__name__)


def log_step(change: CallChanged) -> None:
    """The call as it is now; nothing of who is in it but in a field that is masked."""
    if not logs_steps():
        return
    call = change.call
    now = [f"{one.id.device} {one.state}" for one in call.connections.values()]
    gone = [f"{end.connection.id.device} {end.cause}" for end in change.ended]
    log.info(
        "call over" if call.over else "call step",
        thread=call.thread,
        link=change.link,
        call=call.id,
        cause=change.cause,
        parts=len(now),
        connections=personal(", ".join(now)),
        ended=personal(", ".join(gone)),
        replaces=list(change.replaces),
    )
