"""What the queues' room publishes."""

from datetime import datetime

from msgspec import Struct

from tws.directory.model import Match
from tws.organisation.actor import QueueId
from tws.queues.model import GaveUp


class QueueMoved(Struct, frozen=True):
    """Somebody came, went, is answered, or may answer."""

    queue: QueueId


class CallerGaveUp(Struct, frozen=True):
    """A call is abandoned."""

    call: GaveUp
    match: Match | None
    "Who it was in the queue's directories."


class AbandonedChanged(Struct, frozen=True):
    """The list of the calls that nobody answered there is another."""

    queue: QueueId
    at: datetime
