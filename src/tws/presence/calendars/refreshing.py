"""One refreshing of a source: whom to ask for, the question, and what each answer makes known."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from tws.errors import Invalid
from tws.organisation.actor import UserId
from tws.organisation.model import CollaborationAccount, CollaborationSource
from tws.organisation.registry import Registry
from tws.presence.calendars.messages import Found, Part, PartFailed, ReadCalendars
from tws.presence.calendars.model import CalendarReading
from tws.sources.failing import Failed

AHEAD = timedelta(days=2)
"Of events that are kept, so that a source which is away for long is still known."
OpenedSettings = Callable[[CollaborationSource, CollaborationAccount | None], Mapping[str, object]]
"With secrets; Invalid."


def mailbox_of(user_email: str, account: CollaborationAccount | None) -> str:
    return (account.email if account else "") or user_email


class Refreshing:
    """`put` hears of each person that was read, or could not be."""

    def __init__(
        self,
        source: CollaborationSource,
        registry: Registry,
        opened: OpenedSettings,
        known: Callable[[UserId], CalendarReading | None],
        put: Callable[[CalendarReading], None],
        most: int | None = None,
        accounts: Mapping[UserId, CollaborationAccount] | None = None,
        only: UserId | None = None,
    ) -> None:
        """`most`: only so many people. `accounts`: users' own; None = those that are stored.
        `only`: nobody but this one."""
        self._source, self._registry, self._opened = source, registry, opened
        self._known, self._put = known, put
        self.failed: Failed | None = None
        "Why those who have no account of their own could not all be read."
        self.retry_after = 0.0
        "Seconds for which the source asks to be left alone, for whomever it was asked."
        self.told: list[CalendarReading] = []
        self._people: list[dict[str, list[UserId]]] = []
        "By part and folded mailbox: two users may have the same."
        stored = registry.collaboration_accounts_of(source.id)
        self._accounts = (
            {account.user: account for account in stored} if accounts is None else accounts
        )
        self._only = only
        self._chosen = self._choose()[:most]

    @property
    def people(self) -> list[tuple[UserId, str]]:
        """With their mailboxes."""
        return self._chosen

    def question(self, files: Path, now: datetime, memory: int) -> ReadCalendars:
        """Invalid where the secrets of the source are lost."""
        return ReadCalendars(
            connector=self._source.connector,
            files=str(files / self._source.company),
            parts=self._parts(now),
            since=now,
            until=now + AHEAD,
            zone=self._registry.domains[self._source.domain].time_zone,
            memory=memory,
        )

    def _choose(self) -> list[tuple[UserId, str]]:
        users = sorted(self._registry.users.values(), key=lambda user: user.id)
        found = (
            (user.id, mailbox_of(user.email, self._accounts.get(user.id)))
            for user in users
            if user.domain == self._source.domain and user.enabled
            if self._only in (None, user.id)
        )
        return [(user, mailbox) for user, mailbox in found if mailbox]

    def _parts(self, now: datetime) -> list[Part]:
        """First those who are read with the account for all."""
        common: dict[str, list[UserId]] = defaultdict(list)
        own = []
        for user, mailbox in self._chosen:
            if user in self._accounts:
                own.append((user, mailbox))
            else:
                common[mailbox.casefold()].append(user)
        self._people = [common]
        parts = [Part(dict(self._opened(self._source, None)) if common else {}, list(common))]
        for user, mailbox in own:
            try:
                settings = self._opened(self._source, self._accounts[user])
            except Invalid as error:
                self._person_failed(user, mailbox, Failed("misconfigured", error.said))
                continue
            self._people.append({mailbox.casefold(): [user]})
            parts.append(Part(dict(settings), [mailbox]))
        return parts

    def hear(self, told: Found | PartFailed, now: datetime) -> None:
        people = self._people[told.part]
        if told.failed is not None:
            self.retry_after = max(self.retry_after, told.failed.retry_after or 0.0)
        match told:
            case PartFailed(part=0, failed=why):
                self.failed = why
            case PartFailed(failed=why):
                for mailbox, users in people.items():
                    for user in users:
                        self._person_failed(user, mailbox, why)
            case Found(mailbox=mailbox, failed=None, events=events):
                for user in people.get(mailbox.casefold(), ()):
                    self._tell(
                        CalendarReading(
                            source=self._source.id,
                            user=user,
                            mailbox=mailbox,
                            read=now,
                            events=tuple(events),
                        )
                    )
            case Found(mailbox=mailbox, failed=Failed() as why):
                for user in people.get(mailbox.casefold(), ()):
                    self._person_failed(user, mailbox, why)

    def _person_failed(self, user: UserId, mailbox: str, why: Failed) -> None:
        """What was known stays, and gets older."""
        known = self._known(user)
        if known is None or known.mailbox.casefold() != mailbox.casefold():
            known = CalendarReading(source=self._source.id, user=user, mailbox=mailbox)
        self._tell(replace(known, problem=why.problem, said=why.said))

    def _tell(self, reading: CalendarReading) -> None:
        self.told.append(reading)
        self._put(reading)
