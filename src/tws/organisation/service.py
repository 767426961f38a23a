"""Every change of the organisation, and reading it on behalf of somebody.

Each operation takes the actor first. NotFound for what is not there and for another company's
alike; NotAllowed where the actor may only look; Invalid(field=...) and Conflict with words;
StorageUnavailable while the database is away.
"""

from tws.organisation.administrators import Administrators
from tws.organisation.authorisations import Authorisations
from tws.organisation.calendar_grants import CalendarGrants
from tws.organisation.collaboration import Collaboration
from tws.organisation.companies import Companies
from tws.organisation.devices import Devices
from tws.organisation.directories import Directories
from tws.organisation.directory_grants import DirectoryGrants
from tws.organisation.domains import Domains
from tws.organisation.grantees import Grantees
from tws.organisation.groups import Groups
from tws.organisation.links import Links
from tws.organisation.parameter_values import ParameterValues
from tws.organisation.user_photos import UserPhotos
from tws.organisation.users import Users


class OrganisationService(
    Companies,
    Domains,
    Users,
    UserPhotos,
    Devices,
    Groups,
    Grantees,
    Links,
    Directories,
    DirectoryGrants,
    CalendarGrants,
    Collaboration,
    ParameterValues,
    Authorisations,
    Administrators,
):
    pass
