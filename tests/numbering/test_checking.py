"""What may stand in a dial plan is decided when it is saved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numbering.domains import COUNTRIES, PARIS
from tws.errors import Invalid
from tws.numbering import default_rules, heard, outgoing, plan_of
from tws.numbering.checking import MOST_RULES, check_plan
from tws.organisation.model import DialRule, Domain, NumberDirection, NumberExample


def rules(*given: tuple[str, str]) -> Domain:
    made = (DialRule(n, f"rule {n}", pattern, value) for n, (pattern, value) in enumerate(given))
    return replace(PARIS, outgoing_rules=tuple(made))


@pytest.mark.parametrize("domain", COUNTRIES)
def test_the_default_set_may_be_saved_everywhere(domain: Domain) -> None:
    saved = check_plan(replace(domain, outgoing_rules=default_rules()))
    assert plan_of(saved).outgoing == plan_of(domain).outgoing


@pytest.mark.parametrize(
    ("pattern", "construct"),
    [
        (r"[(?=33)\d+]", "look-around, (?=,"),
        (r"[(?<!0)33]", "look-around, (?<!,"),
        (r"[(\d)\1]", r"a back-reference, \1,"),
        (r"[(?>33)]", "an atomic group"),
        (r"[(]", "cannot be read: missing )"),
        (r"[(?P<n>3)(?P=n)]", "a back-reference, (?P=,"),
        (f"[{'(a{900})' * 3}{{900}}]", "cannot be read"),
    ],
)
def test_what_no_engine_can_promise_is_refused_by_name(pattern: str, construct: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_plan(rules(("33", "0"), (pattern, "0")))
    assert construct in caught.value.message
    assert caught.value.message.startswith("Rule 1 (rule 1)")
    assert caught.value.details == {"field": "outgoing_rules", "row": 1}
    assert caught.value.why in ("constructNotOffered", "expressionUnreadable")
    assert caught.value.parameters


@pytest.mark.parametrize(
    ("pattern", "value", "words"),
    [
        ("", "0", "needs a pattern"),
        ("ab", "0", "never begins with ab"),
        ("[(3)]", "$2", "asks for group $2, the pattern has 1"),
        ("[-Prefix-]", "0", "There is no [-Prefix-]"),
        ("33", "[-Externe-]", "There is no [-Externe-]"),
        ("33", "$1", "asks for $1, and the pattern has no group"),
        ("33", "0${1}", "asks for ${1}, and the pattern has no group"),
        ("33", "${n}", "asks for ${n}, and the pattern has no group"),
        ("[33]", "0$1", "asks for group $1, the pattern has 0"),
        ("[33]", "0$0", ""),
        ("[33(.)]", "0${1}", "asks for ${1}: groups are written $1"),
        ("[33(?P<n>.)]", "0${n}", "asks for ${n}: groups are written $1"),
        ("[33(.)]", "0$n", "the value has $n"),
        ("33", "abc", "the value has abc"),
        ("[33(.)]", "a$1", "the value has a"),
        ("33", "0 0", "the value has  "),
        ("[[\\d-[5]]]", "0", "takes characters away from others, -[5], which"),
        ("[0[^1-9-[5-7]]2]", "0", "takes characters away from others, -[5-7], which"),
        ("[[-\\[]3]", "0", ""),
        ("[[0-9\\-[]3]", "0", ""),
        ("[[^-[5]3]", "0", ""),
        ("[(3)]", "$0$1[-ExternalPrefix-]+*#", ""),
        ("33", "", ""),
        ("[" + "3" * 498 + "]", "0", ""),
        ("3" * 501, "0", "at most 500"),
    ],
)
def test_bad_rules_are_refused_in_words(pattern: str, value: str, words: str) -> None:
    if not words:
        check_plan(rules((pattern, value)))
        return
    with pytest.raises(Invalid) as caught:
        check_plan(rules((pattern, value)))
    assert words in caught.value.message
    assert caught.value.why


def test_too_many_of_anything_is_refused() -> None:
    with pytest.raises(Invalid, match="at most 500 rules"):
        check_plan(rules(*[("33", "0")] * (MOST_RULES + 1)))
    with pytest.raises(Invalid, match="emergency number"):
        check_plan(replace(PARIS, emergency_numbers=("one",)))


def test_a_change_that_breaks_an_example_is_refused_with_what_comes_out() -> None:
    examples = (
        NumberExample(NumberDirection.DIALLED, "+33155171889", "00155171889"),
        NumberExample(NumberDirection.LOOKED_UP, "00155171889", "+33155171889"),
        NumberExample(NumberDirection.DISPLAYED, "00155171889", "01 55 17 18 89"),
        NumberExample(NumberDirection.DIALLED, "*77", "*77"),
    )
    domain = check_plan(replace(PARIS, number_examples=examples))
    with pytest.raises(Invalid) as caught:
        check_plan(replace(domain, external_prefix="9", incoming_remove="9"))
    assert "would give 90155171889 instead of 00155171889" in caught.value.message
    broken = caught.value.details["broken"]
    assert isinstance(broken, list) and broken[0] == {
        "direction": "dialled",
        "number": "+33155171889",
        "expected": "00155171889",
        "result": "90155171889",
    }
    with pytest.raises(Invalid, match="would give nothing instead of 1"):
        bad = NumberExample(NumberDirection.DIALLED, "no number", "1")
        check_plan(replace(PARIS, number_examples=(bad,)))


def test_an_evil_expression_costs_linear_time() -> None:
    """A backtracking engine would not come back from this one."""
    domain = check_plan(rules(("[(\\d+)+#]", "9")))
    assert outgoing("1" * 60, plan_of(domain)).number == "0" + "1" * 60


def test_a_rule_that_leads_to_itself_is_applied_once() -> None:
    domain = check_plan(rules(("3", "33"), ("33", "3")))
    assert outgoing("34567", plan_of(domain)).number == "334567"


@given(
    pattern=st.one_of(
        st.text(alphabet="0123456789+*#()[]\\?:|.^${},-", max_size=30),
        st.text(alphabet="0123456789+*()\\?:|.^${},-", max_size=30).map(lambda s: f"[{s}]"),
    ),
    value=st.text(alphabet="0123456789+*#$[]-", max_size=12),
    number=st.text(alphabet="0123456789+*#() ", min_size=1, max_size=24),
)
def test_no_rule_that_was_saved_fails_in_a_call(pattern: str, value: str, number: str) -> None:
    rule = DialRule(1, "", pattern, value)
    try:
        domain = check_plan(replace(PARIS, outgoing_rules=(rule,), incoming_rules=(rule,)))
    except Invalid:
        return
    heard(number, plan_of(domain))
    try:
        outgoing(number, plan_of(domain))
    except Invalid as error:
        assert error.details["field"] == "number"
