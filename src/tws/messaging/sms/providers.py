"""The providers of all domains: which one sends for whom, each opened when it is first needed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from tws.bus import Bus
from tws.errors import Invalid
from tws.messaging.sms.events import SmsProviderStateChanged
from tws.messaging.sms.provider import Receipt, SmsProvider, SmsRefused, Surroundings
from tws.node_memory import NodeMemory
from tws.organisation.actor import CompanyId, DomainId, SmsProviderId
from tws.organisation.events import SmsProviderChanged
from tws.organisation.model import SmsProvider as Row
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.schedule import Schedule
from tws.sentences import Sentence
from tws.sources.errors import ConnectorError, Misconfigured
from tws.sources.failing import Failed, failed
from tws.storage import new_id

CLOSE = "close SMS provider"
Open = Callable[[str, Mapping[str, object], Surroundings], SmsProvider]
"(connector, settings with secrets, surroundings) -> ready to send; Invalid with words."


class ProviderState(Struct, frozen=True):
    """How it went the last time."""

    at: datetime
    failed: Failed | None = None
    since: datetime | None = None
    "Since when it has failed."
    refused: Sentence | None = None
    "What its gateway said of the last message that it did not take; for administrators."


class Providers:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        *,
        open: Open,
        settings: Callable[[Row], Mapping[str, object]],
        hear: Callable[[SmsProviderId, Receipt], None],
        files: Path,
        local: bool,
        public_url: str,
    ) -> None:
        """`settings`: with secrets. `files`: in it is the folder of each company."""
        self._registry, self._bus, self._schedule, self._clock = registry, bus, schedule, clock
        self._open, self._settings, self._hear = open, settings, hear
        self._files, self._local, self._public_url = files, local, public_url.rstrip("/")
        self._opened: dict[SmsProviderId, tuple[int, SmsProvider]] = {}
        "With the version of the row."
        self._node = bus.node
        self._states = NodeMemory[ProviderState](
            bus, "SMS providers", ProviderState, self._state_changed
        )
        self._told: dict[str, tuple[Failed | None, Sentence | None]] = {}
        bus.follow(SmsProviderChanged, self._changed)

    def active(self, domain: DomainId) -> Row | None:
        """By which a domain's messages go: of several the first by name."""
        rows = self._registry.sms_providers_in(domain)
        return min((x for x in rows if x.enabled), key=lambda x: fold(x.name), default=None)

    def all_active(self) -> list[Row]:
        found = (self.active(domain) for domain in list(self._registry.domains))
        return [row for row in found if row is not None]

    def of(self, row: Row) -> SmsProvider:
        """Misconfigured where its settings cannot be used as they stand."""
        version, provider = self._opened.get(row.id, (None, None))
        if provider is not None and version == row.version:
            return provider
        self._close(row.id)
        try:
            settings = self._settings(row)
        except Invalid as error:
            raise Misconfigured(error.said) from error
        opened = self.opened(row, settings, partial(self._hear, row.id))
        self._opened[row.id] = row.version, opened
        return opened

    def opened(
        self, row: Row, settings: Mapping[str, object], hear: Callable[[Receipt], None]
    ) -> SmsProvider:
        """One that nobody keeps: who opens it closes it. Misconfigured."""
        report = f"{self._public_url}/api/v1/sms-reports/{row.id}" if self._public_url else ""
        surroundings = Surroundings(
            files=self._files_of(row.company), local=self._local, hear=hear, report=report
        )
        try:
            return self._open(row.connector, settings, surroundings)
        except Invalid as error:
            raise Misconfigured(error.said) from error

    def _files_of(self, company: CompanyId) -> Path:
        return self._files / company

    # ------------------------------------------------------------ how they are

    def state(self, id: SmsProviderId) -> ProviderState | None:
        """None: nothing was asked of it yet."""
        return self._states.first(id)

    def went(self, id: SmsProviderId, error: ConnectorError | None = None) -> None:
        """It was asked something, which it did, or not. One that refuses a message works."""
        before, at = self._states.first(id), self._clock()
        why = None if error is None or isinstance(error, SmsRefused) else failed(error)
        since = None if why is None else at
        refused = error.said if isinstance(error, SmsRefused) else None
        if before is not None:
            since = before.since or since if why is not None else None
            refused = refused or before.refused
        self._states.put(id, ProviderState(at, why, since, refused))

    def _state_changed(self, id: str) -> None:
        """At whichever node sends."""
        state = self._states.first(SmsProviderId(id))
        now = None if state is None else (state.failed, state.refused)
        if now is not None and now != self._told.get(id):
            self._told[id] = now
            self._bus.publish(SmsProviderStateChanged(SmsProviderId(id)))

    # ------------------------------------------------------------ closed

    async def close(self) -> None:
        """All of them; how they are is known by whoever sends next."""
        if self._node:
            self._states.clear()
        opened, self._opened = self._opened, {}
        for _, provider in opened.values():
            await provider.close()

    def _close(self, id: SmsProviderId) -> None:
        known = self._opened.pop(id, None)
        if known is not None:
            self._schedule.once(CLOSE, known[1].close, key=new_id())

    def _changed(self, change: SmsProviderChanged) -> None:
        row = change.after or change.before
        assert row is not None
        self._close(row.id)
        self._states.put(row.id, None)
        self._told.pop(row.id, None)
        self._bus.publish(SmsProviderStateChanged(row.id))
