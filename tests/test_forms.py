"""A form is what its dataclass says: described, filled in, and with its secrets kept."""

import dataclasses
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tws.forms import (
    About,
    Field,
    WrongSetting,
    convert,
    describe,
    keeping_secrets,
    secret_fields,
    without_secrets,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A source of contacts, with one field of every sort."""

    host: str = field(metadata=About(help="Where it is."))
    port: int | None = field(default=None, metadata=About(minimum=1, maximum=65535))
    tls: bool = True
    pause: float = field(default=1.5, metadata=About(minimum=0.5, expert=True))
    size: int = field(default=10, metadata=About(maximum=1000))
    password: str | None = field(default=None, metadata=About(secret=True))
    mode: str = field(default="read", metadata=About(choices=("read", "write")))
    scope: Literal["one", "all"] = "all"
    sort: Literal["up", "down"] | None = None
    address: str = field(default="", metadata=About(kind="url"))
    query: str = field(default_factory=lambda: "SELECT 1", metadata=About(kind="lines"))
    made: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.mode == "write" and not self.password:
            raise ValueError("password: needed to write")
        if self.host == "nowhere":
            raise ValueError("this cannot work")


def described(name: str) -> Field:
    return next(each for each in describe(Settings) if each.name == name)


# ---------------------------------------------------------------- description


def test_a_field_is_described_by_its_type_and_its_metadata() -> None:
    assert described("host") == Field(
        name="host",
        kind="text",
        required=True,
        default=None,
        help="Where it is.",
        secret=False,
        expert=False,
        choices=None,
        minimum=None,
        maximum=None,
    )
    kinds = {each.name: each.kind for each in describe(Settings)}
    assert kinds == {
        "host": "text",
        "port": "number",
        "tls": "switch",
        "pause": "number",
        "size": "number",
        "password": "text",
        "mode": "choice",
        "scope": "choice",
        "sort": "choice",
        "address": "url",
        "query": "lines",
    }
    assert [each.name for each in describe(Settings) if each.required] == ["host"]
    assert [each.name for each in describe(Settings) if each.expert] == ["pause"]
    assert (described("port").minimum, described("port").maximum) == (1, 65535)
    assert described("mode").choices == ("read", "write")
    assert described("scope").choices == ("one", "all")
    assert described("sort").choices == ("up", "down")
    assert described("query").default == "SELECT 1"


@pytest.mark.parametrize("kind", [list[str], int | str, Literal[1, 2], bytes])
def test_what_no_form_can_show_is_said_to_its_author(kind: Any) -> None:
    with pytest.raises(TypeError, match="x: no form shows"):
        describe(dataclasses.make_dataclass("Odd", [("x", kind)]))


def test_a_slip_in_the_metadata_is_said_to_its_author() -> None:
    misspelt = dataclasses.make_dataclass(
        "Misspelt", [("x", str, field(metadata={"secrets": True}))]
    )
    with pytest.raises(TypeError, match="x: no form knows secrets"):
        describe(misspelt)


# ---------------------------------------------------------------- filling in


def test_what_is_left_out_has_its_default() -> None:
    assert convert(Settings, {"host": "a"}) == Settings(host="a")
    assert convert(Settings, {"host": "a", "pause": 2}) == Settings(host="a", pause=2.0)


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"host": None}, "host", "host: needed"),
        ({"host": ""}, "host", "host: needed"),
        ({"host": 5}, "host", "host: a text is expected"),
        ({"port": "1"}, "port", "port: a whole number is expected"),
        ({"port": True}, "port", "port: a whole number is expected"),
        ({"port": 0}, "port", "port: 1 to 65535 is expected"),
        ({"pause": 0.4}, "pause", "pause: 0.5 at least is expected"),
        ({"pause": None}, "pause", "pause: a number is expected"),
        ({"size": 1001}, "size", "size: 1000 at most is expected"),
        ({"tls": 1}, "tls", "tls: yes or no is expected"),
        ({"mode": "look"}, "mode", "mode: one of read, write is expected"),
        ({"scope": "some"}, "scope", "scope: one of one, all is expected"),
        ({"sort": 1}, "sort", "sort: one of up, down is expected"),
        ({"address": "host/path"}, "address", "address: an address such as"),
        ({"address": "https://a b/"}, "address", "address: an address such as"),
        ({"address": "https://[/"}, "address", "address: an address such as"),
        ({"made": 1}, "made", "No such setting: made."),
        ({"mode": "write"}, "password", "password: needed to write"),
        ({"host": "nowhere"}, None, "this cannot work"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    changes: dict[str, object], name: str | None, words: str
) -> None:
    with pytest.raises(WrongSetting) as wrong:
        convert(Settings, {"host": "a", **changes})
    assert wrong.value.field == name
    assert str(wrong.value).startswith(words)


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["read", "write", "up", "one", "https://host/"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
names = st.sampled_from([each.name for each in describe(Settings)]) | st.text(max_size=8)
filled_in = st.dictionaries(names, anything)


@given(filled_in)
def test_whatever_is_filled_in_makes_settings_or_is_refused(values: dict[str, object]) -> None:
    try:
        made = convert(Settings, values)
    except WrongSetting as wrong:
        assert wrong.field is None or wrong.field in str(wrong)
    else:
        stored = {name: value for name, value in asdict(made).items() if name != "made"}
        assert convert(Settings, stored) == made
        assert all(stored[name] == value for name, value in values.items())


# ---------------------------------------------------------------- secrets

SECRET = secret_fields(Settings) | {"pin"}
settings = st.dictionaries(
    st.sampled_from(["host", "port", *sorted(SECRET)]), st.none() | st.text(max_size=5)
)


def test_secrets_by_example() -> None:
    assert secret_fields(Settings) == {"password"}
    stored = {"host": "a", "password": "hidden"}
    assert without_secrets(stored, SECRET) == {"host": "a", "password": None}
    assert without_secrets(stored, SECRET, "***") == {"host": "a", "password": "***"}
    assert keeping_secrets(stored, {"host": "b"}, SECRET) == {"host": "b", "password": "hidden"}


@given(settings, settings)
def test_a_secret_left_out_or_null_stays(old: dict[str, object], new: dict[str, object]) -> None:
    kept = keeping_secrets(old, new, SECRET)
    for name in SECRET:
        given_one = new.get(name) is not None
        assert kept.get(name) == (new[name] if given_one else old.get(name))
    public = {name: value for name, value in kept.items() if name not in SECRET}
    assert public == {name: value for name, value in new.items() if name not in SECRET}


@given(settings)
def test_sending_back_what_was_shown_changes_nothing(stored: dict[str, object]) -> None:
    assert keeping_secrets(stored, without_secrets(stored, SECRET), SECRET) == stored


@given(settings, st.sampled_from(sorted(SECRET)))
def test_an_empty_text_removes_a_secret(stored: dict[str, object], name: str) -> None:
    assume(stored.get(name))
    assert not keeping_secrets(stored, {name: ""}, SECRET)[name]


@given(settings)
def test_no_secret_is_shown(stored: dict[str, object]) -> None:
    shown = without_secrets(stored, SECRET)
    assert shown.keys() == stored.keys()
    assert all(shown[name] is None for name in SECRET & shown.keys())
