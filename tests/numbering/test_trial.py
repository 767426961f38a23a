"""The tester tells the truth, and how it came about."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numbering.domains import COUNTRIES, PARIS
from tests.numbering.test_outgoing import TABLE
from tws.errors import Invalid
from tws.numbering import Verdict, heard, outgoing, plan_of, shown, trial
from tws.numbering.trial import Remark, Step, StepKind
from tws.organisation.model import DialRule, Domain, NumberDirection

PLAN = plan_of(PARIS)
NUMBERS = st.text(alphabet="0123456789+*#() .-", max_size=30)


@pytest.mark.parametrize(("typed", "sent"), TABLE)
def test_every_row_of_the_number_table_is_what_the_tester_shows(typed: str, sent: str) -> None:
    assert trial(NumberDirection.DIALLED, typed, PLAN).result == sent


def test_every_rule_is_shown_with_what_became_of_it() -> None:
    found = trial(NumberDirection.DIALLED, "+33 (0) 123456789", PLAN)
    assert [(one.rule.priority, one.verdict) for one in found.tried] == [
        (5, Verdict.APPLIED),
        (10, Verdict.OVERRULED),
        (15, Verdict.OVERRULED),
        (20, Verdict.NO_MATCH),
        (25, Verdict.NO_MATCH),
        (30, Verdict.OVERRULED),
        (40, Verdict.OVERRULED),
        (50, Verdict.NO_MATCH),
        (60, Verdict.NO_MATCH),
    ]
    assert found.tried[0].pattern == "+330"
    assert found.steps == (
        Step(StepKind.CLEANED, "+33(0)123456789"),
        Step(StepKind.RULE, "00123456789"),
    )


def test_why_no_rule_and_which_prefix() -> None:
    assert trial(NumberDirection.DIALLED, "0155171889", PLAN).steps == (
        Step(StepKind.NO_RULE, "0155171889"),
        Step(StepKind.PREFIX_ADDED, "00155171889"),
    )
    assert trial(NumberDirection.DIALLED, "3312", PLAN).tried[4].verdict is Verdict.TOO_SHORT
    assert trial(NumberDirection.DIALLED, "4092", PLAN).steps[-1] == Step(
        StepKind.INTERNAL, "4092"
    )
    assert trial(NumberDirection.DIALLED, "03900", PLAN).steps[-1] == Step(
        StepKind.PREFIX_THERE, "03900"
    )
    assert trial(NumberDirection.DIALLED, "112", PLAN).steps == (Step(StepKind.EMERGENCY, "112"),)
    steps = trial(NumberDirection.DIALLED, "0155171889 poste 4092", PLAN).steps
    assert Step(StepKind.EXTENSION, "4092") in steps


def test_a_rule_that_does_not_name_the_outside_prefix_gets_it_and_is_pointed_out() -> None:
    """The guide's `+` -> `00` typed literally, and 5.1's `+330` -> `00`."""
    guide = replace(PLAN, outgoing=(DialRule(1, "", "+", "00"),))
    found = trial(NumberDirection.DIALLED, "+3912334477", guide)
    assert found.result == "0003912334477"
    assert found.remarks == (Remark.PREFIX_BEFORE_RULE,)
    literal = replace(PLAN, outgoing=(DialRule(1, "", "+330", "00"),))
    found = trial(NumberDirection.DIALLED, "+33 (0) 123456789", literal)
    assert (found.result, found.remarks) == ("000123456789", (Remark.PREFIX_BEFORE_RULE,))
    kept = replace(PLAN, outgoing=(DialRule(1, "", "+", "+"),))
    assert trial(NumberDirection.DIALLED, "+3912334477", kept).result == "+3912334477"
    assert trial(NumberDirection.DIALLED, "0155171889" * 3, PLAN).remarks == (Remark.TOO_LONG,)


def test_what_the_pbx_reports_is_looked_up_and_displayed() -> None:
    found = trial(NumberDirection.LOOKED_UP, "00155171889", PLAN)
    assert found.steps == (
        Step(StepKind.REMOVED, "0155171889"),
        Step(StepKind.E164, "+33155171889"),
    )
    assert found.result == "+33155171889"
    assert trial(NumberDirection.DISPLAYED, "00155171889", PLAN).result == "01 55 17 18 89"
    assert trial(NumberDirection.LOOKED_UP, "4092", PLAN).steps == (
        Step(StepKind.INTERNAL, "4092"),
    )
    odd = trial(NumberDirection.LOOKED_UP, "000042141906666", PLAN)
    assert odd.steps[-1] == Step(StepKind.LAST_DIGITS, "141906666")
    assert trial(NumberDirection.LOOKED_UP, "anonymous", PLAN).result == ""
    assert trial(NumberDirection.DISPLAYED, "anonymous", PLAN).result == "anonymous"
    added = replace(PLAN, incoming_add="0", incoming_remove="")
    steps = trial(NumberDirection.LOOKED_UP, "155171889", added).steps
    assert steps[0] == Step(StepKind.ADDED, "0155171889")


def test_incoming_rules_are_tried_after_supprimer() -> None:
    plan = replace(PLAN, incoming=(DialRule(2, "", "01", "+331"), DialRule(1, "", "02", "9")))
    found = trial(NumberDirection.LOOKED_UP, "00155171889", plan)
    assert [one.verdict for one in found.tried] == [Verdict.NO_MATCH, Verdict.APPLIED]
    assert Step(StepKind.RULE, "+33155171889") in found.steps


@given(number=NUMBERS, domain=st.sampled_from(COUNTRIES))
def test_the_tester_shows_what_calls_do(number: str, domain: Domain) -> None:
    plan = plan_of(domain)
    try:
        found = trial(NumberDirection.DIALLED, number, plan)
    except Invalid:
        with pytest.raises(Invalid):
            outgoing(number, plan)
    else:
        out = outgoing(number, plan)
        assert found.result == out.number
        won = [one.rule for one in found.tried if one.verdict is Verdict.APPLIED]
        assert won == ([out.rule] if out.rule else [])
    reading = heard(number, plan)
    displayed = trial(NumberDirection.DISPLAYED, number, plan).result
    assert displayed == (shown(reading, plan) if reading else number)
