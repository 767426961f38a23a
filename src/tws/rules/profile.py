"""What a profile is (9.1): under a name, the current device and the forwarding rules that go with
it."""

from dataclasses import dataclass
from typing import NewType

from tws.organisation.actor import CompanyId, DeviceRowId, UserId

ProfileId = NewType("ProfileId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One of a user's; at most one of them is chosen."""

    id: ProfileId
    version: int
    company: CompanyId
    user: UserId
    name: str
    device: DeviceRowId | None
    "The current device: one of the user's, which may be gone; None = `number`."
    number: str
    "A telephone elsewhere, as it was typed; calls are forwarded there. Empty = `device`."
    rules: tuple[str, ...]
    "Ids of the forwarding rules that are switched on with it; some may be gone."
    chosen: bool
