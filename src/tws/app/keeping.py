"""What is kept of companies and people: exports, erasure, traces, configurations."""

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.config import Settings
from tws.maintenance.company_data import CompanyData
from tws.maintenance.person_data import PersonData
from tws.maintenance.traces.service import TraceService
from tws.numbering.checking import check_plan
from tws.telephony.network import Network
from tws.templates.model import Walls
from tws.templates.service import TemplateService


def templates_of(outside: Outside, office: Office) -> TemplateService:
    walls = Walls(
        check_plan=check_plan,
        links=outside.link_settings.validate,
        directories=outside.sources.validate,
        calendars=outside.calendars.validate,
    )
    return TemplateService(office.storage, office.registry, office.organisation, walls)


def company_data_of(settings: Settings, office: Office, traces: TraceService) -> CompanyData:
    return CompanyData(
        office.storage,
        office.registry,
        office.bus,
        settings.data_dir / "files",
        office.rereading.read_again,
        traces.forget_company,
    )


def person_data_of(office: Office, traces: TraceService) -> PersonData:
    users = office.organisation.users
    return PersonData(office.storage, office.registry, users, traces.forget_person)


def traces_of(
    settings: Settings, outside: Outside, office: Office, network: Network
) -> TraceService:
    return TraceService(
        office.storage,
        office.registry,
        office.schedule,
        network,
        office.bus,
        utc_now,
        root=settings.data_dir / "traces",
        secret_fields=outside.link_settings.secret_fields,
        replayer=outside.replayer,
    )
