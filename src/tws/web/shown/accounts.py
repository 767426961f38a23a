"""Users and administrators as values."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.organisation.actor import AdministratorId, UserId
from tws.web.shown.known import Known
from tws.web.shown.photos import photo_address
from tws.web.shown.sentences import SentenceValue
from tws.web.shown.values import Value


class DomainName(Value):
    """The domain of a user."""

    id: str
    name: str
    time_zone: Annotated[str, msgspec.Meta(description="IANA name.")]


class MeValue(Value):
    """Who is signed in, for a user."""

    id: str
    username: str
    display_name: str
    email: Annotated[str, msgspec.Meta(description="Empty = none is known.")]
    culture: Annotated[str, msgspec.Meta(description="`fr`, `en`, or `Auto`: the browser's.")]
    company: Annotated[str, msgspec.Meta(description="The company's name.")]
    domain: DomainName
    applications: list[str]
    photo: Annotated[
        str | None, msgspec.Meta(description="Where your photo is served; null = none.")
    ]


class AdministratorValue(Value):
    """Who is signed in, for an administrator."""

    id: str
    username: str
    super_user: bool
    companies: Annotated[
        list[str] | None,
        msgspec.Meta(description="Ids of the companies they manage; null = all."),
    ]


class SessionValue(Value):
    """Who is signed in: a user or an administrator."""

    user: MeValue | None
    administrator: AdministratorValue | None
    applications: list[str]


class ApiKeyValue(Value):
    """An API key, without its secret."""

    id: str
    user: Annotated[str, msgspec.Meta(description="Id of the user as whom it acts.")]
    label: str
    created: datetime
    expires: datetime | None
    seen: Annotated[datetime | None, msgspec.Meta(description="When it was last used, roughly.")]
    helper: Annotated[
        bool, msgspec.Meta(description="Good for the helper of a desk alone: `tws helper`.")
    ]


class OpenSessionValue(Value):
    """A browser that is signed in."""

    id: str
    created: datetime
    seen: Annotated[datetime, msgspec.Meta(description="When it was last used.")]
    address: str
    agent: Annotated[str, msgspec.Meta(description="What the browser says it is.")]
    current: Annotated[bool, msgspec.Meta(description="Whether it is the one that asks.")]


class TriedMethodValue(Value):
    """What one way of signing in says."""

    method: Annotated[str, msgspec.Meta(description="As in the parameter `AuthMethods`.")]
    outcome: Annotated[
        str,
        msgspec.Meta(
            description="`accepted`, `refused`, `notAsked` (it could not be asked), `notOffered`"
            " (this version has none of that name) or `elsewhere` (on a provider's page, or by"
            " a ticket)."
        ),
    ]
    words: Annotated[str, msgspec.Meta(description="Why; may be empty.")]
    sentence: SentenceValue | None


class SecondFactorValue(Value):
    """Whether a code is needed to sign in besides the password."""

    needed: bool
    created: datetime | None
    recovery_codes: Annotated[int, msgspec.Meta(description="How many are left.")]


class EnrolmentValue(Value):
    """What an authenticator application is given. It is told this once."""

    secret: Annotated[str, msgspec.Meta(description="In base32, to be typed.")]
    address: Annotated[str, msgspec.Meta(description="`otpauth:`, which applications read.")]
    picture: Annotated[str, msgspec.Meta(description="The same as a QR code: a `data:` address.")]


class RecoveryCodesValue(Value):
    """Each signs in once instead of a code of the telephone. They are told this once."""

    codes: list[str]


def user(known: Known, id: UserId) -> MeValue | None:
    """Who a user is."""
    registry = known.registry
    row = registry.users.get(id)
    domain = None if row is None else registry.domains.get(row.domain)
    company = None if row is None else registry.companies.get(row.company)
    if row is None or domain is None or company is None:
        return None
    return MeValue(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        culture=row.culture,
        company=company.name,
        domain=DomainName(id=domain.id, name=domain.name, time_zone=domain.time_zone),
        applications=sorted(registry.applications(row.id)),
        photo=photo_address(row.id, row.photo),
    )


def administrator(known: Known, id: AdministratorId) -> AdministratorValue | None:
    """Who an administrator is."""
    if (row := known.registry.administrators.get(id)) is None:
        return None
    return AdministratorValue(
        id=row.id,
        username=row.username,
        super_user=row.super_user,
        companies=None if row.super_user else sorted(row.companies),
    )
