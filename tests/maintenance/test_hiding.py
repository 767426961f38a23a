"""What a support bundle hides of people, and what it leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.maintenance.support.hiding import DOT, Hiding, shape
from tws.maintenance.support.lines import shown, without_words
from tws.telemetry import personal

HIDING = Hiding(["alice", "Alice", "Martin", "Le Goff", "4001", "alice@ssdei.example"])


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("+33155171889", "+33•••••••89"),
        ("01 55 17 18 89", "01 •• •• •• 89"),
        ("4001", "••01"),
        ("12", "••"),
        ("Vasseur", "•••••••"),
        ("4001 alerting", "••01 ••••••••"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_shape(number: str, seen: str) -> None:
    assert shape(number) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("no answer from +33 1 55 17 18 89.", "no answer from +33 • •• •• •• 89."),
        ("dialled 00155171889", "dialled 00•••••••89"),
        ("Martin has no device", "•••••• has no device"),
        ("martin, le goff and ALICE", "••••••, le •••• and •••••"),
        ("4001 is not monitored", "••01 is not monitored"),
        ("mail to bob.durand@ssdei.example failed", "mail to •••@ssdei.example failed"),
        ("Martinez and 40012 stay", "Martinez and 40012 stay"),
        ("at 2026-11-29T09:12:04.123456Z", "at 2026-11-29T09:12:04.123456Z"),
        ("leg 01a22d30-6228-7bc4-b84d-492142c0a7f0", "leg 01a22d30-6228-7bc4-b84d-492142c0a7f0"),
        ("192.168.100.200:5060 is away", "192.168.100.200:5060 is away"),
    ],
)
def test_in_a_text_people_are_hidden_and_no_more(text: str, seen: str) -> None:
    assert HIDING.text(text) == seen


@given(st.text(alphabet="0123456789", min_size=6, max_size=20), st.sampled_from(["+", "", "("]))
def test_no_number_is_whole(digits: str, before: str) -> None:
    for text in (f"{before}{digits}", f"a {before}{digits} b", f"number={before}{digits}"):
        assert digits not in HIDING.text(text)


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner)))
def test_whatever_it_is_given_it_hides(value: object) -> None:
    assert "alice@" not in str(HIDING.value([value, {"who": "alice@ssdei.example"}]))


def test_lines_of_the_log() -> None:
    line = {
        "event": "call step",
        "thread": "01a22d30-6228-7bc4-b84d-492142c0a7f0",
        "connections": personal("4003 alerting"),
        "why": "Martin at 0155171889",
        "count": 12345678,
        "exception": "Traceback (most recent call last):\n  File x, line 1\nValueError: Vasseur\n",
    }
    (seen,) = shown([line], HIDING)
    assert seen["thread"] == line["thread"] and seen["count"] == 12345678
    assert seen["connections"] == "••03 ••••••••" and seen["why"] == "•••••• at 01••••••89"
    assert seen["exception"].endswith("ValueError: (not given out)")
    (whole,) = shown([line], None)
    assert whole["connections"] == "4003 alerting" and "Vasseur" in whole["exception"]


def test_of_what_was_raised_the_words_go() -> None:
    said = (
        "Traceback (most recent call last):\n"
        '  File "one.py", line 3, in work\n'
        "    raise KeyError(name)\n"
        "KeyError: 'Vasseur\n0155171889'\n"
        "\n"
        "During handling of the above exception, another exception occurred:\n"
        "\n"
        "tws.storage.errors.StorageUnavailable: Vasseur\n"
        "TimeoutError\n"
    )
    seen = without_words(said)
    assert "Vasseur" not in seen and "0155171889" not in seen
    assert "KeyError: (not given out)" in seen and seen.endswith("TimeoutError")
    assert "tws.storage.errors.StorageUnavailable: (not given out)" in seen
    assert DOT not in seen
