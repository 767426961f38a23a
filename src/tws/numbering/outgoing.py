"""From what people type to what the PBX is sent (specification 5.1 and 5.2).

No phone-number library decides here: `+42...` is no country, and is dialled as the table says.
"""

from dataclasses import dataclass

from tws.errors import invalid
from tws.numbering.plan import DialPlan, plan_of
from tws.numbering.reading import short_outside
from tws.numbering.rules import EXTERNAL
from tws.numbering.typed import Typed, read_typed
from tws.organisation.model import DialRule, Domain
from tws.sentences import sentence

LONGEST_E164 = 15
"Digits; a longer number may be a mistake, and whoever dials it should be told."


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A number on its way out, and how it came about."""

    number: str
    "What the PBX is sent."
    rule: DialRule | None = None
    prefixed: bool = False
    "The outside-line prefix was put in front, after the rule or for want of one."
    extension: str = ""
    "To be dialled once connected."
    too_long: bool = False
    "More digits than any number of the world."


def outgoing(typed: str, plan: DialPlan) -> Outgoing:
    """What the PBX is sent for `typed`; Invalid with words where it is no number."""
    entry = read_typed(typed)
    if entry.bare in plan.emergency:
        return Outgoing(entry.bare, extension=entry.extension)
    changed, rule = plan.outgoing_rules.apply(entry) or (entry.bare, None)
    number = stripped(changed)
    if rule is not None and not number.strip("+"):
        raise invalid(
            sentence(
                "The rule {rule} of the dial plan leaves nothing of this number.",
                rule=rule.name or rule.pattern,
            ),
            field="number",
        )
    prefixed = _outside(entry, number, rule, plan)
    if prefixed:
        number = plan.external + number
    return Outgoing(number, rule, prefixed, entry.extension, _too_long(number, plan))


def _too_long(number: str, plan: DialPlan) -> bool:
    digits = "".join(c for c in number if c.isdigit()).removeprefix(plan.external)
    if plan.international:
        digits = digits.removeprefix(plan.international)
    return len(digits) > LONGEST_E164


def _outside(entry: Typed, number: str, rule: DialRule | None, plan: DialPlan) -> bool:
    """Whether the outside-line prefix has still to be added (5.2)."""
    if rule is None:
        return len(number) > plan.internal_length and not short_outside(number, plan)
    # What begins with + is outside; a rule whose value names the prefix has seen to it. One that
    # leaves the + wants the PBX to have it.
    return entry.bare.startswith("+") and EXTERNAL not in rule.value and number[:1] != "+"


def dialable(typed: str, domain: Domain) -> str:
    """The number that the PBX is sent for `typed`; Invalid (field `number`) with words."""
    return sent(typed, domain).number


def sent(typed: str, domain: Domain) -> Outgoing:
    """The same, with what is to be said of it."""
    plan = plan_of(domain)
    if domain.apply_to_caller:
        return outgoing(typed, plan)
    number = typed_only(typed)
    return Outgoing(number, too_long=_too_long(number, plan))


def typed_only(typed: str) -> str:
    """What was typed, less blanks and signs: where the dial plan does not apply to the Caller."""
    return stripped(read_typed(typed).bare)


def stripped(number: str) -> str:
    """Digits; a feature code keeps all its `*` and `#`, and a `+` in front stays."""
    if number.startswith(("*", "#")):
        return "".join(c for c in number if c in "0123456789*#")
    sign = "+" if number.startswith("+") else ""
    return sign + "".join(c for c in number if c.isdigit())
