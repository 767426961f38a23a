"""What a forwarding rule is (9.1.8)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import CallOrigin, ForwardingType

RuleId = NewType("RuleId", str)


class Presence(StrEnum):
    """When a rule holds. At every moment one of the first four does; *calendar* besides, while
    the calendar says busy. All four of them are *always*."""

    ONLINE = "online"
    BUSY = "busy"
    ABSENT = "absent"
    OFFLINE = "offline"
    CALENDAR = "calendar"


ALWAYS = frozenset(Presence) - {Presence.CALENDAR}


class Slot(NamedTuple):
    """A telephone has at most one forwarding for each."""

    type: ForwardingType
    origin: CallOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingRule:
    """One line of a user's list: the first that is active and fits is written into the PBX."""

    id: RuleId
    version: int
    company: CompanyId
    user: UserId
    position: int
    "Among the user's rules."
    active: bool
    origin: CallOrigin
    presences: tuple[Presence, ...]
    "At least one of them, each once, in the order of `Presence`."
    type: ForwardingType
    destination: str
    "As it was typed."

    @property
    def slot(self) -> Slot:
        return Slot(self.type, self.origin)


class Target(NamedTuple):
    """Where a telephone is to forward to."""

    destination: str
    "As the PBX is sent it."
    seconds: int | None = None
    "How long it rings first; of no answer only."


class Mark(StrEnum):
    """What became of a target."""

    ASKED = "asked"
    """The PBX was asked to set it, or to take it away, and has not answered: it may be there or
    not."""
    SET = "set"
    "It is there by us."
    LEFT = "left"
    "Somebody changed it at the telephone since: we leave that alone while we would do the same."


class Kept(NamedTuple):
    """What is known of our doing in one slot; stored, so that a restart knows it too."""

    target: Target
    mark: Mark
    before: str | None = None
    "Where it led by us until this was asked for: that may still stand."


class Place(NamedTuple):
    """A telephone, as its PBX knows it: whoever it belongs to, or nobody."""

    link: str
    number: str


class Effect(StrEnum):
    """What a rule does on one telephone now."""

    IN_FORCE = "inForce"
    "The telephone forwards by it."
    ASKED = "asked"
    "It is being written into the PBX."
    OFF = "off"
    NOT_NOW = "notNow"
    "It is for another presence."
    BEHIND = "behind"
    "A rule before it is for the same calls."
    CHANGED = "changed"
    "It was changed at the telephone, which counts."
    TAKEN = "taken"
    "The telephone has a forwarding of its own there, which stays."
    NOT_OFFERED = "notOffered"
    "This telephone has no such forwarding."
    ITSELF = "itself"
    "It leads to this telephone."
    REFUSED = "refused"
    "The PBX refused it; the cause says why."
    LINK_DOWN = "linkDown"
    "It is written once the PBX can be asked."
    NOT_ALLOWED = "notAllowed"
    "What it needs was taken from its user; it rests."


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rule does on one telephone, and why the PBX refused it: an ECMA-269 error, and the
    PBX's own words."""

    effect: Effect
    cause: str | None = None
    reason: str | None = None
