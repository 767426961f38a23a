"""From what people type to what the PBX is sent (specification 5.1 and 5.2).

No phone-number library decides here: `+42...` is no country, and is dialled as the table says.
"""

from dataclasses import dataclass

from tws.numbering.plan import DialPlan, plan_of
from tws.numbering.rules import Rule
from tws.numbering.typed import read_typed
from tws.organisation.model import Domain

LONGEST_E164 = 15
"Digits; a longer number may be a mistake, and whoever dials it should be told."


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A number on its way out, and how it came about."""

    number: str
    "What the PBX is sent."
    rule: Rule | None = None
    extension: str = ""
    "To be dialled once connected."
    too_long: bool = False
    "More digits than any number of the world."


def outgoing(typed: str, plan: DialPlan) -> Outgoing:
    """What the PBX is sent for `typed`; Invalid with words where it is no number."""
    entry = read_typed(typed)
    if entry.bare in plan.emergency:
        return Outgoing(entry.bare, extension=entry.extension)
    applied = plan.outgoing_rules.apply(entry)
    if applied is not None:
        changed, rule = applied
        number = _stripped(changed)
    else:
        number, rule = _stripped(entry.bare), None
        if len(number) > plan.internal_length:
            number = plan.external + number
    digits = sum(c.isdigit() for c in number)
    return Outgoing(number, rule, entry.extension, digits > LONGEST_E164 + len(plan.external))


def dialable(typed: str, domain: Domain) -> str:
    """The number that the PBX is sent for `typed`; Invalid (field `number`) with words."""
    return outgoing(typed, plan_of(domain)).number


def _stripped(number: str) -> str:
    """Digits; a feature code keeps all its `*` and `#` (AMB-7), and a `+` in front stays."""
    if number.startswith(("*", "#")):
        return "".join(c for c in number if c in "0123456789*#")
    sign = "+" if number.startswith("+") else ""
    return sign + "".join(c for c in number if c.isdigit())
