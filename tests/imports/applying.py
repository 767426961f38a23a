"""Users in memory, to which a plan is applied as the database would: nothing is there twice, at no
moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from tws.imports.model import Person
from tws.imports.planning import Plan, Present, Rules, plan
from tws.numbering import DialPlan
from tws.organisation.actor import (
    CompanyId,
    DeviceRowId,
    DirectoryId,
    DomainId,
    UserId,
    UserImportId,
)
from tws.organisation.model import ImportMode, User, UserDevice, UserImport
from tws.organisation.words import fold

COMPANY, PARIS, NICE = CompanyId("c"), DomainId("paris"), DomainId("nice")
OWN, OTHER = UserImportId("own"), UserImportId("other")
LINK = "link"
_ids = count(1)


def new_id() -> str:
    return f"id{next(_ids):06}"


def row(mode: ImportMode = ImportMode.DELETE, **fields: object) -> UserImport:
    return UserImport(
        **{  # type: ignore[arg-type]
            "id": OWN,
            "version": 1,
            "company": COMPANY,
            "domain": PARIS,
            "directory": DirectoryId("d"),
            "mode": mode,
            "link": LINK,
            **fields,
        }
    )


def person(identifier: str, username: str, number: str = "", **values: str) -> Person:
    known = {"identifier": identifier, "username": username, "last_name": "", **values}
    return Person(known, identifier, tuple(filter(None, (number,))))


@dataclass
class Company:
    users: dict[str, User] = field(default_factory=dict)
    devices: dict[str, UserDevice] = field(default_factory=dict)
    members: frozenset[UserId] = frozenset()
    shared: frozenset[str] = frozenset()

    def user(self, username: str, number: str = "", **fields: object) -> User:
        made = User(
            **{  # type: ignore[arg-type]
                "id": UserId(new_id()),
                "version": 1,
                "company": COMPANY,
                "domain": PARIS,
                "username": username,
                **fields,
            }
        )
        self.users[made.id] = made
        if number:
            self.give(made, number)
        return made

    def give(self, user: User, number: str, *, ours: bool | None = None) -> UserDevice:
        mine = user.user_import == OWN if ours is None else ours
        device = UserDevice(
            id=DeviceRowId(new_id()),
            version=1,
            company=COMPANY,
            domain=PARIS,
            user=user.id,
            link=LINK,
            number=number,
            protocol="CSTA",
            user_import=OWN if mine else None,
        )
        self.devices[device.id] = device
        return device

    def plan(
        self, people: Sequence[Person], of: UserImport | None = None, adapt: DialPlan | None = None
    ) -> Plan:
        rules = Rules(row=of or row(), link_domain=PARIS, plan=adapt, new_id=new_id)
        return plan(people, self.present(), rules)

    def present(self) -> Present:
        return Present(
            users=list(self.users.values()),
            devices=list(self.devices.values()),
            shared=self.shared,
            members=self.members,
            imports={OWN: "Own", OTHER: "Other"},
        )

    def apply(self, found: Plan) -> None:
        """In its order, each change alone: AssertionError where one is not possible."""
        for change in found.changes:
            if change.before is not None:
                assert self.users.pop(change.before.id) == change.before
            if change.after is not None:
                taken = {fold(user.username) for user in self.users.values()}
                assert fold(change.after.username) not in taken
                version = change.after.version + (change.after != change.before)
                self.users[change.after.id] = replace(change.after, version=version)
            elif change.before is not None:
                gone = change.before.id
                self.devices = {i: d for i, d in self.devices.items() if d.user != gone}
                self.members -= {gone}
            for device in change.devices:
                if device.before is not None:
                    assert self.devices.pop(device.before.id) == device.before
                if device.after is not None:
                    after = device.after
                    assert after.user in self.users
                    places = {(d.link, d.number) for d in self.devices.values()}
                    assert (after.link, after.number) not in places
                    self.devices[after.id] = replace(after, version=after.version + 1)
        assert set(found.joining) <= self.users.keys()
        self.members |= set(found.joining)
