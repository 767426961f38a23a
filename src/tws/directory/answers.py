"""Answers of the reverse lookup that are still true, so that a known caller costs no query.

Each company has a count of its changes; an answer is remembered only if nothing of its company
changed while it was looked up, and forgotten with the next change. The least recently asked go
first.
"""

from collections import OrderedDict, defaultdict

from tws.bus import Bus
from tws.directory.events import ContactChanged, ContactsMerged
from tws.directory.model import Match
from tws.organisation.actor import CompanyId, IntercomGroupId, QueueId, UserId
from tws.organisation.events import (
    CompanyChanged,
    DirectoryChanged,
    DomainChanged,
    GrantChanged,
    GroupChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.grant import GrantKind
from tws.rereading import RowsMissed
from tws.storage import CommitInDoubt

KEPT = 20_000
"Answers, of all companies."
Key = tuple[UserId | QueueId | IntercomGroupId, str]
"For whom, and the number as a PBX reports it."


class Answers:
    def __init__(self, bus: Bus) -> None:
        self._kept: OrderedDict[Key, tuple[CompanyId, int, Match | None]] = OrderedDict()
        self._changes: defaultdict[CompanyId, int] = defaultdict(int)
        self._doubts = 0
        bus.follow(ContactChanged, self._changed)
        bus.follow(ContactsMerged, lambda event: self.forget(event.company))
        bus.follow(UserChanged, self._changed)
        bus.follow(UserDeviceChanged, self._changed)
        bus.follow(DirectoryChanged, self._changed)
        bus.follow(GrantChanged, self._grant_changed)
        bus.follow(GroupChanged, self._changed)
        bus.follow(DomainChanged, self._changed)
        bus.follow(CompanyChanged, self._company_changed)
        bus.follow(CommitInDoubt, self._doubt)
        bus.follow(RowsMissed, self._doubt)

    def __len__(self) -> int:
        return len(self._kept)

    def moment(self, company: CompanyId) -> int:
        """To be taken before the database is asked, and given to `keep` with its answer."""
        return self._changes[company] + self._doubts

    def keep(self, key: Key, company: CompanyId, moment: int, match: Match | None) -> None:
        if moment != self.moment(company):
            return
        self._kept[key] = company, moment, match
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def known(self, key: Key) -> tuple[Match | None] | None:
        """The answer, in a tuple since it may be that nobody has the number; None = not known."""
        found = self._kept.get(key)
        if found is None:
            return None
        company, moment, match = found
        if moment != self.moment(company):
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return (match,)

    def forget(self, company: CompanyId) -> None:
        """Something of the company's numbers or names is not what it was."""
        self._changes[company] += 1

    def _changed(
        self,
        event: ContactChanged
        | UserChanged
        | UserDeviceChanged
        | DomainChanged
        | DirectoryChanged
        | GroupChanged,
    ) -> None:
        row = event.after or event.before
        if row is not None:
            self.forget(row.company)

    def _grant_changed(self, event: GrantChanged) -> None:
        row = event.after or event.before
        if row is not None and row.kind is GrantKind.DIRECTORY:
            self.forget(row.company)

    def _company_changed(self, event: CompanyChanged) -> None:
        row = event.after or event.before
        if row is not None:
            self.forget(row.id)

    def _doubt(self, _: CommitInDoubt | RowsMissed) -> None:
        """A change may be written that nobody was told of."""
        self._doubts += 1
