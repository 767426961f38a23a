"""The TWS user directory: every user as a contact, made from the registry, in memory.

Numbers are found through their last six digits, then compared as any other: a few dictionary
look-ups, true at once after every change, and no parsing of the numbers nobody asks for.
"""

from collections import defaultdict
from dataclasses import dataclass

from tws.bus import Bus
from tws.directory.model import Contact, ContactId, ContactNumber, NumberKind, Source
from tws.directory.text import folded
from tws.errors import Invalid
from tws.numbering import (
    Reading,
    clean,
    plan_of,
    read_typed,
    same,
    written,
)
from tws.organisation.actor import CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.events import (
    CompanyChanged,
    DirectoryChanged,
    DomainChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.model import BuiltIn, User
from tws.organisation.registry import Registry

BUCKET = 6
"Last digits by which numbers are put together before they are compared."


@dataclass(frozen=True, slots=True)
class Entry:
    """A user as search sees it."""

    contact: Contact
    folded: str
    sort: str


Lists = dict[DirectoryId | None, list[Entry]]


class UserDirectory:
    """Follows the organisation's events; the registry must have been built before."""

    def __init__(self, registry: Registry, bus: Bus) -> None:
        self._registry = registry
        self._entries: dict[UserId, Entry] = {}
        self._lists: dict[CompanyId, Lists] = {}
        "Made for a search, and again after a change: most searches find them made."
        self._of_company: dict[CompanyId, dict[UserId, None]] = defaultdict(dict)
        self._numbers: dict[tuple[CompanyId, str], dict[UserId, int]] = {}
        self._known = False
        bus.follow(UserChanged, self._user_changed)
        bus.follow(UserDeviceChanged, self._device_changed)
        for changed in (DomainChanged, CompanyChanged, DirectoryChanged):
            bus.follow(changed, lambda _: self._forget())

    def contact(self, user: UserId) -> Contact | None:
        return self._entry(user).contact if user in self._registry.users else None

    def enabled(self, company: CompanyId, user: UserId) -> Contact | None:
        """One of those in `lists`."""
        row = self._registry.users.get(user)
        if row is None or row.company != company or not row.enabled:
            return None
        return self._entry(user).contact

    def lists(self, company: CompanyId) -> Lists:
        """The enabled users of a company by the directory they are in, in no order. What was given
        is changed no more: another thread may read it."""
        lists = self._lists.get(company)
        if lists is None:
            self._know()
            lists = defaultdict(list)
            for user in self._of_company[company]:
                if self._registry.users[user].enabled:
                    entry = self._entry(user)
                    lists[entry.contact.directory].append(entry)
            self._lists[company] = lists = dict(lists)
        return lists

    def with_number(
        self, company: CompanyId, domain: DomainId, number: Reading, inverse_length: int
    ) -> list[tuple[Contact, ContactNumber, Reading]]:
        """Users who have the number. An internal number is first looked for in its own domain:
        two PBXs may use the same one for two people."""
        self._know()
        found = []
        for user in self._numbers.get((company, _bucket(number.digits)), ()):
            entry = self._entry(user)
            home = entry.contact.domain
            plan = plan_of(self._registry.domains[home]) if home else None
            for written_number in entry.contact.numbers:
                reading = written(written_number.number, plan) if plan else None
                if reading is not None and same(number, reading, inverse_length):
                    found.append((entry.contact, written_number, reading))
                    break
        near = [match for match in found if match[0].domain == domain]
        return near if number.internal and near else found

    # ------------------------------------------------------------ made when asked for

    def _entry(self, id: UserId) -> Entry:
        entry = self._entries.get(id)
        if entry is None:
            entry = self._entries[id] = self._made(self._registry.users[id])
        return entry

    def _made(self, user: User) -> Entry:
        company = self._registry.companies.get(user.company)
        devices = sorted(self._registry.devices_of(user.id), key=lambda d: (d.number, d.id))
        numbers = [ContactNumber(NumberKind.WORK, device.number) for device in devices]
        if user.mobile:
            numbers.append(ContactNumber(NumberKind.MOBILE, user.mobile))
        directory = self._registry.built_in(user.domain, BuiltIn.USERS)
        contact = Contact(
            id=ContactId(user.id),
            version=user.version,
            company=user.company,
            source=Source.USERS,
            directory=directory.id if directory else None,
            domain=user.domain,
            user=user.id,
            first_name=user.first_name,
            last_name=user.last_name or ("" if user.first_name else user.username),
            organisation=company.name if company else "",
            emails=(user.email,) if user.email else (),
            numbers=tuple(numbers),
            photo=user.photo,
        )
        plan = plan_of(self._registry.domains[user.domain])
        readings = [r for n in numbers if (r := written(n.number, plan)) is not None]
        texts = [contact.first_name, contact.last_name, contact.organisation, contact.email]
        texts += [reading.digits for reading in readings]
        return Entry(contact, folded(texts), folded([contact.last_name, contact.first_name]))

    # ------------------------------------------------------------ kept true

    def _forget(self) -> None:
        self._entries.clear()
        self._lists.clear()

    def _know(self) -> None:
        """Build the index at its first use: the registry has been read by then."""
        if self._known:
            return
        self._known = True
        for user in self._registry.users.values():
            self._of_company[user.company][user.id] = None
            self._count(user.company, user.mobile, user.id, 1)
        for device in self._registry.devices.values():
            self._count(device.company, device.number, device.user, 1)

    def _user_changed(self, event: UserChanged) -> None:
        for user in (event.before, event.after):
            if user is not None:
                self._entries.pop(user.id, None)
                self._lists.pop(user.company, None)
        if not self._known:
            return
        if before := event.before:
            self._of_company[before.company].pop(before.id, None)
            self._count(before.company, before.mobile, before.id, -1)
        if after := event.after:
            self._of_company[after.company][after.id] = None
            self._count(after.company, after.mobile, after.id, 1)

    def _device_changed(self, event: UserDeviceChanged) -> None:
        for device, step in ((event.before, -1), (event.after, 1)):
            if device is not None:
                self._entries.pop(device.user, None)
                self._lists.pop(device.company, None)
                if self._known:
                    self._count(device.company, device.number, device.user, step)

    def _count(self, company: CompanyId, number: str, user: UserId, step: int) -> None:
        if not (key := _bucket(_digits(number))):
            return
        users = self._numbers.setdefault((company, key), {})
        users[user] = users.get(user, 0) + step
        if users[user] <= 0:
            del users[user]
        if not users:
            del self._numbers[company, key]


def _digits(number: str) -> str:
    """The dialling characters of what somebody typed as a number; none where it is none."""
    try:
        return read_typed(number).bare if number else ""
    except Invalid:
        return clean(number)


def _bucket(digits: str) -> str:
    return digits[-BUCKET:]
