"""Which events of the bus concern which scopes and whose rights."""

from collections.abc import Iterable

from tws.access.events import SessionEnded
from tws.bus import Bus
from tws.directory.events import ContactListChanged
from tws.directory.sync.model import SynchronisationChanged
from tws.journal.events import LogChanged
from tws.naming import PartyNamed
from tws.organisation.actor import DeviceRowId, UserId
from tws.organisation.events import (
    AdministratorChanged,
    AuthorisationChanged,
    CollaborationSourceChanged,
    CompanyChanged,
    DirectoryChanged,
    DomainChanged,
    GroupChanged,
    LinkChanged,
    ParameterValueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.model import Authorisation, Group
from tws.presence.knowledge import KINDS, PRIVATE, SUMMARY
from tws.presence.model import CalendarStateChanged, SourceStateChanged
from tws.telephony.events import CallChanged, DeviceChanged, LinkStatusChanged, ParkedChanged
from tws.telephony.model import DeviceId, LinkId
from tws.web.live.frames import LogMoment
from tws.web.live.hub import Hub
from tws.web.live.views import Kind
from tws.web.shown.log_entries import log_entry


def _device(hub: Hub, id: DeviceRowId) -> None:
    """All that is shown of a device may have changed."""
    for kind in (Kind.DEVICE, Kind.CALLS, Kind.DEVICE_STATE):
        hub.mark(kind, id)


def follow(hub: Hub, bus: Bus) -> None:
    """Let `hub` hear everything that pages show."""
    _follow_telephony(hub, bus)
    _follow_rows(hub, bus)
    _follow_rights(hub, bus)
    _follow_calendars(hub, bus)
    bus.follow(SessionEnded, lambda event: hub.session_ended(event.session))

    def log_changed(event: LogChanged) -> None:
        hub.moment(event.user, LogMoment(entry=log_entry(hub.known.registry, event.entry)))

    bus.follow(LogChanged, log_changed)


def _follow_telephony(hub: Hub, bus: Bus) -> None:
    registry, state = hub.known.registry, hub.known.state

    def mark_calls(link: LinkId, device: DeviceId) -> None:
        if (found := registry.device_at(link, device)) is not None:
            hub.mark(Kind.CALLS, found.id)

    def call_changed(event: CallChanged) -> None:
        for device in event.call.connections:
            mark_calls(event.link, device)
        for ended in event.ended:
            mark_calls(event.link, ended.connection.id.device)

    def party_named(event: PartyNamed) -> None:
        if (found := state.leg(event.leg)) is not None:
            mark_calls(event.link, found[1].id.device)

    def device_changed(event: DeviceChanged) -> None:
        row = registry.device_at(event.device.link, event.device.id)
        if row is not None:
            _device(hub, row.id)
            hub.mark(Kind.CALLS, row.id)  # with it changes what can be asked

    shown: dict[LinkId, tuple[object, ...]] = {}

    def link_status(event: LinkStatusChanged) -> None:
        status = event.status
        hub.mark(Kind.LINK, status.link)
        # Its counts change with each monitor; devices show the rest, which seldom does.
        told = (status.state, status.why, status.since)
        if shown.get(status.link) != told:
            shown[status.link] = told
            for device in registry.devices_on(status.link):
                _device(hub, device.id)

    def parked_changed(event: ParkedChanged) -> None:
        mark_calls(event.parked.link, event.parked.by)

    bus.follow(CallChanged, call_changed)
    bus.follow(ParkedChanged, parked_changed)
    bus.follow(PartyNamed, party_named)
    bus.follow(DeviceChanged, device_changed)
    bus.follow(LinkStatusChanged, link_status)


def _follow_rows(hub: Hub, bus: Bus) -> None:
    registry = hub.known.registry

    def device_row(event: UserDeviceChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                _device(hub, row.id)
                hub.doubt([row.user])
        hub.doubt_administrators()

    def link_row(event: LinkChanged) -> None:
        if (link := event.after or event.before) is not None:
            hub.mark(Kind.LINK, link.id)
            for device in registry.devices_on(link.id):
                _device(hub, device.id)
        hub.doubt_administrators()

    def directory_row(event: DirectoryChanged) -> None:
        if (row := event.after or event.before) is not None:
            hub.mark(Kind.RUN, row.id)
        hub.doubt_administrators()

    def domain_row(_: DomainChanged) -> None:
        hub.mark_all(Kind.USER, Kind.DEVICE, Kind.CALLS)

    def company_row(_: CompanyChanged) -> None:
        hub.mark_all(Kind.USER)
        hub.doubt_administrators()

    def contact_list(event: ContactListChanged) -> None:
        for row in (event.before, event.after):
            if row is not None and row.public:
                hub.mark_all(Kind.LISTS)
            elif row is not None:
                hub.mark(Kind.LISTS, row.owner)

    bus.follow(ContactListChanged, contact_list)
    bus.follow(UserDeviceChanged, device_row)
    bus.follow(DirectoryChanged, directory_row)
    bus.follow(SynchronisationChanged, lambda event: hub.mark(Kind.RUN, event.run.directory))
    bus.follow(LinkChanged, link_row)
    bus.follow(DomainChanged, domain_row)
    bus.follow(CompanyChanged, company_row)


def _follow_calendars(hub: Hub, bus: Bus) -> None:
    registry = hub.known.registry

    def mark(company: str) -> None:
        for kind in KINDS:
            hub.mark(Kind.CALENDARS, f"{company}/{kind.word}")

    def source_state(event: SourceStateChanged) -> None:
        hub.mark(Kind.COLLABORATION, event.source)
        row = registry.collaboration_sources.get(event.source)
        if row is not None:
            mark(row.company)  # what is known is newer

    def source_row(event: CollaborationSourceChanged) -> None:
        if (row := event.after or event.before) is not None:
            hub.mark(Kind.COLLABORATION, row.id)
        hub.doubt_administrators()

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in (SUMMARY, PRIVATE):
            hub.doubt(user.id for user in registry.users.values() if user.company == row.company)
            mark(row.company)

    def person(event: UserChanged | GroupChanged) -> None:
        """Names, and what is shown of whom, may be others."""
        if (row := event.after or event.before) is not None:
            mark(row.company)

    bus.follow(CalendarStateChanged, lambda event: mark(event.company))
    bus.follow(UserChanged, person)
    bus.follow(GroupChanged, person)
    bus.follow(SourceStateChanged, source_state)
    bus.follow(CollaborationSourceChanged, source_row)
    bus.follow(ParameterValueChanged, parameter)


def _follow_rights(hub: Hub, bus: Bus) -> None:
    registry = hub.known.registry

    def users(ids: Iterable[UserId]) -> None:
        known = set(ids)
        for id in known:
            hub.mark(Kind.USER, id)
        hub.doubt(known)

    def user_row(event: UserChanged) -> None:
        users(row.id for row in (event.before, event.after) if row is not None)
        before, after = event.before, event.after
        if before is not None and (after is None or after.domain != before.domain):
            hub.mark_all(Kind.LISTS)  # the public ones come and go with their owners

    def group_row(event: GroupChanged) -> None:
        rows: list[Group] = [row for row in (event.before, event.after) if row is not None]
        users(member for row in rows for member in row.members)

    def authorisation_row(event: AuthorisationChanged) -> None:
        rows: list[Authorisation] = [x for x in (event.before, event.after) if x is not None]
        for row in rows:
            if row.user is not None:
                users([row.user])
            if row.group is not None and (group := registry.groups.get(row.group)) is not None:
                users(group.members)

    def administrator_row(event: AdministratorChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                hub.mark(Kind.ADMINISTRATOR, row.id)
                hub.doubt([row.id])

    bus.follow(UserChanged, user_row)
    bus.follow(GroupChanged, group_row)
    bus.follow(AuthorisationChanged, authorisation_row)
    bus.follow(AdministratorChanged, administrator_row)
