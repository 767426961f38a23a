"""Who is at the other end of the calls under way, for the user of each device."""

from tws.naming.events import PartyNamed
from tws.naming.names import Names

__all__ = ["Names", "PartyNamed"]
