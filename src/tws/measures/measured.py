"""What is measured, and the registry that tells it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from prometheus_client import CollectorRegistry

from tws.access.service import AccessService
from tws.bus import Bus
from tws.directory.sync.service import SyncService
from tws.incidents.keeping import Keeper
from tws.journal.service import JournalService
from tws.mail.service import MailService
from tws.maintenance.backups.service import BackupService
from tws.maintenance.nodes import NodesService
from tws.maintenance.services import Services
from tws.measures import database, links, nodes, people, server, work
from tws.measures.asked import Asked
from tws.messaging.sms.service import SmsService
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage
from tws.telemetry import Lag, Source, registry
from tws.telephony.network import Network

OF_THE_WHOLE = frozenset(
    {
        "tws_sessions",
        "tws_queue_waiting",
        "tws_incidents_open",
        "tws_backup_last_success_timestamp_seconds",
        "tws_backup_failed",
        "tws_directory_synchronised_timestamp_seconds",
        "tws_directory_failed",
    }
)
"""The same at every node: of several only the one that does what is done once tells them, so that
sums are right, and nobody is woken by each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    bus: Bus
    schedule: Schedule
    storage: Storage
    registry: Registry
    network: Network
    journal: JournalService
    services: Services
    nodes: NodesService
    access: AccessService
    mail: MailService
    sms: SmsService
    synchronisation: SyncService
    backups: BackupService
    incidents: Keeper
    lag: Lag


class Measures:
    def __init__(self, of: Measured) -> None:
        self._of = of
        self._asked = Asked(of.services, of.nodes, of.mail, of.sms, of.backups)
        self.registry: CollectorRegistry = registry(self._sources)

    async def look(self) -> None:
        """Ask for what no room counts by itself; before each reading."""
        await self._asked.look()

    def _sources(self) -> Iterator[Source]:
        nodes = self._of.nodes.of
        whole = nodes is None or nodes.works
        for source in self._all():
            yield (
                source if whole or source.name not in OF_THE_WHOLE else replace(source, values={})
            )

    def _all(self) -> Iterator[Source]:
        of = self._of
        return chain(
            server.sources(of.bus, of.services, of.lag),
            work.sources(of.schedule, of.incidents, self._asked),
            database.sources(of.storage, of.journal),
            links.sources(of.network, of.registry),
            nodes.sources(of.nodes.of, self._asked.standing),
            people.sources(of.access, of.registry, of.synchronisation),
        )
