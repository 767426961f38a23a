"""What identity providers can do here, and the tokens by which they do it."""

from collections.abc import Callable
from datetime import datetime

from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.provisioning.groups import ProvisionedGroups
from tws.provisioning.resources import Turns
from tws.provisioning.tokens import Tokens
from tws.provisioning.users import ProvisionedUsers
from tws.storage import new_id


class ProvisioningService:
    """One part for each thing that can be done."""

    def __init__(
        self,
        registry: Registry,
        organisation: OrganisationService,
        clock: Callable[[], datetime],
    ) -> None:
        turns = Turns()
        self.tokens = Tokens(registry, organisation.scim_connections, clock)
        self.users = ProvisionedUsers(registry, organisation.user_batches, turns, new_id)
        self.groups = ProvisionedGroups(registry, organisation.groups, turns, new_id)
