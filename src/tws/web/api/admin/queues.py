"""Shared call queues (9.2.2)."""

from pydantic import Field

from tws.organisation.queues import QueueMedia
from tws.organisation.shared_devices import CtiProtocol
from tws.web.api.admin.described import OfDomain
from tws.web.api.admin.rows import QueueRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Text, Version

router = Operations("/admin", tags=["administration"])
ON_LINK = "The link on which the number is; without it the queue is a name only."


def csta() -> CtiProtocol:
    return "CSTA"


def no_media() -> QueueMedia:
    return "None"


class CreateQueueBody(Body):
    domain: Id
    name: Name = Field(examples=["Reception"])
    link: Text = Field("", description=ON_LINK)
    number: Text = Field("", examples=["7000"])
    protocol: CtiProtocol = "CSTA"
    media_protocol: QueueMedia = Field(
        "None", description="`None`: a device that is there; `TWS`: a virtual one."
    )
    lines: int = Field(1, ge=1, le=1000, description="Calls that a virtual device has at once.")
    password: Text = Field(
        "", description="Of the extension in the PBX. It is stored sealed, and never told."
    )


class UpdateQueueBody(Body):
    """What is left out stays."""

    version: Version
    name: Name = Field(default_factory=str, examples=["Reception"])
    link: Text = Field(default_factory=str, description="Empty takes it off its link.")
    number: Text = Field(default_factory=str)
    protocol: CtiProtocol = Field(default_factory=csta)
    media_protocol: QueueMedia = Field(default_factory=no_media)
    lines: int = Field(default_factory=int, ge=1, le=1000)
    password: Text = Field(default_factory=str, description="Empty takes it away.")


queues = RowsApi(router, "/queues", "Queue", QueueRow)
queues.listing(
    lambda rooms: rooms.organisation.queues.list_queues, "Shared call queues.", OfDomain
)
queues.creation(lambda rooms: rooms.organisation.queues.create_queue, "A queue.", CreateQueueBody)
queues.finding(lambda rooms: rooms.organisation.queues.get_queue, "One queue.")
queues.change(
    lambda rooms: rooms.organisation.queues.update_queue, "Change a queue.", UpdateQueueBody
)
queues.deletion(
    lambda rooms: rooms.organisation.queues.delete_queue,
    "Refused while something is granted to it.",
)
