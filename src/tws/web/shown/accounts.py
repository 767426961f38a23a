"""Users and administrators as values."""

from tws.organisation.actor import AdministratorId, UserId
from tws.web.shown.known import Known
from tws.web.shown.photos import photo_address
from tws.web.shown.values import AdministratorValue, DomainName, MeValue


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
