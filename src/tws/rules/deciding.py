"""Which forwardings a telephone should have by the rules of its user, and what is to be done for
it. Pure.

What TWS did not set is not taken away: a forwarding that was made at the telephone stays, and what
TWS set and somebody changed there counts as changed, until the rules would do something else.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from tws.rules.model import (
    Effect,
    ForwardingRule,
    Kept,
    Mark,
    Presence,
    RuleId,
    Slot,
    Target,
)
from tws.telephony.model import CallOrigin, ForwardingType

EACH = (CallOrigin.INTERNAL, CallOrigin.EXTERNAL)
"Of one of them every call is."
Same = Callable[[str, str], bool]
"Whether two numbers lead to the same line."


class Decision(NamedTuple):
    slots: Mapping[Slot, ForwardingRule]
    "By which rule each forwarding is to be set; the others are to be none of ours."
    without: Mapping[RuleId, Effect]
    "The rules that set nothing, and why."


def decide(
    rules: Sequence[ForwardingRule], now: Collection[Presence], offered: Collection[Slot]
) -> Decision:
    """`rules` in their order; `offered`: what this telephone can be set to. For calls of each kind
    the first counts that is active, is for what is `now`, and that this telephone can do."""
    without: dict[RuleId, Effect] = {}
    winners: dict[Slot, ForwardingRule] = {}
    for rule in rules:
        if (why := _why_not(rule, now, offered)) is not None:
            without[rule.id] = why
            continue
        free = [slot for slot in _kinds(rule) if slot not in winners]
        winners |= dict.fromkeys(free, rule)
        if not free:
            without[rule.id] = Effect.BEHIND
    slots: dict[Slot, ForwardingRule] = {}
    for type in ForwardingType:
        slots |= _written(type, winners, offered)
    return Decision(slots, without)


def _why_not(
    rule: ForwardingRule, now: Collection[Presence], offered: Collection[Slot]
) -> Effect | None:
    if not rule.active:
        return Effect.OFF
    if not any(presence in now for presence in rule.presences):
        return Effect.NOT_NOW
    if rule.slot not in offered and not (
        rule.origin is CallOrigin.ALL and all(slot in offered for slot in _kinds(rule))
    ):
        return Effect.NOT_OFFERED
    return None


def _kinds(rule: ForwardingRule) -> list[Slot]:
    """Of the calls that it is for."""
    return [
        Slot(rule.type, o) for o in (EACH if rule.origin is CallOrigin.ALL else (rule.origin,))
    ]


def _written(
    type: ForwardingType, winners: Mapping[Slot, ForwardingRule], offered: Collection[Slot]
) -> dict[Slot, ForwardingRule]:
    """As the telephone can be told it. Its setting for all calls holds where there is none for
    calls of that origin."""
    both = Slot(type, CallOrigin.ALL)
    found = {slot: winners[slot] for o in EACH if (slot := Slot(type, o)) in winners}
    one_for_all = len(found) == len(EACH) and len({rule.id for rule in found.values()}) == 1
    if one_for_all and both in offered:
        return {both: next(iter(found.values()))}
    # What has no place of its own is by a rule for all calls: else it would not be offered.
    return {slot if slot in offered else both: rule for slot, rule in found.items()}


class Step(NamedTuple):
    """What is to be done in one slot."""

    set: Target | None
    clear: bool
    kept: Kept | None
    "What is to be known before it is done."
    effect: Effect
    "Of the rule that wants it."


def step(wanted: Target | None, found: str | None, kept: Kept | None, same: Same) -> Step:
    """`found`: where the telephone forwards now; None = nowhere. `kept`: what we did before."""
    if kept is not None and kept.mark is not Mark.LEFT:
        if found is not None and ours(found, kept, same):
            return _over_ours(wanted, found, kept, same)
        # What was asked for and never came leaves no trace; what stood has been changed there.
        kept = None if kept.mark is Mark.ASKED else Kept(kept.target, Mark.LEFT)
    if wanted is None:
        return Step(None, False, None, Effect.NOT_NOW)
    if kept is not None and kept.target.destination != wanted.destination:
        kept = None  # it would do something else now
    if found is not None:
        if same(found, wanted.destination):
            return Step(None, False, kept, Effect.IN_FORCE)
        return Step(None, False, kept, Effect.TAKEN if kept is None else Effect.CHANGED)
    if kept is not None:
        return Step(None, False, kept, Effect.CHANGED)
    return Step(wanted, False, Kept(wanted, Mark.ASKED), Effect.ASKED)


def ours(found: str | None, kept: Kept | None, same: Same) -> bool:
    """Whether what a telephone forwards was set by us."""
    if found is None or kept is None or kept.mark is Mark.LEFT:
        return False
    if same(found, kept.target.destination):
        return True
    return kept.mark is Mark.ASKED and kept.before is not None and same(found, kept.before)


def _over_ours(wanted: Target | None, found: str, kept: Kept, same: Same) -> Step:
    stands = kept.target if same(found, kept.target.destination) else Target(found)
    if wanted is None:
        # Asked for, too: the answer may be lost, and nothing be there then by us.
        return Step(None, True, Kept(stands, Mark.ASKED), Effect.NOT_NOW)
    if wanted == stands:
        return Step(None, False, Kept(wanted, Mark.SET), Effect.IN_FORCE)
    return Step(wanted, False, Kept(wanted, Mark.ASKED, found), Effect.ASKED)


def refused(asked: Step) -> Kept | None:
    """After the PBX has said no to what was asked for: what stood there before still does."""
    if asked.kept is None or asked.kept.mark is not Mark.ASKED:
        return asked.kept
    if asked.clear:
        return Kept(asked.kept.target, Mark.SET)
    return None if asked.kept.before is None else Kept(Target(asked.kept.before), Mark.SET)
