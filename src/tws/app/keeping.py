"""What is kept of companies and people: exports, erasure, traces, configurations."""

from collections.abc import Mapping
from typing import Any

from prometheus_client import generate_latest

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.config import Settings
from tws.incidents.keeping import Keeper
from tws.incidents.model import Incident
from tws.maintenance.company_data import CompanyData
from tws.maintenance.doctor import Doctor
from tws.maintenance.findings import Running
from tws.maintenance.person_data import PersonData
from tws.maintenance.support.collecting import Office as SupportOffice
from tws.maintenance.support.collecting import Running as SupportRunning
from tws.maintenance.support.service import SupportService
from tws.maintenance.traces.service import TraceService
from tws.measures import Measures
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


def support_of(
    settings: Settings,
    outside: Outside,
    office: Office,
    doctor: Doctor,
    running: Running,
    network: Network,
    measures: Measures,
    incidents: Keeper,
) -> SupportService:
    async def figures() -> bytes:
        await measures.look()
        return generate_latest(measures.registry)

    return SupportService(
        settings,
        SupportOffice(
            storage=office.storage,
            registry=office.registry,
            doctor=doctor,
            secret_fields=outside.link_settings.secret_fields,
        ),
        SupportRunning(
            services=running.services,
            nodes=running.nodes,
            statuses=network.statuses,
            figures=figures,
            incidents=lambda: [_told(one) for one in incidents.book.open],
        ),
        utc_now,
    )


def _told(incident: Incident) -> Mapping[str, Any]:
    """Without what is said of it, which may name somebody: the doctor says the same."""
    return {
        "kind": incident.kind.value,
        "said": incident.said.template,
        "company": incident.company,
        "started": incident.started,
        "count": incident.count,
    }


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
