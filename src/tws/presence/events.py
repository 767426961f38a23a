"""What the room publishes."""

from msgspec import Struct

from tws.organisation.actor import CompanyId, UserId
from tws.presence.model import Said


class PresenceChanged(Struct, frozen=True):
    """What somebody says, or whether a page of theirs is open, is other than before. What
    telephones and calendars do is told by those rooms."""

    company: CompanyId
    user: UserId


class SaidChanged(Struct, frozen=True):
    """What somebody says from now on."""

    said: Said
