"""What an import would do, and why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.applying import NICE, OTHER, OWN, Company, person, row
from tests.numbering.domains import PARIS
from tws.imports.model import Action, Line, Person, Reason
from tws.imports.planning import Plan
from tws.numbering import plan_of
from tws.organisation.actor import GroupId
from tws.organisation.model import ImportMode

IDENTIFIERS = st.sampled_from(["", "1", "2", "3", "4", "5"])
NAMES = st.sampled_from(["", "ana", "ANA", "bob", "cléo", "dan", "two words", "x" * 101])
NUMBERS = st.sampled_from(["", "4001", "4002", "40 03", "4004", "none"])
LAST = st.sampled_from(["", "Durand", "Petit", "y" * 101])
PEOPLE = st.lists(
    st.builds(
        lambda i, n, t, last: person(i, n, t, last_name=last), IDENTIFIERS, NAMES, NUMBERS, LAST
    ),
    max_size=8,
)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Users of every origin, with devices that an import gave or somebody."""
    company = Company()
    numbers = iter(draw(st.permutations(["4001", "4002", "4003", "4004", "4005"])))
    keys = iter(draw(st.permutations(["1", "2", "3", "4", "9"])))
    for name in draw(st.permutations(["ana", "bob", "cléo", "dan", "eve"])):
        origin = draw(
            st.sampled_from(["none", "hand", "own", "own", "other", "elsewhere", "gone"])
        )
        if origin == "none":
            continue
        own = origin == "own"
        missing = own and draw(st.booleans())
        user = company.user(
            name,
            external_key=next(keys) if own else "",
            user_import={"own": OWN, "other": OTHER, "gone": "past"}.get(origin),
            domain=NICE if origin == "elsewhere" else "paris",
            missing=missing,
            enabled=not missing and draw(st.booleans()),
        )
        if draw(st.booleans()):
            company.give(user, next(numbers), ours=own and draw(st.booleans()))
    return company


def idle(found: Plan) -> bool:
    return not found.changes and not found.joining and found.counts.changes == 0


@given(companies(), PEOPLE, st.sampled_from(ImportMode), st.booleans(), st.booleans())
def test_what_was_carried_out_leaves_nothing_to_do(
    company: Company, people: list[Person], mode: ImportMode, extensions: bool, grouped: bool
) -> None:
    fields = {"link": "link" if extensions else None, "group": GroupId("g") if grouped else None}
    of = row(mode, **fields)
    before, devices = dict(company.users), dict(company.devices)
    found = company.plan(people, of)
    company.apply(found)
    again = company.plan(people, of)
    assert idle(again), again
    for id, user in before.items():
        theirs = user.user_import == OTHER or user.domain == NICE
        if theirs:  # nobody's business here
            assert company.users[id] == user
    for id, device in devices.items():
        if device.user_import is None and company.devices.get(id) != device:
            after = company.devices.get(id)
            owner = before[device.user]
            # Taken over with its number, or gone with a user who was ours.
            assert after is None or (after.user, after.number) == (device.user, device.number)
            assert after is not None or owner.user_import == OWN
    assert len(found.lines) >= len(people)


@given(companies(), PEOPLE, st.sampled_from(ImportMode))
def test_each_mode_does_no_more_than_it_says(
    company: Company, people: list[Person], mode: ImportMode
) -> None:
    counts = company.plan(people, row(mode)).counts
    if mode is ImportMode.UPDATE:
        assert counts.created == 0
    assert mode is ImportMode.DELETE or counts.deleted == 0
    assert mode is ImportMode.DISABLE or counts.disabled == 0


@given(companies(), PEOPLE, st.sampled_from(ImportMode))
def test_who_is_named_in_the_source_is_not_taken_away(
    company: Company, people: list[Person], mode: ImportMode
) -> None:
    """Though nothing can be made of his entry."""
    keys = {one.identifier for one in people}
    found = company.plan(people, row(mode))
    for change in found.changes:
        before = change.before
        if before is not None and (change.after is None or change.after.missing):
            assert before.user_import == OWN
            assert before.external_key not in keys


def lines(found: Plan, action: Action) -> list[tuple[str, Reason | None]]:
    return [(line.username, line.why) for line in found.lines if line.action is action]


def only(found: Plan) -> Line:
    (line,) = found.lines
    return line


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([person("", "ana", "4001")], Reason.NO_IDENTIFIER),
        ([person("1", "", "4001")], Reason.NO_USERNAME),
        ([person("1", "ana")], Reason.NO_NUMBER),
        ([person("1", "ana", "desk 4")], Reason.BAD_NUMBER),
        ([person("1", "an a", "4001")], Reason.INVALID),
        ([person("1", "ana", "4001", last_name="x" * 101)], Reason.INVALID),
        ([person("1", "ana", "4001", email1="nowhere")], Reason.INVALID),
    ],
)
def test_an_entry_is_left_out_with_its_reason(people: list[Person], why: Reason) -> None:
    assert only(Company().plan(people)).why is why


def test_the_reason_says_which_text_is_wrong_and_why() -> None:
    line = only(Company().plan([person("1", "ana", "4001", last_name="x" * 100_000)]))
    assert str(line.said) == "last name: longer than 100 characters"


def test_the_first_of_two_counts() -> None:
    people = [
        person("1", "ana", "4001"),
        person("1", "bob", "4002"),
        person("2", "Ana", "4003"),
        person("3", "cléo", "4001"),
    ]
    found = Company().plan(people)
    assert lines(found, Action.CREATED) == [("ana", None)]
    assert lines(found, Action.IGNORED) == [
        ("bob", Reason.IDENTIFIER_TWICE),
        ("Ana", Reason.USERNAME_TWICE),
        ("cléo", Reason.NUMBER_TWICE),
    ]


def test_without_extensions_nobody_needs_a_number() -> None:
    found = Company().plan([person("1", "ana")], row(link=None))
    assert lines(found, Action.CREATED) == [("ana", None)]
    assert not found.changes[0].devices


def test_new_devices_are_as_the_import_says_and_others_keep_theirs() -> None:
    company, of = Company(), row(protocol="SIP", video=True, sip_proxy="pbx", one_number=True)
    company.apply(company.plan([person("1", "ana", "4001")], of))
    (device,) = company.devices.values()
    assert (device.video, device.sip_proxy, device.one_number) == (True, "pbx", True)
    company.devices[device.id] = own = replace(
        device, video=False, sip_proxy="own", softphone=True
    )
    assert not company.plan([person("1", "ana", "4001")], of).changes
    company.apply(company.plan([person("1", "ana", "4002")], of))
    assert company.devices[device.id] == replace(own, number="4002", version=own.version + 1)
    company.apply(company.plan([person("1", "ana", "4002")], row(protocol="CSTA")))
    after = company.devices[device.id]
    assert (after.protocol, after.sip_proxy, after.softphone) == ("CSTA", "", False)


def test_a_user_of_the_same_name_is_taken_over() -> None:
    company = Company()
    ana = company.user("ana", "4001", first_name="Ana")
    found = company.plan([person("1", "Ana", "4001")])
    assert only(found) == Line(Action.UPDATED, "Ana", "1", Reason.ADOPTED)
    company.apply(found)
    assert company.users[ana.id].user_import == OWN
    assert company.users[ana.id].external_key == "1"
    (device,) = company.devices.values()
    assert device.user == ana.id and device.user_import == OWN


@pytest.mark.parametrize("field", [{"user_import": OTHER}, {"domain": NICE}])
def test_but_not_one_of_another_import_or_domain(field: dict[str, object]) -> None:
    company = Company()
    company.user("ana", "", **field)
    assert only(company.plan([person("1", "ana", "4001")])).why is Reason.USERNAME_TAKEN


def test_a_number_of_somebody_else_is_not_taken_from_him() -> None:
    company = Company()
    company.user("boss", "4001")
    line = only(company.plan([person("1", "ana", "4001")]))
    assert (line.why, str(line.said)) == (Reason.NUMBER_TAKEN, "4001")


def test_nor_one_of_a_queue_or_an_intercom_group() -> None:
    company = Company()
    company.shared = frozenset({"7000"})
    line = only(company.plan([person("1", "ana", "7000")]))
    assert (line.why, str(line.said)) == (Reason.NUMBER_TAKEN, "7000")


def imported(*who: tuple[str, str, str]) -> Company:
    company = Company()
    company.apply(company.plan([person(*one) for one in who]))
    return company


def numbers(company: Company) -> dict[str, str]:
    return {company.users[d.user].username: d.number for d in company.devices.values()}


def test_two_may_swap_their_numbers() -> None:
    company = imported(("1", "ana", "4001"), ("2", "bob", "4002"))
    found = company.plan([person("1", "ana", "4002"), person("2", "bob", "4001")])
    company.apply(found)
    assert numbers(company) == {"ana": "4002", "bob": "4001"}


def test_names_go_on_in_a_chain_but_not_in_a_circle() -> None:
    company = imported(("1", "ana", "4001"), ("2", "bob", "4002"), ("3", "cléo", "4003"))
    moved = [person("1", "bob", "4001"), person("2", "cléo", "4002"), person("3", "dan", "4003")]
    found = company.plan(moved)
    assert found.counts.updated == 3
    company.apply(found)
    circle = [person("1", "cléo", "4001"), person("2", "bob", "4002"), person("3", "dan", "4003")]
    assert lines(company.plan(circle), Action.IGNORED) == [
        ("cléo", Reason.USERNAME_TAKEN),
        ("bob", Reason.USERNAME_TAKEN),
    ]


@pytest.mark.parametrize("mode", [ImportMode.DELETE, ImportMode.DISABLE])
def test_a_newcomer_gets_the_number_of_who_has_left(mode: ImportMode) -> None:
    company = imported(("1", "ana", "4001"))
    company.apply(company.plan([person("2", "bob", "4001")], row(mode)))
    assert numbers(company) == {"bob": "4001"}
    assert ("ana" in {u.username for u in company.users.values()}) is (mode is ImportMode.DISABLE)


def test_where_nobody_leaves_he_does_not() -> None:
    company = imported(("1", "ana", "4001"))
    found = company.plan([person("2", "bob", "4001")], row(ImportMode.INSERT))
    assert only(found).why is Reason.NUMBER_TAKEN


def test_who_comes_back_is_enabled_again_but_not_whom_somebody_disabled() -> None:
    of = row(ImportMode.DISABLE)
    company = imported(("1", "ana", "4001"), ("2", "bob", "4002"))
    both = [person("1", "ana", "4001"), person("2", "bob", "4002")]
    company.apply(company.plan(both[:1], of))
    for user in company.users.values():
        if user.username == "ana":
            company.users[user.id] = replace(user, enabled=False)
    found = company.plan(both, of)
    assert lines(found, Action.UPDATED) == [("bob", Reason.BACK)]
    company.apply(found)
    assert {u.username: u.enabled for u in company.users.values()} == {"ana": False, "bob": True}


def test_a_new_identifier_of_the_same_name_is_the_same_user() -> None:
    company = imported(("1", "ana", "4001"))
    (id,) = company.users
    company.apply(company.plan([person("7", "ana", "4001")]))
    assert company.users[id].external_key == "7" and len(company.users) == 1


def test_a_field_that_no_entry_fills_stays_as_it_is() -> None:
    company = Company()
    company.apply(company.plan([person("1", "ana", "4001", email1="a@x.org")]))
    found = company.plan([person("1", "ana", "4001", email1="")])
    assert idle(found)
    assert "No entry has anything in e-mail: it stays as it is." in map(str, found.notes)


def test_devices_given_by_hand_stay() -> None:
    company = imported(("1", "ana", "4001"))
    (ana,) = company.users.values()
    company.give(ana, "4999", ours=False)
    company.apply(company.plan([person("1", "ana", "4002")]))
    assert sorted(d.number for d in company.devices.values()) == ["4002", "4999"]


def test_the_dial_plan_makes_extensions_of_numbers() -> None:
    adapt = plan_of(PARIS)

    def number(*written: str) -> str | Reason | None:
        one = Person({"identifier": "1", "username": "ana"}, "1", written)
        found = Company().plan([one], row(adapt=True), adapt)
        return found.lines[0].why or found.changes[0].devices[0].after.number  # type: ignore[union-attr]

    assert number("40-01") == "4001"
    assert number("01 55 17 18 89 poste 4092") == "4092"
    assert number("+33 1 55 17 18 89") is Reason.OUTSIDE_NUMBER
    assert number("+33 1 55 17 18 89", "4001") == "4001"


def test_an_extension_that_nobody_wants_any_more_goes() -> None:
    company = imported(("1", "ana", "4001"), ("2", "bob", "4002"))
    company.apply(company.plan([person("1", "ana", "4002"), person("2", "bob", "4003")]))
    assert numbers(company) == {"ana": "4002", "bob": "4003"} and len(company.devices) == 2


def test_one_given_by_hand_is_not_taken_from_somebody_of_ours() -> None:
    company = imported(("1", "ana", "4001"))
    (ana,) = company.users.values()
    company.give(ana, "4999", ours=False)
    found = company.plan([person("1", "ana", "4001"), person("2", "bob", "4999")])
    assert lines(found, Action.IGNORED) == [("bob", Reason.NUMBER_TAKEN)]
