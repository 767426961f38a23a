"""One thin file for each room: parse, call the service, answer."""

from tws.web.api import (
    access,
    calendars,
    contacts,
    devices,
    features,
    journal,
    server,
    telephony,
)
from tws.web.api import parameters as own_parameters
from tws.web.api.admin import (
    administrators,
    collaboration,
    companies,
    dial_plans,
    directories,
    directory_grants,
    gaps,
    links,
    parameters,
    rights,
    states,
    synchronisations,
    users,
)

ROUTERS = (
    server.router,
    access.router,
    devices.router,
    telephony.router,
    features.router,
    journal.router,
    contacts.router,
    calendars.router,
    own_parameters.router,
    companies.router,
    dial_plans.router,
    users.router,
    rights.router,
    administrators.router,
    links.router,
    directories.router,
    directory_grants.router,
    synchronisations.router,
    collaboration.router,
    parameters.router,
    states.router,
    gaps.router,
)
