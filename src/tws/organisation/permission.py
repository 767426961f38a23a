"""Who may look at what a company has, and who may change it; other rooms ask here too."""

from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, CompanyId


def may_change(actor: Actor, company: CompanyId, kind: str, field: str | None = None) -> None:
    """NotFound where the actor may not even know of it; NotAllowed where it may only look."""
    if not actor.manages(company):
        if actor.user is not None and actor.company == company:
            raise NotAllowed("Only administrators may do this.")
        raise missing(kind, field)


def sees(actor: Actor, company: CompanyId) -> bool:
    """Administrators see what they manage, users their own company."""
    return actor.manages(company) or (actor.user is not None and actor.company == company)
