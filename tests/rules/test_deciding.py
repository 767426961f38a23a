"""Which forwardings a telephone should have by the rules of its user."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.making import rule
from tws.rules.deciding import EACH, decide
from tws.rules.model import Effect, ForwardingRule, Presence, RuleId, Slot
from tws.telephony.model import CallOrigin, ForwardingType

IMMEDIATE = ForwardingType.IMMEDIATE
ALL, INTERNAL, EXTERNAL = CallOrigin.ALL, CallOrigin.INTERNAL, CallOrigin.EXTERNAL
EVERY_SLOT = frozenset(Slot(*both) for both in product(ForwardingType, CallOrigin))
FOR_ALL_CALLS = frozenset(Slot(type, ALL) for type in ForwardingType)
ONLINE = frozenset({Presence.ONLINE})

RULES = st.lists(
    st.builds(
        rule,
        st.uuids().map(str),
        type=st.sampled_from(ForwardingType),
        origin=st.sampled_from(CallOrigin),
        presences=st.sets(st.sampled_from(Presence), min_size=1).map(sorted),
        active=st.booleans(),
    ),
    max_size=8,
)
NOW = st.sets(st.sampled_from(Presence), min_size=1)
OFFERED = st.sets(st.sampled_from(sorted(EVERY_SLOT)))


def by(rules: list[ForwardingRule], offered: frozenset[Slot] = EVERY_SLOT) -> dict[Slot, str]:
    return {slot: one.id for slot, one in decide(rules, ONLINE, offered).slots.items()}


def test_the_first_that_is_active_and_fits_counts() -> None:
    rules = [
        rule("off", active=False),
        rule("for another presence", presences=[Presence.ABSENT]),
        rule("first"),
        rule("second"),
    ]
    decision = decide(rules, ONLINE, EVERY_SLOT)
    assert {slot: one.id for slot, one in decision.slots.items()} == {
        Slot(IMMEDIATE, ALL): "first"
    }
    assert decision.without == {
        "off": Effect.OFF,
        "for another presence": Effect.NOT_NOW,
        "second": Effect.BEHIND,
    }


def test_a_rule_for_all_calls_takes_what_those_before_it_leave() -> None:
    rules = [rule("outside", origin=EXTERNAL), rule("the rest")]
    assert by(rules) == {
        Slot(IMMEDIATE, INTERNAL): "the rest",
        Slot(IMMEDIATE, EXTERNAL): "outside",
    }


def test_where_internal_calls_have_no_forwarding_of_their_own_that_of_all_calls_is_it() -> None:
    offered = frozenset({Slot(IMMEDIATE, ALL), Slot(IMMEDIATE, EXTERNAL)})
    rules = [rule("outside", origin=EXTERNAL), rule("the rest")]
    assert by(rules, offered) == {
        Slot(IMMEDIATE, ALL): "the rest",
        Slot(IMMEDIATE, EXTERNAL): "outside",
    }


def test_a_telephone_that_tells_no_origins_gets_no_rule_for_some_calls_only() -> None:
    rules = [rule("outside", origin=EXTERNAL), rule("the rest")]
    decision = decide(rules, ONLINE, FOR_ALL_CALLS)
    assert {slot: one.id for slot, one in decision.slots.items()} == {
        Slot(IMMEDIATE, ALL): "the rest"
    }
    assert decision.without == {"outside": Effect.NOT_OFFERED}


def test_a_telephone_with_no_forwarding_for_all_calls_gets_both() -> None:
    offered = frozenset(Slot(IMMEDIATE, origin) for origin in EACH)
    assert by([rule("all")], offered) == {slot: "all" for slot in offered}


def rings_at(
    slots: Mapping[Slot, ForwardingRule], type: ForwardingType, origin: CallOrigin
) -> RuleId | None:
    """Which rule a call meets there: its own setting before that for all calls, as PBXs do."""
    for slot in (Slot(type, origin), Slot(type, ALL)):
        if slot in slots:
            return slots[slot].id
    return None


@given(RULES, NOW, OFFERED)
def test_calls_go_where_the_first_rule_says_that_the_telephone_can_do(
    rules: list[ForwardingRule], now: set[Presence], offered: set[Slot]
) -> None:
    decision = decide(rules, now, offered)
    assert decision.slots.keys() <= offered
    for type, origin in product(ForwardingType, EACH):
        first = next(
            (
                one.id
                for one in rules
                if one.active
                and one.type is type
                and one.origin in (origin, ALL)
                and set(one.presences) & now
                and decision.without.get(one.id) is not Effect.NOT_OFFERED
            ),
            None,
        )
        assert rings_at(decision.slots, type, origin) == first


@given(RULES, NOW, OFFERED)
def test_each_rule_is_set_or_it_is_said_why_not(
    rules: list[ForwardingRule], now: set[Presence], offered: set[Slot]
) -> None:
    decision = decide(rules, now, offered)
    written = {one.id for one in decision.slots.values()}
    assert written.isdisjoint(decision.without)
    assert written | set(decision.without) == {one.id for one in rules}
    for one in rules:
        able = one.slot in offered or (
            one.origin is ALL and all(Slot(one.type, origin) in offered for origin in EACH)
        )
        if decision.without.get(one.id) is Effect.NOT_OFFERED:
            assert not able
