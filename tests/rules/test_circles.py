"""Forwardings that come back to who forwarded first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.rules.circles import circle

LEADS = {"A": "B", "B": "C", "C": "A", "D": "D"}


@pytest.mark.parametrize(
    ("start", "level", "found"),
    [
        ("A", 0, None),
        ("A", 1, None),
        ("A", 2, None),
        ("A", 3, ("A", "B", "C", "A")),
        ("A", 20, ("A", "B", "C", "A")),
        ("D", 0, None),
        ("D", 1, ("D", "D")),
        ("E", 20, None),
    ],
)
def test_as_many_forwardings_as_the_level_says_are_looked_over(
    start: str, level: int, found: tuple[str, ...] | None
) -> None:
    assert circle(start, lambda node: LEADS.get(node, ""), level) == found


@given(
    st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3)),
    st.integers(0, 8),
)
def test_the_shortest_way_back_is_found_where_there_is_one(
    leads: dict[int, list[int]], level: int
) -> None:
    found = circle(0, lambda node: leads.get(node, []), level)
    reached, back = {0}, None
    for length in range(1, level + 1):
        reached = {to for node in reached for to in leads.get(node, [])}
        if 0 in reached:
            back = length
            break
    assert (None if found is None else len(found) - 1) == back
    if found is not None:
        assert all(b in leads.get(a, []) for a, b in pairwise(found))
