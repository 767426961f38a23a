"""Changes of resources: the examples of RFC 7644, and what providers really send."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.scim.test_filters import BABS, resources, values
from tws.protocols.scim.attributes import ENTERPRISE
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.patching import MOST, operations, parse_path, patched

Change = dict[str, Any]


def changed(resource: dict[str, Any], *changes: Change) -> dict[str, Any]:
    return patched(resource, operations({"Operations": list(changes)}))


def test_add_merges_and_appends() -> None:
    new = {"value": "babs@example.org", "type": "other"}
    after = changed(
        BABS, {"op": "add", "value": {"emails": [new], "nickName": "Babs", "name": {"x": "y"}}}
    )
    assert after["emails"] == [*BABS["emails"], new]
    assert after["nickName"] == "Babs"
    assert after["name"] == BABS["name"] | {"x": "y"}


def test_what_is_there_is_not_added_twice() -> None:
    group = {"members": [{"value": "1"}, {"value": "2"}]}
    after = changed(
        group, {"op": "Add", "path": "members", "value": [{"value": "2"}, {"value": "3"}]}
    )
    assert [one["value"] for one in after["members"]] == ["1", "2", "3"]


def test_a_new_primary_value_takes_the_place_of_the_other() -> None:
    after = changed(
        BABS,
        {"op": "add", "path": "emails", "value": [{"value": "n@example.com", "primary": True}]},
    )
    assert [one.get("primary") for one in after["emails"]] == [False, None, True]


def test_replace_takes_the_place_of_all_values() -> None:
    after = changed(BABS, {"op": "replace", "path": "emails", "value": {"value": "a@b.example"}})
    assert after["emails"] == [{"value": "a@b.example"}]


@pytest.mark.parametrize("op", ["Replace", "Add"])
def test_a_chosen_value_is_changed(op: str) -> None:
    path = 'emails[type eq "work"].value'
    after = changed(BABS, {"op": op, "path": path, "value": "new@example.com"})
    assert after["emails"][0] == BABS["emails"][0] | {"value": "new@example.com"}
    assert after["emails"][1] == BABS["emails"][1]


def test_a_chosen_value_that_is_not_there_is_made() -> None:
    """As Entra ID sends the first number of somebody."""
    path = 'phoneNumbers[type eq "mobile"].value'
    after = changed(BABS, {"op": "Replace", "path": path, "value": "+33 6 12"})
    assert after["phoneNumbers"] == [{"type": "mobile", "value": "+33 6 12"}]


def test_a_choice_that_says_nothing_has_no_target() -> None:
    with pytest.raises(ScimError) as refused:
        changed(BABS, {"op": "replace", "path": 'emails[value co "xyz"].type', "value": "x"})
    assert refused.value.kind == "noTarget"


def test_remove() -> None:
    after = changed(
        BABS,
        {"op": "remove", "path": 'emails[type eq "home"]'},
        {"op": "remove", "path": "name.givenName"},
        {"op": "remove", "path": "nickName"},
        {"op": "Remove", "path": f"{ENTERPRISE}:department"},
    )
    assert after["emails"] == BABS["emails"][:1]
    assert after["name"] == {"familyName": "Jensen"}
    assert after[ENTERPRISE] == {}


@pytest.mark.parametrize(
    "change",
    [
        {"op": "remove", "path": 'members[value eq "2"]'},
        {"op": "Remove", "path": "members", "value": [{"$ref": None, "value": "2"}]},
        {"op": "Remove", "path": "members", "value": "2"},
    ],
)
def test_one_member_is_removed(change: Change) -> None:
    group = {"members": [{"value": "1", "display": "A"}, {"value": "2", "type": "User"}]}
    assert changed(group, change)["members"] == [{"value": "1", "display": "A"}]


def test_all_members_are_removed() -> None:
    group = {"members": [{"value": "1"}]}
    assert changed(group, {"op": "remove", "path": "members"})["members"] == []


def test_names_of_members_may_be_paths() -> None:
    """As Entra ID sends several changes at once."""
    value = {
        "active": "False",
        "name.familyName": "Smith",
        'emails[type eq "work"].value': "smith@example.com",
        f"{ENTERPRISE}:department": "Sales",
    }
    after = changed(BABS, {"op": "Replace", "value": value})
    assert after["active"] == "False"
    assert after["name"] == {"familyName": "Smith", "givenName": "Barbara"}
    assert after["emails"][0]["value"] == "smith@example.com"
    assert after[ENTERPRISE] == {"department": "Sales"}


def test_names_are_written_in_any_case() -> None:
    after = changed(BABS, {"op": "replace", "path": "USERNAME", "value": "babs"})
    assert after["userName"] == "babs"
    assert "USERNAME" not in after


def test_the_id_in_a_value_is_passed_over_and_as_a_path_refused() -> None:
    """Okta sends the id of a group with its new name."""
    after = changed(BABS, {"op": "replace", "value": {"id": "x", "title": "Dr."}})
    assert (after["id"], after["title"]) == (BABS["id"], "Dr.")
    with pytest.raises(ScimError) as refused:
        changed(BABS, {"op": "replace", "path": "id", "value": "x"})
    assert refused.value.kind == "mutability"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "invalidSyntax"),
        ({"Operations": []}, "invalidSyntax"),
        ({"Operations": {"op": "add"}}, "invalidSyntax"),
        ({"Operations": ["add"]}, "invalidSyntax"),
        ({"Operations": [{"op": "move", "path": "a", "value": 1}]}, "invalidSyntax"),
        ({"Operations": [{"op": "add", "path": "a"}]}, "invalidValue"),
        ({"Operations": [{"op": "add", "path": 1, "value": 1}]}, "invalidPath"),
        ({"Operations": [{"op": "add", "path": "emails[", "value": 1}]}, "invalidPath"),
        ({"Operations": [{"op": "add", "path": "a.b.c", "value": 1}]}, "invalidPath"),
        ({"Operations": [{"op": "add", "value": 1}]}, "invalidValue"),
        ({"Operations": [{"op": "remove"}]}, "noTarget"),
        ({"Operations": [{"op": "remove", "path": "a"}] * (MOST + 1)}, "tooMany"),
        ("text", "invalidSyntax"),
    ],
)
def test_what_is_no_change(body: Any, kind: str) -> None:
    with pytest.raises(ScimError) as refused:
        patched(BABS, operations(body))
    assert (refused.value.status, refused.value.kind) == (400, kind)


# ---------------------------------------------------------------- properties

written = (
    st.sampled_from(
        [
            *("userName", "name", "name.familyName", "emails", "emails.type", "active"),
            *('emails[type eq "work"].value', 'emails[type eq "other"]', "members"),
            *('members[value eq "1"]', f"{ENTERPRISE}:department"),
        ]
    )
    | st.none()
)
changes = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "remove"]), "value": values},
    optional={"path": written},
)


@given(resources | st.just(BABS), st.lists(changes, min_size=1, max_size=4))
def test_whatever_is_changed_is_done_or_refused(
    resource: dict[str, Any], sent: list[Change]
) -> None:
    before = repr(resource)
    try:
        after = changed(resource, *sent)
    except ScimError as refused:
        assert refused.status == 400
    else:
        assert after.get("id") == resource.get("id")
    assert repr(resource) == before


def is_plain(change: Change) -> bool:
    """What is changed may be what it was chosen by: a filter need not choose it again."""
    return "[" not in (change.get("path") or "")


@given(st.lists(changes, min_size=1, max_size=3).filter(lambda sent: all(map(is_plain, sent))))
def test_to_replace_twice_is_to_replace_once(sent: list[Change]) -> None:
    replacing = [change | {"op": "replace"} for change in sent]
    try:
        once = changed(BABS, *replacing)
        assert changed(once, *replacing) == once
    except ScimError:
        pass


@given(st.text(max_size=20) | st.text(alphabet="aeq[]. \"':", max_size=20))
def test_any_path_is_read_or_refused(path: str) -> None:
    try:
        parse_path(path)
    except ScimError as refused:
        assert refused.kind == "invalidPath"
