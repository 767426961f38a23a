"""Licences, as immutable values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tws.organisation.applications import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a licence file says (3.3.1)."""

    voucher: str
    "The serial number of the order, a UUID."
    dongle: str
    "Of the installation that it is for."
    holder: str
    issued: datetime
    expires: datetime | None
    "None = never."
    applications: Mapping[str, int]
    """How many users, or channels, by the names of the guide; of others none. An application of
    a later version stays in it, unused."""

    def available(self, application: Application) -> int:
        return self.applications.get(application, 0)


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the table (3.3.2)."""

    application: Application
    available: int | None
    "None = as many as one likes: there is no licence file."
    used: int

    @property
    def free(self) -> int | None:
        """Less than none where a licence was replaced by a smaller one."""
        return None if self.available is None else self.available - self.used
