"""Who may look at what a company has, who may change it, and who may use an application; other
rooms ask here too."""

from typing import Final

from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.applications import Application

IN_CALLER: Final = (Application.CALLER, Application.TOOLKIT)
"What people do in the Caller programs do by the Toolkit: with either one it may be done."


def may_change(actor: Actor, company: CompanyId, kind: str, field: str | None = None) -> None:
    """NotFound where the actor may not even know of it; NotAllowed where it may only look."""
    if not actor.manages(company):
        if actor.user is not None and actor.company == company:
            raise NotAllowed("Only administrators may do this.", why="administratorsOnly")
        raise missing(kind, field)


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


def application_not_granted(application: Application) -> NotAllowed:
    return NotAllowed(
        f"You are not authorised to use {application}.",
        why="applicationNotGranted",
        parameters={"application": application},
    )
