"""Users as SCIM resources: what is told of a user is read as the same user again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.errors import Invalid
from tws.organisation.actor import (
    CompanyId,
    DeviceRowId,
    DomainId,
    ScimConnectionId,
    UserId,
)
from tws.organisation.model import ScimConnection, User, UserDevice
from tws.organisation.users import checked
from tws.protocols.scim.attributes import Resource
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.patching import operations, patched
from tws.provisioning.people import made, resource, wanted
from tws.storage import new_id

ENTRA = ScimConnection(
    id=ScimConnectionId("entra"),
    version=1,
    company=CompanyId("c"),
    domain=DomainId("d"),
    name="Entra ID",
    link="link",
)
DORA = User(
    id=UserId("dora"),
    version=3,
    company=ENTRA.company,
    domain=ENTRA.domain,
    username="dora",
    user_import=ENTRA.id,
    ip="192.0.2.1",
    custom0="kept",
)


def device(number: str, by: str | None = ENTRA.id, link: str = "link") -> UserDevice:
    return UserDevice(
        id=DeviceRowId(number),
        version=1,
        company=DORA.company,
        domain=DORA.domain,
        user=DORA.id,
        link=link,
        number=number,
        protocol="CSTA",
        user_import=None if by is None else ScimConnectionId(by),
    )


def told(user: User, *devices: UserDevice) -> Resource:
    return resource(user, ENTRA, devices, ())


text = st.text(max_size=12)
users = st.builds(
    replace,
    st.just(DORA),
    username=st.from_regex(r"[a-zé.@-]{1,12}", fullmatch=True),
    first_name=text,
    last_name=text,
    email=st.sampled_from(["", "a@b.example"]),
    mobile=st.from_regex(r"(\+?[0-9 ]{0,12})", fullmatch=True),
    culture=st.sampled_from(["Auto", "fr", "en"]),
    external_key=text,
    enabled=st.booleans(),
    missing=st.just(False),
)


@given(users)
def test_what_is_told_of_a_user_makes_the_same_user(user: User) -> None:
    try:
        user = checked(user)
    except Invalid:
        return
    if not user.enabled:
        user = replace(user, missing=True)
    want = wanted(told(user, device("4021")), user, ENTRA)
    assert want.user == user
    assert want.numbers == ("4021",)


def test_only_extensions_of_its_own_are_told() -> None:
    own, others = device("4021"), (device("4022", None), device("4023", link="another"))
    numbers = told(DORA, own, *others)["phoneNumbers"]
    assert numbers == [{"value": "4021", "type": "work"}]


@pytest.mark.parametrize(
    ("enabled", "missing", "active", "after"),
    [
        (True, False, False, (False, True)),
        (False, True, True, (True, False)),
        (False, False, True, (False, False)),
        (False, False, False, (False, False)),
        (False, True, False, (False, True)),
        (False, True, None, (False, True)),
        (True, False, "False", (False, True)),
    ],
)
def test_who_is_enabled(
    enabled: bool, missing: bool, active: object, after: tuple[bool, bool]
) -> None:
    user = replace(DORA, enabled=enabled, missing=missing)
    sent = {"userName": "dora"} | ({} if active is None else {"ACTIVE": active})
    want = wanted(sent, user, ENTRA).user
    assert (want.enabled, want.missing) == after


@pytest.mark.parametrize(
    ("emails", "kept"),
    [
        ([], ""),
        (
            [{"value": "h@x.example", "type": "home"}, {"value": "w@x.example", "type": "work"}],
            "w",
        ),
        (
            [
                {"value": "w@x.example", "type": "work"},
                {"value": "p@x.example", "primary": "True"},
            ],
            "p",
        ),
        ([{"value": "h@x.example"}, {"type": "work"}], "h"),
        (["plain@x.example"], "plain"),
    ],
)
def test_which_address_is_kept(emails: list[object], kept: str) -> None:
    want = wanted({"userName": "dora", "emails": emails}, DORA, ENTRA).user
    assert want.email.removesuffix("@x.example") == kept


@pytest.mark.parametrize(
    ("language", "culture"),
    [("fr-CA", "fr"), ("EN_gb", "en"), ("de", "Auto"), ("", "fr"), (None, "fr")],
)
def test_which_culture(language: str | None, culture: str) -> None:
    french = replace(DORA, culture="fr")
    sent = {"userName": "dora", "preferredLanguage": language}
    assert wanted(sent, french, ENTRA).user.culture == culture


def test_numbers_of_work_and_no_others() -> None:
    numbers = [
        {"type": "fax", "value": "1"},
        {"type": "Work", "value": "tel:+33-1-55;ext=2"},
        {"value": "4021"},
        {"type": "mobile", "value": "+33 6"},
    ]
    want = wanted({"userName": "dora", "phoneNumbers": numbers}, DORA, ENTRA)
    assert want.numbers == ("+33-1-55", "4021")
    assert want.user.mobile == "+33 6"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=2)
        | st.dictionaries(st.sampled_from(["value", "type", "primary"]), inside, max_size=3)
    ),
    max_leaves=5,
)
names = st.sampled_from(
    ["userName", "name", "emails", "phoneNumbers", "active", "externalId", "locale", "x"]
)


@given(st.dictionaries(names, values, max_size=5))
def test_whatever_is_sent_is_a_user_or_refused(sent: dict[str, object]) -> None:
    change = operations({"Operations": [{"op": "replace", "value": sent}]})
    for body in (sent, patched(told(DORA), change)):
        try:
            after = wanted(body, DORA, ENTRA).user
        except ScimError as refused:
            assert refused.status == 400
        else:
            assert checked(after) == after
            assert (after.id, after.ip, after.custom0) == (DORA.id, DORA.ip, DORA.custom0)


def test_when_a_row_was_made() -> None:
    at = datetime.fromisoformat(made(new_id()))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=5)
