"""How large the site is, and how much happens there: by variables of the environment."""

import os
from dataclasses import asdict, dataclass, fields
from typing import Self

FIRST_NUMBER = 10_000
QUEUE_PREFIX = "7"
TRUNKS = 120
AGENTS = 25
"Telephones of each link that answer its queue."


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Times in seconds but for `minutes`."""

    links: int = 40
    devices: int = 500
    "On each link, numbered one after the other through all links."
    users: int = 50_000
    "The first of them have the devices."
    pages: int = 4_000
    "People with the Caller open, each with a device."
    watched: int = 50
    "Colleagues on each page."
    calls: float = 40.0
    "Calls a second, all links together, at random (Poisson)."
    ring: float = 8.0
    "Mean time until an answer."
    talk: float = 60.0
    "Mean length of a conversation."
    clicks: float = 0.2
    "Share of the calls that ring at somebody with a page and are answered by a click there."
    reads: float = 2.0
    "Reads of the API a second: call log, contacts."
    logins: float = 0.2
    "Sign-ins with a password a second, each signed out again."
    flaps: float = 0.0
    "Seconds between two links that are lost and dialled again; 0 = none."
    minutes: float = 15.0

    @classmethod
    def from_environment(cls, **usual: float) -> Self:
        """`LINKS`, `DEVICES`, `CALLS`... over `usual` over what stands above. ValueError."""
        given = dict(usual)
        for field in fields(cls):
            if text := os.environ.get(field.name.upper()):
                given[field.name] = float(text)
        plain = asdict(cls())
        size = cls(**{name: type(plain[name])(value) for name, value in given.items()})
        if size.users < size.links * size.devices or size.pages > size.links * size.devices:
            raise ValueError("USERS >= LINKS x DEVICES >= PAGES is needed")
        return size

    def numbers(self, link: int) -> list[str]:
        """The telephones of a link."""
        first = FIRST_NUMBER + link * self.devices
        return [str(first + n) for n in range(self.devices)]

    def queue(self, link: int) -> str:
        return f"{QUEUE_PREFIX}{link:03}"

    def agents(self, link: int) -> list[str]:
        return self.numbers(link)[: min(AGENTS, self.devices // 2)]

    def __str__(self) -> str:
        calls = f"{self.calls:g} calls/s" if self.calls else "calls"
        return (
            f"{self.links * self.devices:,} devices over {self.links} links, "
            f"{self.users:,} users, {self.pages:,} pages of {self.watched} colleagues, "
            f"{calls} of {self.ring:g} s ringing and {self.talk:g} s talking"
        )

    def shown(self) -> dict[str, float]:
        return asdict(self)
