"""Every change of the organisation, and reading it on behalf of somebody: for each kind of rows
what can be done with them.

Each operation takes the actor first. NotFound for what is not there and for another company's
alike; NotAllowed where the actor may only look; Invalid(field=...) and Conflict with words;
StorageUnavailable while the database is away.
"""

from tws.organisation.administrators import Administrators
from tws.organisation.collaboration import Collaboration
from tws.organisation.companies import Companies
from tws.organisation.devices import Devices
from tws.organisation.directories import Directories
from tws.organisation.domains import Domains
from tws.organisation.grants import Grants
from tws.organisation.groups import Groups
from tws.organisation.intercom_groups import IntercomGroups
from tws.organisation.links import Links
from tws.organisation.own_preferences import OwnPreferences
from tws.organisation.parameter_values import ParameterValues
from tws.organisation.queues import Queues
from tws.organisation.registry import Registry
from tws.organisation.rights import Rights
from tws.organisation.scim_connections import ScimConnections
from tws.organisation.sms_providers import SmsProviders
from tws.organisation.user_batches import UserBatches
from tws.organisation.user_imports import UserImports
from tws.organisation.user_photos import UserPhotos
from tws.organisation.users import Users
from tws.organisation.walls import (
    CalendarConnectors,
    CheckMapping,
    CheckPlan,
    Connectors,
    Forms,
    RefuseBeyond,
    as_many_as_one_likes,
)
from tws.records.sealing import Sealing
from tws.storage import Storage
from tws.storage.secrets import Secrets


class OrganisationService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        *,
        dialects: Forms,
        check_plan: CheckPlan,
        connectors: Connectors,
        calendars: CalendarConnectors,
        sms: Forms,
        check_mapping: CheckMapping,
        secrets: Secrets,
        refuse_beyond: RefuseBeyond = as_many_as_one_likes,
    ) -> None:
        sealing = Sealing(secrets)
        self.companies = Companies(storage, registry)
        self.domains = Domains(storage, registry, check_plan)
        self.users = Users(storage, registry, sealing)
        self.user_photos = UserPhotos(storage, registry)
        self.devices = Devices(storage, registry, sealing)
        self.groups = Groups(storage, registry, refuse_beyond)
        self.queues = Queues(storage, registry, sealing)
        self.intercom_groups = IntercomGroups(storage, registry, sealing)
        self.links = Links(storage, registry, sealing, dialects=dialects)
        self.directories = Directories(
            storage, registry, sealing, connectors=connectors, check_mapping=check_mapping
        )
        self.grants = Grants(storage, registry, refuse_beyond)
        self.rights = Rights(storage, registry)
        self.user_imports = UserImports(
            storage, registry, self.directories, connectors.users, check_mapping
        )
        self.scim_connections = ScimConnections(storage, registry)
        self.user_batches = UserBatches(storage, registry)
        self.collaboration = Collaboration(
            storage, registry, sealing, connectors=connectors, calendars=calendars
        )
        self.sms_providers = SmsProviders(storage, registry, sealing, connectors=sms)
        self.preferences = OwnPreferences(storage, registry)
        self.parameters = ParameterValues(storage, registry, sealing)
        self.administrators = Administrators(storage, registry)
