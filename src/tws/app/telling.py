"""What tells people: of calls, of each other, of what went wrong."""

from socket import gethostname
from urllib.parse import urlsplit

from tws.alerter.service import AlerterService
from tws.alerter.templates import Templates
from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.config import Settings
from tws.directory.company_files import CompanyFileService
from tws.incidents.keeping import Keeper
from tws.incidents.telling import Teller
from tws.maintenance.findings import Running
from tws.messaging.chat.forgetting import Forgetting
from tws.messaging.chat.service import ChatService
from tws.messaging.emails.noting import Noting
from tws.messaging.emails.telling import EmailTeller
from tws.naming import Names
from tws.presence.service import PresenceService
from tws.push.service import PushService
from tws.telephony.network import Network


def alerter_of(
    settings: Settings, office: Office, names: Names, files: CompanyFileService
) -> AlerterService:
    """Its server is called as people call it, or as its computer is."""
    public = settings.public_url or ""
    return AlerterService(
        office.registry,
        names,
        Templates(settings.data_dir / "files", office.bus),
        files,
        server=urlsplit(public).hostname or gethostname(),
        origin=public.rstrip("/"),
    )


def presence_of(office: Office, running: Running) -> PresenceService:
    return PresenceService(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        running.state,
        running.calendars.known,
    )


def push_of(
    settings: Settings, outside: Outside, office: Office, names: Names, running: Running
) -> PushService:
    subject = settings.public_url or ""
    if not subject.startswith("https:"):
        subject = f"mailto:postmaster@{gethostname()}"
    return PushService(
        office.storage,
        office.registry,
        office.access.sessions,
        office.secrets,
        office.push_keys,
        office.bus,
        office.schedule,
        names,
        running.state,
        utc_now,
        outside.postman(subject, settings.local_push),
    )


def forgetting_of(office: Office, chats: ChatService) -> Forgetting:
    return Forgetting(office.storage, office.registry, office.bus, office.schedule, utc_now, chats)


def teller_of(settings: Settings, office: Office, incidents: Keeper) -> Teller:
    return Teller(
        office.storage,
        office.registry,
        office.schedule,
        utc_now,
        incidents,
        office.mail,
        settings.public_url,
    )


def emails_of(settings: Settings, office: Office, noting: Noting, network: Network) -> EmailTeller:
    return EmailTeller(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        office.mail,
        noting.wishes,
        network.threads,
        settings.public_url,
    )
