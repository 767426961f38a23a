"""Which resources are asked for, and what of them is shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.scim.test_filters import BABS
from tws.protocols.scim.asking import COUNT, MOST, asked, listed, shown
from tws.protocols.scim.attributes import ENTERPRISE, USER
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.schemas import provider_config, resource_types, schemas


@pytest.mark.parametrize(
    ("given", "start", "count"),
    [
        ({}, 1, COUNT),
        ({"startIndex": "0", "count": "-3"}, 1, 0),
        ({"STARTINDEX": "11", "Count": "10"}, 11, 10),
        ({"startIndex": 3, "count": 9999999}, 3, MOST),
    ],
)
def test_pages(given: dict[str, Any], start: int, count: int) -> None:
    found = asked(given)
    assert (found.start, found.count) == (start, count)
    assert list(found.page(range(1000))) == list(range(1000))[start - 1 : start - 1 + count]


@pytest.mark.parametrize("value", ["x", "1.5", True, "9" * 20, "--1"])
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(ScimError) as refused:
        asked({"count": value})
    assert refused.value.kind == "invalidValue"


def test_only_what_is_asked_for() -> None:
    given = {"attributes": f"userName,emails.value,{ENTERPRISE}:department,{USER}:name.familyName"}
    assert shown(given).of(BABS) == {
        "schemas": BABS["schemas"],
        "id": BABS["id"],
        "userName": BABS["userName"],
        "name": {"familyName": "Jensen"},
        "emails": [{"value": "bjensen@example.com"}, {"value": "babs@jensen.org"}],
        ENTERPRISE: {"department": "Tours"},
    }


def test_all_but_what_is_left_out() -> None:
    found = shown({"excludedAttributes": ["Groups", "id", "emails.type"]}).of(BABS)
    assert "groups" not in found
    assert found["id"] == BABS["id"]
    assert found["emails"][1] == {"value": "babs@jensen.org"}


def test_which_attributes_need_not_be_told() -> None:
    assert shown({}).shows("members")
    assert not shown({"excludedAttributes": "members"}).shows("members")
    assert shown({"excludedAttributes": "members.display"}).shows("members")
    assert not shown({"attributes": "displayName"}).shows("members")
    assert shown({"attributes": "members.value"}).shows("members")


@given(st.lists(st.sampled_from(["userName", "emails.type", "x", "name", ENTERPRISE])))
def test_what_is_shown_and_what_is_left_out_is_all(names: list[str]) -> None:
    written = ",".join(names)
    only = shown({"attributes": written}).of(BABS)
    without = shown({"excludedAttributes": written}).of(BABS)
    assert BABS.keys() == only.keys() | without.keys()


def test_a_list_tells_how_many_there_are() -> None:
    found = listed([{"id": "1"}], 7, 3)
    assert (found["totalResults"], found["itemsPerPage"], found["startIndex"]) == (7, 1, 3)


def test_what_the_server_says_of_itself() -> None:
    said = {one["id"]: one for one in schemas("https://tws.example/scim/v2")}
    for kind in resource_types("https://tws.example/scim/v2"):
        assert kind["schema"] in said
        assert all(one["schema"] in said for one in kind["schemaExtensions"])
    config: Any = provider_config("")
    assert config["patch"]["supported"] and config["etag"]["supported"]
    assert not config["bulk"]["supported"]
