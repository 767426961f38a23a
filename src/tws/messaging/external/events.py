"""What the room publishes."""

from msgspec import Struct

from tws.messaging.external.model import ExternalAccount, ExternalContact
from tws.organisation.actor import UserId
from tws.records.kind import Changed


class ExternalAccountChanged(Changed[ExternalAccount]):
    pass


class ExternalContactChanged(Changed[ExternalContact]):
    pass


class ExternalStateChanged(Struct, frozen=True):
    """How the account of a user is, or somebody whom he knows by it."""

    user: UserId


class LineAsked(Struct, frozen=True):
    """Of whichever node holds the connection of that user's account."""

    user: UserId
    service: str
    parameters: tuple[str, ...]
