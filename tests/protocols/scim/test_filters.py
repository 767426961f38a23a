"""Filters of SCIM: those that the RFC and providers show, and whatever else is sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.scim.attributes import ENTERPRISE, USER, AttributePath, attribute_path
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.filters import (
    OPERATORS,
    Among,
    And,
    Comparison,
    Filter,
    Not,
    Or,
    Present,
    demanded,
    matches,
    parse,
)

BABS: dict[str, Any] = {
    "schemas": [USER, ENTERPRISE],
    "id": "2819c223-7f76",
    "externalId": "BJensen",
    "userName": "bjensen@example.com",
    "name": {"familyName": "Jensen", "givenName": "Barbara"},
    "title": "",
    "active": True,
    "logins": 7,
    "emails": [
        {"value": "bjensen@example.com", "type": "work", "primary": True},
        {"value": "babs@jensen.org", "type": "home"},
    ],
    "groups": [{"value": "e9e30dba", "display": "Sales"}],
    ENTERPRISE: {"department": "Tours"},
}


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ('userName eq "BJENSEN@example.com"', True),
        ('USERNAME Eq "bjensen@example.com"', True),
        (f'{USER}:userName sw "bj"', True),
        (f'{ENTERPRISE}:department eq "tours"', True),
        (f'{ENTERPRISE}:department eq "Sales"', False),
        ('externalId eq "BJensen"', True),
        ('externalId eq "bjensen"', False),
        ('id eq "2819C223-7F76"', False),
        ('name.familyName co "ens"', True),
        ('name.familyName ew "sen" and name.givenName sw "Barb"', True),
        ('userName sw "x" or userName ew ".com"', True),
        ("title pr", False),
        ("emails pr", True),
        ("nickName pr", False),
        ("nickName eq null", True),
        ('nickName ne "x"', True),
        ("not (title pr)", True),
        ('not (userName pr) or userName eq "x"', False),
        ('emails eq "babs@jensen.org"', True),
        ('emails.type eq "home"', True),
        ('emails[type eq "work" and value co "@example.com"]', True),
        ('emails[type eq "home" and value co "@example.com"]', False),
        ('emails[type eq "work"].value eq "bjensen@example.com"', True),
        ('emails[type eq "home"].value eq "bjensen@example.com"', False),
        ('emails[not (type eq "work")].value pr', True),
        ("active eq true", True),
        ('active eq "True"', True),
        ("active eq false", False),
        ("active ne false", True),
        ("logins gt 6 and logins le 7", True),
        ('logins co "7"', False),
        ('groups eq "e9e30dba"', True),
        ('groups.value eq "E9E30DBA"', False),
        ('groups[value eq "E9E30DBA"]', False),
        ('groups.display eq "sales"', True),
        ('userName eq "a" or userName eq "b" and active eq true', False),
        ('(active eq true or userName eq "b") and logins eq 7', True),
    ],
)
def test_what_holds(written: str, holds: bool) -> None:
    assert matches(parse(written), BABS) is holds


@pytest.mark.parametrize(
    "written",
    [
        *("", "userName", "userName eq", 'eq "x"', 'userName is "x"', "userName eq x", "and"),
        *('userName eq "x" and', '(userName eq "x"', 'userName eq "x")', 'emails[type eq "x"'),
        *("not userName pr", 'userName eq "x', 'a.b.c eq "x"', "1 eq 1", 'userName eq "\\q"'),
        *('userName eq "x" userName eq "y"', "(" * 30 + "a pr" + ")" * 30, "a pr or " * 2000),
        *("userName eq [1]", 'userName eq {"a":1}', "userName eq 01", "a pr; drop"),
    ],
)
def test_what_is_no_filter(written: str) -> None:
    with pytest.raises(ScimError) as refused:
        parse(written)
    assert (refused.value.status, refused.value.kind) == (400, "invalidFilter")


def test_and_binds_more_tightly_than_or() -> None:
    a, b, c = (Present(AttributePath(name)) for name in "abc")
    assert parse("a pr or b pr and c pr") == Or(a, And(b, c))
    assert parse("(a pr or b pr) and c pr") == And(Or(a, b), c)


def test_what_a_filter_demands() -> None:
    assert demanded(parse('userName eq "A" and active eq true')) == {"username": "A"}
    assert demanded(parse('userName eq "A" or id eq "b"')) == {}
    assert demanded(parse('not (userName eq "A")')) == {}
    assert demanded(parse(f'{ENTERPRISE}:department eq "A"')) == {}


# ---------------------------------------------------------------- properties

names = st.from_regex(r"[a-z$][A-Za-z0-9_-]{0,9}", fullmatch=True).filter(
    lambda name: name.lower() not in ("not", "and", "or")
)
paths = st.builds(
    AttributePath, names, st.just("") | names, st.just("") | st.sampled_from([USER, ENTERPRISE])
)
literals = (
    st.text(max_size=8)
    | st.integers(-(2**31), 2**31)
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
)
comparisons = st.builds(Comparison, paths, st.sampled_from(sorted(OPERATORS)), literals)
inner_paths = st.builds(AttributePath, names)
inner = st.builds(
    Comparison, inner_paths, st.sampled_from(sorted(OPERATORS)), literals
) | st.builds(Present, inner_paths)
filters = st.recursive(
    comparisons
    | st.builds(Present, paths)
    | st.builds(Among, st.builds(AttributePath, names), inner, st.none() | inner),
    lambda within: (
        st.builds(And, within, within) | st.builds(Or, within, within) | st.builds(Not, within)
    ),
    max_leaves=6,
)


def said(what: Filter) -> str:
    match what:
        case And(left, right):
            return f"({said(left)}) and ({said(right)})"
        case Or(left, right):
            return f"({said(left)}) or ({said(right)})"
        case Not(one):
            return f"not ({said(one)})"
        case Present(path):
            return f"{path} pr"
        case Among(path, one, None):
            return f"{path}[{said(one)}]"
        case Among(path, one, then):
            assert then is not None
            return f"{path}[{said(one)}].{said(then)}"
        case Comparison(path, operator, value):
            return f"{path} {operator} {json.dumps(value)}"


@given(filters)
def test_a_filter_is_read_as_it_was_written(what: Filter) -> None:
    assert parse(said(what)) == what


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(names | st.just("value"), inside, max_size=3)
    ),
    max_leaves=8,
)
resources = st.dictionaries(names | st.sampled_from([USER, ENTERPRISE]), values, max_size=5)


@given(filters, resources)
def test_any_filter_holds_or_not_for_anything(what: Filter, resource: dict[str, Any]) -> None:
    assert matches(Not(what), resource) is not matches(what, resource)


@given(filters, resources)
def test_what_is_demanded_is_there_where_it_holds(what: Filter, resource: dict[str, Any]) -> None:
    if matches(what, resource):
        for name, value in demanded(what).items():
            path = attribute_path(name)
            assert matches(Comparison(path, "eq", value), resource)


@given(st.text(alphabet='aeq pr()[].":\\-1{} \n\x00é', max_size=30) | st.text(max_size=30))
def test_whatever_is_sent_is_read_or_refused(written: str) -> None:
    try:
        found = parse(written)
    except ScimError as refused:
        assert refused.kind == "invalidFilter"
    else:
        assert parse(said(found)) == found
