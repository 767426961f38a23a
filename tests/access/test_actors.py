"""What an actor may do follows what was granted, whatever happened before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tws.access.actors import Actors
from tws.access.model import ApiKey, Session
from tws.bus import Bus
from tws.organisation.actor import AdministratorId, CompanyId, DomainId, GroupId, UserId
from tws.organisation.applications import Application
from tws.organisation.events import (
    AdministratorChanged,
    GrantChanged,
    GroupChanged,
    UserChanged,
)
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Administrator, Group, User
from tws.organisation.registry import Registry

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
COMPANY, DOMAIN = CompanyId("ssdei"), DomainId("paris")
USERS = (UserId("alice"), UserId("bob"))
GROUPS = (GroupId("everybody"), GroupId("reception"))
ADMINISTRATOR = AdministratorId("ada")


def session_of(user: UserId) -> Session:
    return Session(
        id=f"session of {user}",
        token="",
        user=user,
        administrator=None,
        created=AT,
        seen=AT,
        address="",
        agent="",
    )


def key_of(user: UserId) -> ApiKey:
    return ApiKey(
        id=f"key of {user}",
        company=COMPANY,
        user=user,
        label="",
        created=AT,
        expires=None,
        seen=None,
    )


class Office:
    """An organisation that changes, and what it should let people do."""

    def __init__(self) -> None:
        self.bus = Bus()
        self.registry = Registry(self.bus)
        self.actors = Actors(self.registry)
        self.users: dict[UserId, User] = {}
        self.groups = {
            id: Group(id=id, version=1, company=COMPANY, domain=DOMAIN, name=id) for id in GROUPS
        }
        self.granted: dict[tuple[Application, str], Grant] = {}
        for group in self.groups.values():
            self.bus.publish(GroupChanged(None, group))

    def hire(self, user: UserId, _: GroupId, __: Application) -> None:
        if user not in self.users:
            made = User(id=user, version=1, company=COMPANY, domain=DOMAIN, username=user)
            self.users[user] = made
            self.bus.publish(UserChanged(None, made))

    def turn(self, user: UserId, _: GroupId, __: Application) -> None:
        """Disabled, or enabled again."""
        if before := self.users.get(user):
            after = replace(before, version=before.version + 1, enabled=not before.enabled)
            self.users[user] = after
            self.bus.publish(UserChanged(before, after))

    def move(self, user: UserId, group: GroupId, _: Application) -> None:
        """Into the group, or out of it."""
        if user in self.users:
            before = self.groups[group]
            after = replace(before, version=before.version + 1, members=before.members ^ {user})
            self.groups[group] = after
            self.bus.publish(GroupChanged(before, after))

    def grant(self, user: UserId, _: GroupId, application: Application) -> None:
        """To the user, or no more."""
        if user in self.users:
            self._grant(application, GranteeKind.USER, user)

    def grant_group(self, _: UserId, group: GroupId, application: Application) -> None:
        self._grant(application, GranteeKind.GROUP, group)

    def _grant(self, application: Application, kind: GranteeKind, to: str) -> None:
        if before := self.granted.pop((application, to), None):
            self.bus.publish(GrantChanged(before, None))
            return
        made = Grant(
            id=f"{application} {to}",
            company=COMPANY,
            kind=GrantKind.APPLICATION,
            object_kind=ObjectKind.APPLICATION,
            object=application,
            grantee_kind=kind,
            grantee=to,
        )
        self.granted[application, to] = made
        self.bus.publish(GrantChanged(None, made))

    def expected(self, user: UserId) -> frozenset[Application]:
        """What a user may use, looked for in everything that was granted."""
        holders = {user} | {id for id, group in self.groups.items() if user in group.members}
        return frozenset(application for application, to in self.granted if to in holders)


CHANGES: tuple[Callable[[Office, UserId, GroupId, Application], None], ...] = (
    Office.hire,
    Office.turn,
    Office.move,
    Office.grant,
    Office.grant_group,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(CHANGES),
        st.sampled_from(USERS),
        st.sampled_from(GROUPS),
        st.sampled_from(list(Application)),
    ),
    max_size=40,
)


@given(steps=STEPS)
def test_after_any_changes_everybody_may_what_is_granted_now(
    steps: list[tuple[Callable[..., None], UserId, GroupId, Application]],
) -> None:
    office = Office()
    for change, *about in steps:
        change(office, *about)
    for user in USERS:
        row, granted = office.users.get(user), office.expected(user)
        there = row is not None and row.enabled
        by_session = office.actors.actor(session_of(user))
        by_key = office.actors.actor(key_of(user))
        assert (by_session is not None) == (there and Application.CALLER in granted)
        programs = {Application.CALLER, Application.TOOLKIT}
        assert (by_key is not None) == (there and not granted.isdisjoint(programs))
        for actor in (by_session, by_key):
            if actor is not None:
                assert actor.applications == granted
                assert (actor.user, actor.company, actor.domain) == (user, COMPANY, DOMAIN)
                assert actor.administrator is None and not actor.manages(COMPANY)
        refusal = office.actors.refusal(user)
        assert (refusal is None) == (by_session is not None)
        if refusal is not None:
            assert refusal.why == ("applicationNotGranted" if there else "accountDisabled")


@given(
    companies=st.frozensets(st.sampled_from(["ssdei", "other"]).map(CompanyId)),
    super_user=st.booleans(),
    asked=st.sampled_from(["ssdei", "other", "unknown"]).map(CompanyId),
)
def test_an_administrator_manages_what_the_row_says_now(
    companies: frozenset[CompanyId], super_user: bool, asked: CompanyId
) -> None:
    bus = Bus()
    actors = Actors(Registry(bus))
    shown = replace(session_of(USERS[0]), user=None, administrator=ADMINISTRATOR)
    assert actors.actor(shown) is None
    first = Administrator(id=ADMINISTRATOR, version=1, username="ada", super_user=False)
    now = replace(first, version=2, super_user=super_user, companies=companies)
    bus.publish(AdministratorChanged(None, first))
    before = actors.actor(shown)
    assert before is not None and not before.manages(asked)
    bus.publish(AdministratorChanged(first, now))
    actor = actors.actor(shown)
    assert actor is not None
    assert (actor.user, actor.company, actor.administrator) == (None, None, ADMINISTRATOR)
    assert actor.manages(asked) == (super_user or asked in companies)
    assert actor.super_user == super_user
    bus.publish(AdministratorChanged(now, None))
    assert actors.actor(shown) is None
