"""The number table of specification chapter 5, and what it means for other countries."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numbering.domains import BERLIN, BOSTON, COUNTRIES, MADRID, MILAN, PARIS
from tws.errors import Invalid
from tws.numbering import dialable, outgoing, plan_of
from tws.organisation.model import DialRule as Rule
from tws.organisation.model import Domain

TABLE = [
    ("+33 (0) 123456789", "00123456789"),
    ("+330123456789", "00123456789"),
    ("+33155171889", "00155171889"),
    ("0033155171889", "00155171889"),
    ("33155171889", "00155171889"),
    ("+3912334477", "0003912334477"),
    ("+42(0)141906666", "00042141906666"),
    ("42(0)141906666", "00042141906666"),
    ("0155171889", "00155171889"),
    ("01 55 17 18 89", "00155171889"),
    ("01.55.17.18.89", "00155171889"),
    ("4092", "4092"),
    ("#21*4092#", "#21*4092#"),
    ("*77", "*77"),
    ("3312", "3312"),
    ("112", "112"),
    ("0033 (0)1 55 17 18 89", "00155171889"),
    ("+1 (212) 555-1234", "00012125551234"),
    ("+49 30 123456", "0004930123456"),
]


@pytest.mark.parametrize(("typed", "sent"), TABLE)
def test_number_table(typed: str, sent: str) -> None:
    assert dialable(typed, PARIS) == sent


@pytest.mark.parametrize(
    ("domain", "typed", "sent"),
    [
        (MILAN, "+39 06 1234 5678", "00612345678"),
        (MILAN, "06 1234 5678", "00612345678"),
        (MILAN, "+39 (0)6 1234 5678", "00612345678"),
        (MILAN, "393 123 4567", "03931234567"),
        (MILAN, "390612345678", "00612345678"),
        (MILAN, "+33155171889", "00033155171889"),
        (MADRID, "+34 911 234 567", "0911234567"),
        (MADRID, "911 234 567", "0911234567"),
        (MADRID, "34911234567", "0911234567"),
        (BOSTON, "+1 (212) 555-1234", "912125551234"),
        (BOSTON, "1 212 555 1234", "912125551234"),
        (BOSTON, "+33155171889", "901133155171889"),
        (BOSTON, "4092", "4092"),
        (BERLIN, "+49 (0)30 123456", "0030123456"),
        (BERLIN, "030/1234567", "00301234567"),
    ],
)
def test_other_countries(domain: Domain, typed: str, sent: str) -> None:
    assert dialable(typed, domain) == sent


def test_number_table_with_a_rule_of_its_own() -> None:
    """The guide's 03611: by its rule it is sent as it is, and without the prefix where the length
    would ask for one."""
    kept = Rule(1, "kept", "03611", "03611")
    for domain in (PARIS, replace(PARIS, internal_length=2), replace(PARIS, external_prefix="9")):
        plan = plan_of(replace(domain, outgoing_rules=(kept,)))
        applied = outgoing("03611", plan)
        assert (applied.number, applied.rule, applied.prefixed) == ("03611", kept, False)
    without = replace(PARIS, internal_length=2, outgoing_rules=())
    assert dialable("03611", without) == "003611"


def test_a_rule_protects_a_number() -> None:
    plan = plan_of(PARIS)
    plan = replace(plan, outgoing=(*plan.outgoing, Rule(1, "kept", "036111", "036111")))
    assert outgoing("036111", plan).number == "036111"
    assert dialable("036111", PARIS) == "0036111"


def test_a_rule_that_leaves_nothing_of_a_number_dials_nothing() -> None:
    for rule in (
        Rule(1, "gone", "33", ""),
        Rule(1, "gone", "[33]", ""),
        Rule(1, "gone", "33", "+"),
    ):
        plan = plan_of(replace(PARIS, outgoing_rules=(rule,)))
        with pytest.raises(
            Invalid, match="The rule gone of the dial plan leaves nothing"
        ) as refused:
            outgoing("33", plan)
        assert refused.value.details == {"field": "number"}
        assert outgoing("334", plan).number.endswith("4")
    nameless = plan_of(replace(PARIS, outgoing_rules=(Rule(1, "", "33", ""),)))
    with pytest.raises(Invalid, match="The rule 33 of"):
        outgoing("33", nameless)


def test_a_short_number_outside_is_sent_with_the_prefix_it_was_given() -> None:
    assert dialable("03611", PARIS) == "03611"
    assert dialable("3611", PARIS) == "3611"
    assert dialable("93611", BOSTON) == "93611"
    assert dialable("03611", replace(PARIS, external_prefix="")) == "03611"


def test_the_lowest_priority_wins_and_only_one_rule_is_applied() -> None:
    plan = plan_of(PARIS)
    rules = (Rule(20, "later", "36", "9"), Rule(10, "first", "361", "362"))
    applied = outgoing("36112345", replace(plan, outgoing=rules))
    assert applied.number == "36212345"
    assert applied.rule == rules[1]


def test_a_token_alone_is_a_literal() -> None:
    plan = replace(plan_of(PARIS), outgoing=(Rule(1, "", "[-InternationalPrefix-]", "+"),))
    assert outgoing("0039061234", plan).number == "+39061234"


def test_an_emergency_number_is_rewritten_by_no_rule() -> None:
    plan = replace(plan_of(PARIS), internal_length=2, outgoing=(Rule(1, "", "1", "9"),))
    assert outgoing("112", plan).number == "112"
    assert outgoing("113", plan).number == "913"


def test_more_digits_than_any_number_has_are_pointed_out() -> None:
    plan = plan_of(PARIS)
    assert outgoing("0155171889" * 3, plan).too_long
    assert outgoing("+49" + "1" * 14, plan).too_long
    for longest in ("+33155171889", "+49" + "1" * 13, "0049" + "1" * 13):
        assert not outgoing(longest, plan).too_long


@pytest.mark.parametrize("typed", ["", "alice", "1" * 200, "+", "0155171889;0601020304"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        dialable(typed, PARIS)


@given(
    typed=st.text(alphabet="0123456789+*#() .-", max_size=64), domain=st.sampled_from(COUNTRIES)
)
def test_what_is_sent_can_be_dialled(typed: str, domain: Domain) -> None:
    try:
        sent = dialable(typed, domain)
    except Invalid:
        return
    assert sent and set(sent) <= set("0123456789*#")
    if sent[0] not in "*#":
        assert sent.isdigit()


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_every_way_to_write_a_number_dials_the_same(national: str) -> None:
    sent = "0" + national
    ways = [national, f"+33{national[1:]}", f"+33 (0){national[1:]}", f"0033{national[1:]}"]
    assert {dialable(way, PARIS) for way in ways} == {sent}
