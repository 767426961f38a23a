"""Accounts of users and administrators: whose they are, and who may do something about them."""

from tws.access.model import Owner
from tws.errors import missing
from tws.organisation.actor import Actor, AdministratorId, CompanyId, UserId
from tws.organisation.permission import managed, super_users_only
from tws.organisation.registry import Registry


def managed_user(actor: Actor, registry: Registry, id: UserId) -> Owner:
    """For administrators of his company."""
    return Owner(user=managed(actor, registry.users, id, "user").id)


def managed_administrator(actor: Actor, registry: Registry, id: AdministratorId) -> Owner:
    """For super users."""
    super_users_only(actor)
    if id not in registry.administrators:
        raise missing("administrator")
    return Owner(administrator=id)


def company_of(registry: Registry, owner: Owner) -> CompanyId | None:
    """Of a user; administrators belong to none."""
    user = registry.users.get(owner.user) if owner.user else None
    return user.company if user else None


def may_end(actor: Actor, registry: Registry, owner: Owner) -> bool:
    """Whether what opens that account is taken away by who asks: its own, by an administrator of
    the user's company, by a super user."""
    if owner.administrator is not None:
        return actor.administrator == owner.administrator or actor.super_user
    user = registry.users.get(owner.user) if owner.user else None
    return user is not None and (actor.user == user.id or actor.manages(user.company))
