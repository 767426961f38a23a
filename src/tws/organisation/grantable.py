"""What may be granted to whom: the table of 7.4, and nothing else says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_CALENDAR_PRESENCES
from tws.organisation.permission import IN_CALLER

PEOPLE = (GranteeKind.USER, GranteeKind.GROUP)
OF_PEOPLE = (ObjectKind.USER, ObjectKind.GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grantable:
    """One type of objects. Nothing is granted from one company to another."""

    objects: tuple[ObjectKind, ...]
    grantees: tuple[GranteeKind, ...]
    across_domains: bool
    """Whether object and grantee may be of different domains. Applications are of no domain;
    of statistics and recordings the guide says nothing (decision 0049)."""
    reversed: bool = False
    """Screens begin with the user who gets the right; then come those whose data he may see
    (9.4.2)."""
    needs: tuple[Application, ...] = IN_CALLER
    "One of these is needed besides to see anything."
    parameter: str | None = None
    "Which must be Yes for who sees."
    own: bool = False
    "Of himself everybody has it, ungranted."


GRANTABLE: Mapping[GrantKind, Grantable] = {
    GrantKind.APPLICATION: Grantable(
        objects=(ObjectKind.APPLICATION,), grantees=PEOPLE, across_domains=True, needs=()
    ),
    GrantKind.DIRECTORY: Grantable(
        objects=(ObjectKind.DIRECTORY,),
        grantees=(
            *PEOPLE,
            GranteeKind.QUEUE,
            GranteeKind.INTERCOM_GROUP,
            GranteeKind.DOMAIN,
        ),
        across_domains=True,
    ),
    GrantKind.CALENDAR: Grantable(
        objects=OF_PEOPLE,
        grantees=PEOPLE,
        across_domains=True,
        parameter=AUTHORIZED_CALENDAR_PRESENCES,
        own=True,
    ),
    GrantKind.INTERCOM_GROUP: Grantable(
        objects=(ObjectKind.INTERCOM_GROUP,), grantees=PEOPLE, across_domains=True
    ),
    GrantKind.QUEUE: Grantable(
        objects=(ObjectKind.QUEUE,),
        grantees=PEOPLE,
        across_domains=False,
        needs=(Application.ALERTER,),
    ),
    GrantKind.CALL_LOG: Grantable(
        objects=OF_PEOPLE, grantees=PEOPLE, across_domains=False, own=True
    ),
    GrantKind.STATISTICS: Grantable(
        objects=OF_PEOPLE,
        grantees=(GranteeKind.USER,),
        across_domains=False,
        reversed=True,
        needs=(Application.STATS_ADMIN,),
    ),
    GrantKind.RECORDINGS: Grantable(
        objects=OF_PEOPLE, grantees=(GranteeKind.USER,), across_domains=False, reversed=True
    ),
}
