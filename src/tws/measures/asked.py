"""Figures that nobody counts: the database, other nodes and the folder of backups are asked."""

from datetime import datetime

from tws.mail.service import MailService
from tws.maintenance.backups.service import BackupService
from tws.maintenance.nodes import NodesService, Standing
from tws.maintenance.services import Services
from tws.messaging.sms.service import SmsService
from tws.organisation.actor import SYSTEM
from tws.storage import StorageUnavailable


class Asked:
    """As they were when somebody looked last; None = could not be told."""

    def __init__(
        self,
        services: Services,
        nodes: NodesService,
        mail: MailService,
        sms: SmsService,
        backups: BackupService,
    ) -> None:
        self._services, self._nodes = services, nodes
        self._mail, self._sms, self._backups = mail, sms, backups
        self.standing: Standing | None = None
        "Of the nodes; None: this is the only one."
        self.mails: int | None = None
        self.text_messages: int | None = None
        self.backup: datetime | None = None

    async def look(self) -> None:
        await self._services.look()
        self.standing = await self._nodes.standing(SYSTEM)
        try:
            self.mails = await self._mail.waiting()
            self.text_messages = await self._sms.waiting()
        except StorageUnavailable:
            self.mails = self.text_messages = None
        try:
            self.backup = (await self._backups.last()).taken
        except OSError:
            self.backup = None

    @property
    def backup_failed(self) -> bool:
        return self._backups.failure is not None
