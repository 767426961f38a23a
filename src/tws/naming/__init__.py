"""Who is at the other end of the calls under way, for the user of each device."""

from tws.naming.events import PartyNamed
from tws.naming.names import Names
from tws.naming.overseen import OverseenNamed, OverseenNames

__all__ = ["Names", "OverseenNamed", "OverseenNames", "PartyNamed"]
