"""On whose behalf something is done. Every service operation takes an Actor first.

Only `tws.access` makes actors of people and programs. What an actor may not see is answered
exactly like what does not exist: services look things up through the actor's company, never by id
alone.
"""

from dataclasses import dataclass
from typing import NewType

from tws.organisation.applications import Application

CompanyId = NewType("CompanyId", str)
DomainId = NewType("DomainId", str)
UserId = NewType("UserId", str)
GroupId = NewType("GroupId", str)
QueueId = NewType("QueueId", str)
IntercomGroupId = NewType("IntercomGroupId", str)
DirectoryId = NewType("DirectoryId", str)
CollaborationId = NewType("CollaborationId", str)
"Row id of a collaboration source: where calendars are read."
SmsProviderId = NewType("SmsProviderId", str)
UserImportId = NewType("UserImportId", str)
ScimConnectionId = NewType("ScimConnectionId", str)
AdministratorId = NewType("AdministratorId", str)
DeviceRowId = NewType("DeviceRowId", str)
"Row id of a user's device (an extension on a link); `telephony` knows it by (link, number)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One of: a user (`user` set), an administrator (`administrator` set), or the system itself
    (neither).
    """

    label: str
    "For the audit log: a user name, `administrator NAME`, `system`."
    company: CompanyId | None = None
    """A user's company. None for the system and for administrators, who name a company in each
    request.
    """
    domain: DomainId | None = None
    user: UserId | None = None
    administrator: AdministratorId | None = None
    companies: frozenset[CompanyId] | None = frozenset()
    "Those an administrator may manage; None = all (super user, system)."
    applications: frozenset[Application] = frozenset()
    session: str | None = None
    "Row id of the session or API key, so that revoking it ends what it started."
    helper: bool = False
    "It is the helper of the user's desk, which may do no more than that."

    def manages(self, company: CompanyId) -> bool:
        """Whether it may change the company's settings."""
        return self.user is None and (self.companies is None or company in self.companies)

    @property
    def super_user(self) -> bool:
        return self.user is None and self.companies is None


SYSTEM = Actor(label="system", companies=None)
