"""Queues and intercom groups."""

from pydantic import Field

from tws.web.api.admin.described import OfDomain
from tws.web.api.admin.rows import IntercomGroupRow, QueueRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Version

router = Operations("/admin", tags=["administration"])


class CreateQueueBody(Body):
    domain: Id
    name: Name = Field(examples=["Reception"])


class UpdateQueueBody(Body):
    version: Version
    name: Name = Field(examples=["Reception"])


queues = RowsApi(router, "/queues", "Queue", QueueRow)
queues.listing(
    lambda rooms: rooms.organisation.grantees.list_queues, "Shared call queues.", OfDomain
)
queues.creation(
    lambda rooms: rooms.organisation.grantees.create_queue, "A queue.", CreateQueueBody
)
queues.finding(lambda rooms: rooms.organisation.grantees.get_queue, "One queue.")
queues.change(
    lambda rooms: rooms.organisation.grantees.update_queue, "Rename a queue.", UpdateQueueBody
)
queues.deletion(
    lambda rooms: rooms.organisation.grantees.delete_queue,
    "Refused while something is granted to it.",
)


class CreateIntercomGroupBody(Body):
    domain: Id
    name: Name = Field(examples=["Hotline"])


class UpdateIntercomGroupBody(Body):
    version: Version
    name: Name = Field(examples=["Hotline"])


intercom_groups = RowsApi(router, "/intercom-groups", "Intercom Group", IntercomGroupRow)
intercom_groups.listing(
    lambda rooms: rooms.organisation.grantees.list_intercom_groups, "Intercom groups.", OfDomain
)
intercom_groups.creation(
    lambda rooms: rooms.organisation.grantees.create_intercom_group,
    "An intercom group.",
    CreateIntercomGroupBody,
)
intercom_groups.finding(
    lambda rooms: rooms.organisation.grantees.get_intercom_group, "One intercom group."
)
intercom_groups.change(
    lambda rooms: rooms.organisation.grantees.update_intercom_group,
    "Rename an intercom group.",
    UpdateIntercomGroupBody,
)
intercom_groups.deletion(
    lambda rooms: rooms.organisation.grantees.delete_intercom_group,
    "Refused while something is granted to it.",
)
