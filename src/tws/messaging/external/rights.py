"""Who may chat with people outside (9.1.8), and when there is to be a connection for it."""

from tws.messaging.chat.service import ChatService
from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZED_EXTERNAL_CHAT,
    AUTHORIZED_SAVE_CHAT,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.presence.service import PresenceService


class ExternalRights:
    def __init__(self, registry: Registry, chats: ChatService, presence: PresenceService) -> None:
        self._parameters = Parameters(registry)
        self._chats, self._presence = chats, presence

    def may(self, user: UserId) -> bool:
        """It needs the right to chat at all besides."""
        return self._chats.rights.chats(user) and bool(
            self._parameters.effective(user, AUTHORIZED_EXTERNAL_CHAT)
        )

    def connects(self, user: UserId) -> bool:
        """Of whom nothing is kept: while a page of his is open only, so that what comes meanwhile
        waits at his server."""
        if not self.may(user):
            return False
        return self.is_here(user) or bool(self._parameters.effective(user, AUTHORIZED_SAVE_CHAT))

    def is_here(self, user: UserId) -> bool:
        return self._presence.has_page(user)
