"""The rooms of contacts."""

from functools import partial

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.app.working import contact_sources
from tws.config import Settings
from tws.directory.contact_files import ContactFileService
from tws.directory.lists import ListService
from tws.directory.photo_making import Make, made
from tws.directory.service import DirectoryService
from tws.directory.sync.sending import SendService
from tws.provisioning.service import ProvisioningService


def directory_of(office: Office) -> DirectoryService:
    directory = DirectoryService(
        office.storage, office.registry, office.bus, office.schedule, utc_now
    )
    directory.load()
    return directory


def lists_of(office: Office, directory: DirectoryService) -> ListService:
    return ListService(office.storage, office.registry, office.bus, directory)


def contact_files_of(
    office: Office, outside: Outside, directory: DirectoryService, lists: ListService
) -> ContactFileService:
    return ContactFileService(
        office.storage, office.registry, directory, lists, making_photos(outside), utc_now
    )


def provisioning_of(office: Office) -> ProvisioningService:
    provisioning = ProvisioningService(office.registry, office.organisation, utc_now)
    provisioning.tokens.start(office.schedule)
    return provisioning


def sending_of(settings: Settings, outside: Outside, office: Office) -> SendService:
    sources = contact_sources(settings, outside, office)
    return SendService(office.storage, office.registry, utc_now, sources)


def making_photos(outside: Outside) -> Make:
    """What makes pictures small that people give."""
    return partial(made, (*outside.reader, "photos"))
