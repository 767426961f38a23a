"""What an import does to users: data."""

from dataclasses import dataclass

from tws.organisation.model import User, UserDevice


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """`before` None = created, `after` None = taken away."""

    before: UserDevice | None
    after: UserDevice | None


@dataclass(frozen=True, slots=True)
class UserChange:
    """One user with what changes of his devices. `before` None = created, `after` None = deleted,
    and all that is his; both the same: only devices change."""

    before: User | None
    after: User | None
    devices: tuple[DeviceChange, ...] = ()

    @property
    def username(self) -> str:
        user = self.after or self.before
        return user.username if user is not None else ""
