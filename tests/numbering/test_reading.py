"""Whether two numbers are one line: the reverse side of specification chapter 5."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numbering.domains import BERLIN, BOSTON, COUNTRIES, MADRID, MILAN, PARIS
from tws.numbering import (
    Reading,
    dialable,
    display,
    display_kept,
    heard,
    incoming,
    plan_of,
    same,
    same_number,
    written,
)
from tws.organisation.model import DialRule as Rule
from tws.organisation.model import Domain

SAME = ["+33155171889", "0155171889", "01 55 17 18 89", "+33 (0)1 55 17 18 89", "0033155171889"]


@pytest.mark.parametrize("contact", SAME)
def test_the_guides_caller_matches_every_way_to_write_it(contact: str) -> None:
    assert same_number("00155171889", contact, PARIS)


def test_the_guides_caller_after_supprimer_and_its_key() -> None:
    plan = plan_of(PARIS)
    assert incoming("00155171889", plan) == "0155171889"
    assert heard("00155171889", plan) == Reading("33155171889", "+33155171889")
    reading = heard("00155171889", plan)
    assert reading and reading.tail(9) == "155171889"


@pytest.mark.parametrize(
    ("number", "settings", "expected"),
    [
        ("00155171889", {}, "0155171889"),
        ("4092", {}, "4092"),
        ("0409", {}, "0409"),
        ("155171889", {}, "155171889"),
        ("155171889", {"incoming_add": "0"}, "0155171889"),
        ("00155171889", {"incoming_remove": "00", "incoming_add": "+33"}, "+33155171889"),
        ("00155171889", {"incoming_remove": ""}, "00155171889"),
        ("*77", {"incoming_add": "0"}, "*77"),
    ],
)
def test_supprimer_then_ajouter(number: str, settings: dict[str, str], expected: str) -> None:
    domain = replace(PARIS, incoming_remove=settings.get("incoming_remove", "0"))
    domain = replace(domain, incoming_add=settings.get("incoming_add", ""))
    assert incoming(number, plan_of(domain)) == expected


def test_the_first_incoming_rule_follows() -> None:
    plan = replace(plan_of(PARIS), incoming=(Rule(1, "", "01", "+331"),))
    assert incoming("00155171889", plan) == "+33155171889"


@pytest.mark.parametrize(
    ("domain", "number", "contact"),
    [
        (PARIS, "4092", "4092"),
        (PARIS, "*77", "*77"),
        (PARIS, "155171889", "01 55 17 18 89"),
        (PARIS, "33155171889", "01 55 17 18 89"),
        (PARIS, "0155171889", "+33155171889"),
        (PARIS, "+33155171889", "01.55.17.18.89"),
        (PARIS, "0004930123456", "+49 30 123456"),
        (PARIS, "004930123456", "+49 (0)30 123456"),
        (PARIS, "3225551234", "+32 2 555 12 34"),
        (PARIS, "042141906666", "+42(0)141906666"),
        (PARIS, "00155171889", "01 55 17 18 89 poste 12"),
        (MILAN, "00612345678", "+39 06 1234 5678"),
        (MILAN, "0612345678", "+39 06 1234 5678"),
        (MADRID, "0911234567", "+34 911 23 45 67"),
        (BOSTON, "92125551234", "+1 (212) 555-1234"),
        (BOSTON, "12125551234", "(212) 555-1234"),
    ],
)
def test_one_line(domain: Domain, number: str, contact: str) -> None:
    assert same_number(number, contact, domain)


@pytest.mark.parametrize(
    ("domain", "number", "contact"),
    [
        (PARIS, "4092", "01 55 17 40 92"),
        (PARIS, "00155174092", "4092"),
        (PARIS, "4092", "04092"),
        (PARIS, "00155171889", "+32 155171889"),
        (PARIS, "00155171889", "+44 1 5517 1889"),
        (PARIS, "00155171889", "01 55 17 18 80"),
        (PARIS, "anonymous", "01 55 17 18 89"),
        (PARIS, "", ""),
        (PARIS, "*77", "77"),
        (PARIS, "00155171889", "not a number"),
    ],
)
def test_two_lines(domain: Domain, number: str, contact: str) -> None:
    assert not same_number(number, contact, domain)


def test_the_inverse_length_does_not_join_numbers_of_two_countries() -> None:
    plan = plan_of(PARIS)
    french, belgian = written("+33 2 25 55 12 34", plan), written("+32 2 555 12 34", plan)
    assert french and belgian and french.e164 and belgian.e164
    assert french.tail(8) == "25551234" == belgian.tail(8)
    assert not same(french, belgian, 8)


@given(
    st.text(alphabet="0123456789+*# ()-AZ", max_size=40),
    st.text(alphabet="0123456789+*# ()-AZ", max_size=40),
    st.sampled_from(COUNTRIES),
)
def test_comparing_is_symmetric_and_never_fails(a: str, b: str, domain: Domain) -> None:
    plan = plan_of(domain)
    one, other = written(a, plan), written(b, plan)
    if one and other:
        n = domain.inverse_length
        assert same(one, other, n) == same(other, one, n)
    if one:
        assert same(one, one, domain.inverse_length)
    heard(a, plan)


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_a_number_that_was_dialled_is_recognised_and_can_be_dialled_again(national: str) -> None:
    sent = dialable(national, PARIS)
    assert same_number(sent, national, PARIS)
    reading = heard(sent, plan_of(PARIS))
    assert reading is not None
    assert dialable(reading.callable, PARIS) == sent


@pytest.mark.parametrize(
    ("domain", "reported", "shown", "called_back"),
    [
        (PARIS, "03900", "03900", "03900"),
        (BERLIN, "03900", "03900", "03900"),
        (BOSTON, "93900", "93900", "93900"),
        (replace(PARIS, external_prefix="9"), "03900", "93900", "93900"),
        (replace(PARIS, incoming_remove=""), "03900", "03900", "03900"),
        (PARIS, "3900", "3900", "3900"),
        (PARIS, "0118218", "118218", "0118218"),
        (PARIS, "000144000077", "00144000077", "000144000077"),
        (PARIS, "00144000077", "01 44 00 00 77", "00144000077"),
        (PARIS, "+42141906666", "+42141906666", "00042141906666"),
        (PARIS, "0003906 12345678", "+39 06 1234 5678", "000390612345678"),
    ],
)
def test_shown_live_and_in_the_log_and_called_back(
    domain: Domain, reported: str, shown: str, called_back: str
) -> None:
    reading = heard(reported, plan_of(domain))
    assert reading is not None
    assert display(reported, domain) == shown
    assert display_kept(reading.callable, domain) == shown
    assert dialable(reading.callable, domain) == called_back


def test_a_short_number_outside_is_not_the_colleague_with_that_number() -> None:
    assert not same_number("03900", "3900", PARIS)
    assert same_number("03900", "03900", PARIS)
    assert same_number("3900", "3900", PARIS)


@given(
    st.sampled_from(COUNTRIES),
    st.integers(0, 9),
    st.from_regex(r"\+[1-9][0-9]{1,13}|[0-9]{1,14}", fullmatch=True),
)
def test_what_is_shown_live_is_shown_in_the_log(domain: Domain, longer: int, number: str) -> None:
    domain = replace(domain, internal_length=max(2, longer))
    reading = heard(number, plan_of(domain))
    if reading is not None:
        assert display_kept(reading.callable, domain) == display(number, domain)


@given(st.sampled_from(COUNTRIES), st.from_regex(r"\+[1-9][0-9]{7,13}", fullmatch=True))
def test_whatever_is_dialled_is_heard_as_the_same_line(domain: Domain, number: str) -> None:
    reading = written(number, plan_of(domain))
    if reading is None or reading.e164 is None:
        return
    assert same_number(dialable(number, domain), number, domain)
