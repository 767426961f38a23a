"""Rows of the organisation as administrators see them."""

from typing import Annotated, Any, TypeVar

import msgspec

from tws.organisation.actor import Application
from tws.web.values import Value

V = TypeVar("V", bound=Value)


class CompanyRow(Value):
    """A company: nothing is shared between two of them."""

    id: str
    version: int
    name: str


class DomainRow(Value):
    """Users of one company with the same technical environment, and its dial plan."""

    id: str
    version: int
    company: str
    name: str
    time_zone: str
    internal_length: int
    country_prefix: str
    external_prefix: str
    international_prefix: str
    national_prefix: str
    inverse_length: int
    incoming_remove: str
    incoming_add: str


class UserRow(Value):
    """A user of a domain."""

    id: str
    version: int
    company: str
    domain: str
    username: str
    display_name: str
    first_name: str
    last_name: str
    email: str
    mobile: str
    culture: str
    enabled: bool


class DeviceRow(Value):
    """An extension of a user on a link."""

    id: str
    version: int
    company: str
    domain: str
    user: str
    link: str
    number: str
    protocol: str
    label: str


class GroupRow(Value):
    """Users to whom something is granted together."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    members: Annotated[list[str], msgspec.Meta(description="Ids of users.")]


class AuthorisationRow(Value):
    """An application granted to a user or to a group."""

    id: str
    version: int
    company: str
    application: Application
    user: str | None
    group: str | None


class AdministratorRow(Value):
    """An administrator. A super user manages all companies."""

    id: str
    version: int
    username: str
    super_user: bool
    companies: Annotated[list[str], msgspec.Meta(description="Ids of those managed.")]


class LinkRow(Value):
    """A link to a PBX."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    dialect: str
    capacity: Annotated[int, msgspec.Meta(description="Devices monitored at once.")]
    enabled: bool
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(description="By name, as `listDialects` tells them; secret ones are null."),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]


def shown(row: object, kind: type[V]) -> V:
    """A row of the organisation as a value of `kind`."""
    return msgspec.convert(row, kind, from_attributes=True)
