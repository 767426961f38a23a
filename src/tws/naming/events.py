"""What naming publishes."""

from dataclasses import dataclass

from tws.directory.model import Match
from tws.organisation.model import UserDevice
from tws.organisation.shared_device import Queue
from tws.telephony.model import LegId, LinkId, ThreadId


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """A number in a call has been looked up for the user of one leg."""

    link: LinkId
    leg: LegId
    number: str
    "As the PBX gave it."
    match: Match | None
    "None: nobody has this number; what the PBX calls the party stands."


@dataclass(frozen=True, slots=True)
class NameWanted:
    """A number has to be looked up for the user, or the call queue, of one leg."""

    link: LinkId
    leg: LegId
    thread: ThreadId
    holder: UserDevice | Queue
    number: str
