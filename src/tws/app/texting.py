"""Text messages of a house: who sends them, who hears of them, and what is kept."""

from dataclasses import dataclass

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.config import Settings
from tws.directory.service import DirectoryService
from tws.messaging.sms.cleaning import Cleaning
from tws.messaging.sms.hearing import Hearing
from tws.messaging.sms.providers import Providers
from tws.messaging.sms.reports import Reports
from tws.messaging.sms.sending import Sender
from tws.messaging.sms.service import SmsService
from tws.messaging.sms.trials import Trials


@dataclass(frozen=True, slots=True)
class Texting:
    service: SmsService
    sender: Sender
    reports: Reports
    trials: Trials
    cleaning: Cleaning


def texting(
    settings: Settings, outside: Outside, office: Office, directory: DirectoryService
) -> Texting:
    storage, registry, bus, schedule = (
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
    )
    hearing = Hearing(storage, bus, schedule, utc_now)
    providers = Providers(
        registry,
        bus,
        schedule,
        utc_now,
        open=outside.sms_provider,
        settings=office.organisation.sms_providers.opened_sms_provider,
        hear=hearing.hear,
        files=settings.data_dir / "files",
        local=settings.local_sms,
        public_url=settings.public_url or "",
    )
    service = SmsService(storage, registry, bus, utc_now, directory, providers)
    return Texting(
        service=service,
        sender=Sender(storage, bus, schedule, utc_now, providers, hearing, service.authorised),
        reports=Reports(registry, providers, hearing),
        trials=Trials(registry, providers),
        cleaning=Cleaning(storage, registry, bus, schedule, utc_now, service.flood),
    )
