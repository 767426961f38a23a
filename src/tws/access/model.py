"""Sessions and API keys, as immutable values."""

from dataclasses import dataclass
from datetime import datetime

from tws.organisation.actor import AdministratorId, CompanyId, UserId


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose password it is."""

    user: UserId | None = None
    administrator: AdministratorId | None = None

    @property
    def id(self) -> str:
        return self.user or self.administrator or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser signed in. Exactly one of `user` and `administrator` is set."""

    id: str
    token: str
    "SHA-256 of what the browser holds, in hexadecimal."
    user: UserId | None
    administrator: AdministratorId | None
    created: datetime
    seen: datetime
    address: str
    agent: str
    "What the browser says it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """What a program shows to act as its user."""

    id: str
    company: CompanyId
    user: UserId
    label: str
    created: datetime
    expires: datetime | None
    seen: datetime | None
    "When it was last used, to the nearest few minutes."


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key as it is stored."""

    key: ApiKey
    secret: str
    "SHA-256 of its secret, in hexadecimal."

    @property
    def id(self) -> str:
        return self.key.id
