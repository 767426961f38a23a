"""Who may look into directories; and the queues and intercom groups among them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from tws.web.api.admin.described import OfCompany, OfDomain
from tws.web.api.admin.rows import (
    DirectoryGrantRow,
    IntercomGroupRow,
    QueueRow,
    directory_grant_row,
)
from tws.web.api.admin.rows_api import RowsApi
from tws.web.shapes import Body, Id, Name, Version

router = APIRouter(prefix="/admin", tags=["administration"])


@dataclass(frozen=True)
class OfDirectory(OfCompany):
    directory: Annotated[str | None, Query(description="Only of this directory, by id.")] = None
    user: Annotated[str | None, Query(description="Only to this user, by id.")] = None
    group: Annotated[str | None, Query(description="Only to this group, by id.")] = None
    queue: Annotated[str | None, Query(description="Only to this queue, by id.")] = None
    intercom_group: Annotated[
        str | None, Query(alias="intercomGroup", description="Only to this one, by id.")
    ] = None
    domain: Annotated[
        str | None, Query(description="Only to everybody of this domain, by id.")
    ] = None


class DirectoryGrantBody(Body):
    """To exactly one of the five. They may be of another domain of the same company."""

    directory: Id
    user: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"])
    group: Id | None = None
    queue: Id | None = None
    intercom_group: Id | None = None
    domain: Id | None = Field(None, description="Everybody of that domain.")


grants = RowsApi(
    router,
    "/directory-grants",
    "Directory Grant",
    DirectoryGrantRow,
    show=lambda _, grant: directory_grant_row(grant),
)
grants.listing(
    lambda rooms: rooms.organisation.directory_grants.list_directory_grants,
    "Who may look into which directory.",
    OfDirectory,
)
grants.creation(
    lambda rooms: rooms.organisation.directory_grants.create_directory_grant,
    "Let somebody look into a directory.",
    DirectoryGrantBody,
)
grants.finding(lambda rooms: rooms.organisation.directory_grants.get_directory_grant, "One grant.")
grants.deletion(
    lambda rooms: rooms.organisation.directory_grants.delete_directory_grant,
    "Withdraw it: at once, everywhere.",
)


# ---------------------------------------------------------------- queues and intercom groups


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
