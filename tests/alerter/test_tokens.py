"""Tokens of screen pops: what each becomes in a text, in an address and in a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.alerter.addresses import DRAWN, OPENED, is_good, scheme_of
from tws.alerter.model import Caller
from tws.alerter.tokens import ALL, command, fold, in_address, in_text, picture, unknown


def caller(**values: str) -> Caller:
    return Caller(values={fold(name): text for name, text in values.items()})


@pytest.mark.parametrize("name", ALL)
def test_every_token_of_the_guide(name: str) -> None:
    of = caller(**{name: "R&D é"})
    assert in_text(f"a [-{name}-] b", of) == "a R&D é b"
    assert in_text(f"[-{name.upper()}-][- {name.lower()} -]", of) == "R&D éR&D é"
    assert in_address(f"http://a.example/?q=[-{name}-]", of, DRAWN) == (
        "http://a.example/?q=R%26D%20%C3%A9"
    )
    assert command(f"x.exe [-{name}-]", of) == ("x.exe", "R&D é")
    assert unknown(f"[-{name}-]") == []


def test_labels_of_private_fields_are_tokens() -> None:
    of = caller(Id="C-7", **{"Contact ID": "9"})
    assert in_text("[-id-]/[-Contact Id-]/[-Else-]", of) == "C-7/9/"
    assert unknown("[-id-][-Else-][-Else-][-DisplayName-]", ["Id"]) == ["Else"]
    assert in_text("[-VIP-] [-[VIP]-]", caller(VIP="gold")) == "gold gold"


def test_numbers_are_read_by_people_and_by_programs() -> None:
    of = Caller(values={"phonenumber": "0155171889"}, shown={"phonenumber": "01 55 17 18 89"})
    assert in_text("[-PhoneNumber-]", of) == "01 55 17 18 89"
    assert in_address("https://a.example/[-PhoneNumber-]", of, DRAWN).endswith("/0155171889")
    assert command("x [-PhoneNumber-]", of) == ("x", "0155171889")


def test_a_value_is_not_read_again() -> None:
    of = caller(DisplayName="[-Email1-]", Email1="secret")
    assert in_text("[-DisplayName-]", of) == "[-Email1-]"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("www.a.example", "https://www.a.example"),
        ("http://a.example/x", "http://a.example/x"),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("", ""),
    ],
)
def test_an_address_of_the_caller_is_looked_at(value: str, wanted: str) -> None:
    assert in_address("[-Url-]", caller(Url=value), OPENED) == wanted


def test_other_schemes() -> None:
    of = caller(PhoneNumber="+33155171889", Email1="a@b.example")
    assert in_address("tel:[-PhoneNumber-]", of, OPENED) == "tel:+33155171889"
    assert in_address("mailto:[-Email1-]", of, OPENED) == "mailto:a@b.example"
    assert in_address("mailto:[-Email2-]", of, OPENED) == "", "nobody to write to"
    assert in_address("mailto:[-Email1-]", of, DRAWN) == ""


def test_the_photo_is_ours_and_nothing_else_is() -> None:
    of = caller(Picture="/api/v1/contacts/7/photo", Url="/api/v1/logout")
    assert picture("[-Picture-]", of) == "/api/v1/contacts/7/photo"
    assert picture("[-Url-]", of) == ""
    assert picture("[-Picture-]", caller()) == ""


@pytest.mark.parametrize(
    ("exe", "wanted"),
    [
        ("c:\\Windows\\notepad.exe [-A-]", ("c:\\Windows\\notepad.exe", 'x "y" & del *')),
        ('"c:\\my x.exe"  /n:[-A-] z', ("c:\\my x.exe", '/n:x "y" & del *', "z")),
        ('x "[-A-] b" ""', ("x", 'x "y" & del * b', "")),
        ("x [-B-]", ("x", "")),
        ("x [-B-] y", ("x", "", "y")),
    ],
)
def test_what_a_caller_is_called_is_one_argument(exe: str, wanted: tuple[str, ...]) -> None:
    assert command(exe, caller(A='x "y" & del *')) == wanted


PLACES = ("[-Url-]", "http://a.example/[-Url-]", "tel:[-Url-]")


@given(st.text(max_size=60), st.sampled_from(PLACES))
def test_no_address_comes_out_that_could_hurt(value: str, template: str) -> None:
    found = in_address(template, caller(Url=value), OPENED)
    assert found == "" or (is_good(found, OPENED) and scheme_of(found) in OPENED)
    if found and template.startswith("http://"):
        assert found.startswith("http://a.example/") and found.count("/") == 3


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_value_makes_no_more_arguments(first: str, second: str) -> None:
    program, value, option = command("x.exe [-A-] /k:[-B-]", caller(A=first, B=second))
    assert program == "x.exe" and option.startswith("/k:") and len(option) == 3 + len(second)
    assert first.endswith(value) or not value.isprintable() or not first.isprintable()
    assert value[:1] not in ("-", "/", "@", " ") and "\n" not in value + option


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ('" & calc', '" & calc'),
        ("-rf", "rf"),
        (" --help", "help"),
        ("/p x", "p x"),
        ("\u2013Command", "Command"),
        ("one\ntwo\x00", "one two "),
        ("+33 1", "+33 1"),
    ],
)
def test_a_value_is_no_option(value: str, wanted: str) -> None:
    of = caller(A=value)
    assert command("c:\\crm.exe [-A-]", of) == ("c:\\crm.exe", wanted)
    assert command('c:\\crm.exe "[-A-] x"', of) == ("c:\\crm.exe", f"{wanted} x")
