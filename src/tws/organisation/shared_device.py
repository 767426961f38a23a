"""Devices that belong to no user but to what several share, as immutable values: a call queue
(9.2.2), an intercom group (9.1.2)."""

from dataclasses import dataclass, field

from tws.organisation.actor import CompanyId, DomainId, IntercomGroupId, QueueId


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDevice:
    """What both have. Without a number it is a name to which something is granted, no device."""

    version: int
    company: CompanyId
    domain: DomainId
    name: str
    link: str | None = None
    number: str = ""
    "On that link, as the PBX knows it."
    protocol: str = "CSTA"
    media_protocol: str = "None"
    "`None`: a telephone that stands somewhere. Else a device of the PBX without one (virtual)."
    lines: int = 1
    "*Cco(s)*: how many calls a virtual device has at once."
    password: str = field(default="", repr=False)
    "Of the extension in the PBX: sealed; empty = there is none."

    @property
    def password_set(self) -> bool:
        return bool(self.password)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(SharedDevice):
    """A shared call queue, *puits d'appels*."""

    id: QueueId

    @property
    def numbers(self) -> tuple[str, ...]:
        """Those that are monitored for it."""
        return (self.number,) if self.number else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntercomGroup(SharedDevice):
    """People who see each other's telephones."""

    id: IntercomGroupId
    count: int = 1
    "*Nb demandé*: it has so many numbers, one after the other, of which `number` is the first."
    supervised: tuple[str, ...] = ()
    """Telephones on its link that are no user's, a door or a workshop, which those authorised on
    the group see too."""

    @property
    def own_numbers(self) -> tuple[str, ...]:
        if not self.number:
            return ()
        if self.count == 1:
            return (self.number,)
        first, digits = int(self.number), len(self.number)
        return tuple(f"{first + n:0{digits}}" for n in range(self.count))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Those that are monitored for it."""
        return (*self.own_numbers, *self.supervised)
