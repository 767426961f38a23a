"""Rules on paper."""

from collections.abc import Sequence

from tws.organisation.actor import CompanyId, UserId
from tws.rules.model import ForwardingRule, Presence, RuleId
from tws.telephony.model import CallOrigin, ForwardingType


def rule(
    name: str,
    *,
    type: ForwardingType = ForwardingType.IMMEDIATE,
    origin: CallOrigin = CallOrigin.ALL,
    presences: Sequence[Presence] = (Presence.ONLINE,),
    active: bool = True,
    destination: str = "4002",
) -> ForwardingRule:
    return ForwardingRule(
        id=RuleId(name),
        version=1,
        company=CompanyId("company"),
        user=UserId("user"),
        position=1,
        active=active,
        origin=origin,
        presences=tuple(presences),
        type=type,
        destination=destination,
    )
