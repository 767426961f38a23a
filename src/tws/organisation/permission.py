"""Who may look at what a company has, who may change it, and who may use an application; other
rooms ask here too."""

from collections.abc import Mapping
from typing import Any, Final, Protocol, TypeVar

from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.applications import Application
from tws.organisation.model import Company, User
from tws.storage.rows import Entity


class Owned(Entity, Protocol):
    """A row that belongs to one company."""

    @property
    def company(self) -> CompanyId: ...


OwnedRow = TypeVar("OwnedRow", bound=Owned)

IN_CALLER: Final = (Application.CALLER, Application.TOOLKIT)
"What people do in the Caller programs do by the Toolkit: with either one it may be done."


def may_change(actor: Actor, company: CompanyId, kind: str, field: str | None = None) -> None:
    """NotAllowed to users, whatever they name; NotFound where an administrator may not even know
    of it."""
    administrators_only(actor)
    if not actor.manages(company):
        raise missing(kind, field)


def managed(
    actor: Actor, rows: Mapping[Any, OwnedRow], id: str, kind: str, field: str | None = None
) -> OwnedRow:
    """The row of that id, which the actor may change; `field` names where the id was given."""
    administrators_only(actor)  # before it is looked for: a user learns nothing of what is there
    row = rows.get(id)
    if row is None:
        raise missing(kind, field)
    may_change(actor, row.company, kind, field)
    return row


def managed_company(
    actor: Actor, companies: Mapping[CompanyId, Company], id: str, field: str | None = None
) -> Company:
    """The same of a company."""
    administrators_only(actor)
    company = companies.get(CompanyId(id))
    if company is None:
        raise missing("company", field)
    may_change(actor, company.id, "company", field)
    return company


def managed_companies(
    actor: Actor, companies: Mapping[CompanyId, Company], id: str | None
) -> frozenset[str] | None:
    """Whose rows an administrator is shown: those of the company of that id, or of all that they
    manage; None = of every one, and what belongs to none."""
    administrators_only(actor)
    if id is None:
        return None if actor.companies is None else frozenset(actor.companies)
    return frozenset({managed_company(actor, companies, id, "company").id})


def administrators_only(actor: Actor) -> None:
    if actor.user is not None:
        raise NotAllowed("Only administrators may do this.", why="administratorsOnly")


def forbidden_by(parameter: str, words: str | None = None) -> NotAllowed:
    """What is raised where a parameter of an application says No; `words`: said instead of its
    name."""
    return NotAllowed(
        words or f"The parameter {parameter} does not allow it.",
        why="parameterForbids",
        parameters={"parameter": parameter},
    )


def users_only(actor: Actor, words: str) -> UserId:
    """Who asks; NotAllowed, in these words, to whoever is no user."""
    if actor.user is None:
        raise NotAllowed(words, why="usersOnly")
    return actor.user


def own_row(actor: Actor, users: Mapping[UserId, User], words: str) -> User:
    """The row of the user who asks; NotAllowed, in these words, to whoever is none any more."""
    row = users.get(users_only(actor, words))
    if row is None:
        raise NotAllowed(words, why="usersOnly")
    return row


def super_users_only(actor: Actor) -> None:
    if not actor.super_user:
        raise NotAllowed("Only a super user may do this.", why="superUsersOnly")


def sees(actor: Actor, company: CompanyId) -> bool:
    """Administrators see what they manage, users their own company."""
    return actor.manages(company) or (actor.user is not None and actor.company == company)


def uses(actor: Actor, *applications: Application) -> bool:
    """Whether one of these is granted to the user; to nobody else any is."""
    return not actor.applications.isdisjoint(applications)


def may_use(actor: Actor, *applications: Application) -> None:
    """NotAllowed, which names the first, for a user to whom none of these is granted."""
    if actor.user is not None and not uses(actor, *applications):
        raise application_not_granted(applications[0])


def caller_user(actor: Actor, words: str) -> UserId:
    """Who asks for what TWS Caller does; NotAllowed, in these words, to whoever is no user, and to
    a user to whom neither it nor the Toolkit is granted."""
    user = users_only(actor, words)
    may_use(actor, *IN_CALLER)
    return user


def caller_row(actor: Actor, users: Mapping[UserId, User], words: str) -> User:
    """The same, as the row; NotAllowed to whoever is no user any more."""
    row = own_row(actor, users, words)
    may_use(actor, *IN_CALLER)
    return row


def application_not_granted(application: Application) -> NotAllowed:
    return NotAllowed(
        f"You are not authorised to use {application}.",
        why="applicationNotGranted",
        parameters={"application": application},
    )
