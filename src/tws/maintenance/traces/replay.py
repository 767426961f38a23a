"""Replaying a trace: the driver and the call table of today, driven by what was recorded, with its
clock, in a table of their own that nobody else sees.

What was not recorded cannot be replayed: a trace replays from the moment that its link began.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

from tws.maintenance.traces.lines import Dropped, Header, NotATrace
from tws.maintenance.traces.lives import Lives, differences
from tws.maintenance.traces.model import Replay
from tws.net.carrier import CarrierUser, Tls
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Link
from tws.sentences import Words
from tws.telephony import tracing
from tws.telephony.alarm import Handle
from tws.telephony.events import CallChanged
from tws.telephony.link import LinkDriver, MakesIds, Pdu
from tws.telephony.model import LinkId
from tws.telephony.supervisor import Supervisor
from tws.telephony.tracing import Record

MOST_DIFFERENCES = 200


class _Timer:
    """Of `_Clock`: what is due is recorded, so that nothing has to be remembered."""

    def cancel(self) -> None: ...


class _Clock:
    """The loop's clock and the wall's, at the record that is replayed."""

    def __init__(self) -> None:
        self.now = 0.0
        self.utc = datetime.min.replace(tzinfo=UTC)
        self._due: Callable[[], None] | None = None

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], None]) -> Handle:
        self._due = callback
        return _Timer()

    def fire(self) -> None:
        due, self._due = self._due, None
        if due is not None:
            due()


class _Carrier:
    """Nothing goes out."""

    def __init__(self, user: CarrierUser) -> None:
        self.counters: Counter[str] = Counter()

    async def start(self) -> None: ...

    def open(self, peer: str, host: str, port: int, tls: Tls | None) -> None: ...

    def send(self, peer: str, data: bytes) -> None: ...

    def close(self, peer: str, why: Words, stop: bool) -> None: ...

    async def stop(self) -> None: ...


class _Tap:
    """What the replayed supervisor does."""

    def __init__(self) -> None:
        self.lives = Lives()
        self.sent: list[str] = []

    def note(self, record: Record) -> None:
        match record.what:
            case Pdu(sent=True, text=text):
                self.sent.append(text)
            case CallChanged() as change:
                self.lives.take(change)


class Replayer:
    """Belongs to a running event loop, on which nothing is waited for."""

    def __init__(self, header: Header, driver: Callable[[Link], LinkDriver]) -> None:
        """`driver` raises ValueError where none can be made of the link's settings."""
        self._header, self._driver = header, driver
        self._clock, self._tap, self._then = _Clock(), _Tap(), Lives()
        self._supervisor: Supervisor | None = None
        self._heard: tuple[Record, list[bytes]] | None = None
        self._sent: list[str] = []
        self._ids = count(1)
        self._survived: Counter[str] = Counter()
        self.replay = Replay(
            link=header.name,
            dialect=header.dialect,
            recorded_by=header.tws,
            device=header.device,
            began=header.began,
        )

    async def run(self, records: Iterator[Record | Dropped]) -> Replay:
        """NotATrace where it cannot be read to its end."""
        for record in records:
            if isinstance(record, Dropped):
                self.replay.dropped += record.count
            else:
                await self._take(record)
        self._feed()
        self._over()
        return self._told()

    async def _take(self, record: Record) -> None:
        self.replay.records += 1
        self.replay.ended = record.at
        what = record.what
        if isinstance(what, Pdu):
            self.replay.messages += 1
            if self._supervisor is None:
                self.replay.skipped += 1
            elif what.sent:
                self._sent.append(what.text)
            elif self._heard is not None:
                self._heard[1].append(what.data)
            return
        if isinstance(what, CallChanged):
            self._then.take(what)
            return
        self._feed()
        if isinstance(what, tracing.Begun):
            self._at(record)
            self._begin(what)
        elif self._supervisor is not None:
            self._at(record)
            await self._tell(self._supervisor, record)

    async def _tell(self, link: Supervisor, record: Record) -> None:
        match record.what:
            case tracing.Started():
                await link.start()
            case tracing.Ended():
                await link.stop()
                self._over()
            case tracing.Watched(device, on):
                link.watch(device) if on else link.unwatch(device)
            case tracing.Connected(peer):
                link.connected(peer)
            case tracing.Disconnected(peer, why):
                link.disconnected(peer, why)
            case tracing.Heard():
                self._heard = record, []
            case tracing.Ticked():
                self._clock.fire()
            case tracing.Asked(command):
                link.ask(command)

    def _at(self, record: Record) -> None:
        self._clock.now, self._clock.utc = record.now, record.at

    def _feed(self) -> None:
        """What came in one go is given in one go."""
        heard, self._heard = self._heard, None
        if heard is None or self._supervisor is None:
            return
        record, messages = heard
        assert isinstance(record.what, tracing.Heard)
        self._at(record)
        self._supervisor.received(record.what.peer, b"".join(messages))

    def _begin(self, begun: tracing.Begun) -> None:
        self._over()
        if not self.replay.begun:
            self.replay.begun, self._then = True, Lives()
        header = self._header
        link = Link(
            id=header.link,
            version=1,
            company=CompanyId(header.company),
            domain=DomainId(header.domain),
            name=header.name,
            dialect=header.dialect,
            capacity=begun.capacity,
            enabled=True,
            settings=header.settings,
        )
        try:
            driver = self._driver(link)
            if isinstance(driver, MakesIds) and begun.seed:
                driver.sow(begun.seed)
        except ValueError as error:
            raise NotATrace(
                "no driver can be made of the link in this trace: {why}", why=str(error)
            ) from error
        self._supervisor = Supervisor(
            LinkId(header.link),
            driver=driver,
            carrier=_Carrier,
            capacity=begun.capacity,
            epoch=begun.epoch,
            known=dict(begun.known),
            publish=_to_nobody,
            clock=lambda: self._clock.utc,
            new_id=lambda: f"replayed-{next(self._ids)}",
            tap=self._tap,
            timers=self._clock,
        )

    def _over(self) -> None:
        link, self._supervisor = self._supervisor, None
        if link is not None:
            counted = link.counted()
            self._survived.update(counted.survived)
            self._survived.update(counted.unexpected)

    # ---------------------------------------------------------------- what it found

    def _told(self) -> Replay:
        replay, lives = self.replay, self._tap.lives.calls
        replay.calls, replay.call_count = list(lives.values()), self._tap.lives.count
        replay.not_understood = dict(sorted(self._survived.items()))
        now, then = Counter(self._tap.sent), Counter(self._sent)
        replay.unlike_sent = max((now - then).total(), (then - now).total())
        found = list(differences(self._then.calls, lives)) if replay.whole else []
        replay.difference_count = len(found)
        replay.differences = found[:MOST_DIFFERENCES]
        return replay


def _to_nobody(_: object) -> None:
    """There is no bus here."""
