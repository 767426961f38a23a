"""What changes of forwarding rules."""

from msgspec import Struct

from tws.organisation.actor import UserId
from tws.records.kind import Changed
from tws.rules.model import ForwardingRule, Kept, Place, Slot
from tws.rules.profile import Profile


class ForwardingRuleChanged(Changed[ForwardingRule]):
    __slots__ = ()


class ProfileChanged(Changed[Profile]):
    __slots__ = ()


class RulesApplied(Struct, frozen=True):
    """What a user's rules do on their telephones is other than before."""

    user: UserId


class KeptChanged(Struct, frozen=True):
    """What is known of our doing at a telephone, written before its PBX is asked."""

    place: Place
    changes: tuple[tuple[Slot, Kept | None], ...]
