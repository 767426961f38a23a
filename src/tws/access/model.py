"""Sessions and API keys, as immutable values."""

from dataclasses import dataclass, field
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
class Factor:
    """Somebody's second factor, as it is stored."""

    owner: Owner
    secret: str = field(repr=False)
    "Sealed."
    created: datetime
    confirmed: bool = False
    "Once a code of it was shown: it is needed from then on."
    last_step: int = 0
    "Of RFC 6238: no code of it, or of one before, is good any more."
    recovery: tuple[str, ...] = field(default=(), repr=False)
    "SHA-256 of the codes that are left, in hexadecimal."


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

    @property
    def owner(self) -> Owner:
        return Owner(user=self.user, administrator=self.administrator)


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
    helper: bool = False
    "Good for the helper of a desk alone: not for the rest of the API."


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key as it is stored."""

    key: ApiKey
    secret: str
    "SHA-256 of its secret, in hexadecimal."

    @property
    def id(self) -> str:
        return self.key.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A credential of somebody's authenticator (WebAuthn)."""

    id: str
    owner: Owner
    rp: str
    "The name of this server at which it was made, and is good."
    credential: str = field(repr=False)
    "Its id, in base64url."
    public_key: str = field(repr=False)
    "COSE, in base64url."
    name: str
    sign_count: int
    backed_up: bool
    "Whether it is on several devices of theirs."
    created: datetime
    seen: datetime | None = None
    "When somebody last signed in with it."
