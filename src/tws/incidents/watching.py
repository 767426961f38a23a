"""Watches what goes wrong: rooms tell of their own on the bus, and the server is looked at time
and again. None of them knows of incidents."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from tws.access.events import TryRefused
from tws.bus import Bus
from tws.directory.events import SynchronisationChanged
from tws.imports.events import UserImportRunChanged
from tws.incidents import looking
from tws.incidents.keeping import Keeper
from tws.incidents.model import IncidentKind
from tws.incidents.passwords import WrongPasswords
from tws.licences.events import LicenceChanged
from tws.mail.service import MailService
from tws.maintenance.doctor import Doctor
from tws.maintenance.findings import Check
from tws.messaging.sms.events import SmsProviderStateChanged
from tws.organisation.actor import SYSTEM
from tws.organisation.events import (
    CollaborationSourceChanged,
    DirectoryChanged,
    LinkChanged,
    SmsProviderChanged,
    UserImportChanged,
)
from tws.presence.calendars.model import SourceStateChanged
from tws.schedule import Schedule
from tws.sources.run_states import RunState
from tws.telephony.events import LinkStatusChanged
from tws.telephony.model import LinkId, LinkState

LOOK, COUNT = "incidents looked for", "wrong passwords counted"
EVERY = 20.0
"Seconds."


class Watch:
    def __init__(
        self,
        keeper: Keeper,
        doctor: Doctor,
        mail: MailService,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
    ) -> None:
        """`doctor`: of the server that runs."""
        assert doctor.running is not None
        self._keeper, self._doctor = keeper, doctor
        self._mail = mail
        self._schedule, self._clock = schedule, clock
        self._passwords = WrongPasswords()
        self._links: dict[LinkId, LinkState] = {}
        self._on = self._counting = False
        bus.follow(TryRefused, self._try_refused)
        bus.follow(LinkStatusChanged, self._link_status)
        bus.follow(SynchronisationChanged, self._synchronisation)
        bus.follow(UserImportRunChanged, self._import)
        for kind, check in (
            (SourceStateChanged, Check.CALENDARS),
            (LicenceChanged, Check.LICENCES),
            (LinkChanged, Check.LINKS),
            (DirectoryChanged, Check.DIRECTORIES),
            (UserImportChanged, Check.IMPORTS),
            (CollaborationSourceChanged, Check.CALENDARS),
            (SmsProviderStateChanged, Check.SMS_PROVIDERS),
            (SmsProviderChanged, Check.SMS_PROVIDERS),
        ):
            bus.follow(kind, partial(self._changed, check))

    @property
    def started(self) -> bool:
        return self._on

    async def start(self) -> None:
        self._on = True
        for check in looking.OUT_OF_MEMORY:
            self._look(check)
        self._schedule.every(LOOK, EVERY, self.look)

    async def stop(self) -> None:
        """What ends with the server is no incident."""
        self._on = False
        self._counting = False
        await self._schedule.end(LOOK)
        await self._schedule.end(COUNT)

    async def look(self) -> None:
        """At everything, now."""
        seen = await looking.server(sight := self._doctor.sight(SYSTEM))
        for check in looking.OUT_OF_MEMORY.keys() - looking.OF_THE_SERVER:
            seen.add(looking.look(check, sight))
        seen.add(looking.mails(self._mail.failing, sight))
        trouble = self._passwords.trouble(self._clock())
        seen.kinds |= {IncidentKind.WRONG_PASSWORDS}
        seen.troubles += [] if trouble is None else [trouble]
        if self._on:
            self._keeper.look(seen.kinds, seen.troubles, seen.unsure)

    def _look(self, check: Check) -> None:
        if self._on:
            seen = looking.look(check, self._doctor.sight(SYSTEM))
            self._keeper.look(seen.kinds, seen.troubles, seen.unsure)

    def _changed(self, check: Check, event: object) -> None:
        self._look(check)

    def _link_status(self, event: LinkStatusChanged) -> None:
        status = event.status
        if self._links.get(status.link) is not status.state:
            self._links[status.link] = status.state
            self._look(Check.LINKS)

    def _synchronisation(self, event: SynchronisationChanged) -> None:
        if event.run.state.over or event.run.state is RunState.ASKING:
            self._look(Check.DIRECTORIES)

    def _import(self, event: UserImportRunChanged) -> None:
        if event.run.state.over or event.run.state is RunState.ASKING:
            self._look(Check.IMPORTS)

    def _try_refused(self, event: TryRefused) -> None:
        self._passwords.add(event, self._clock())
        if self._on and not self._counting:
            self._counting = True
            self._schedule.once(COUNT, self._count, after=1.0)

    async def _count(self) -> None:
        self._counting = False
        trouble = self._passwords.trouble(self._clock())
        if self._on and trouble is not None:
            self._keeper.look({trouble.kind}, [trouble])
