"""Who may write to whom, and what is kept of it. The other is a colleague, or somebody outside who
is reached by a gateway."""

from tws.errors import NotFound
from tws.messaging.chat.gateway import Gateway
from tws.messaging.party import Party
from tws.messaging.party import user as party
from tws.organisation.actor import Actor, UserId
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_CHAT, AUTHORIZED_SAVE_CHAT
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import caller_user, forbidden_by
from tws.organisation.registry import Registry
from tws.presence.service import PresenceService


class ChatRights:
    def __init__(self, registry: Registry, presence: PresenceService) -> None:
        self._registry, self._presence = registry, presence
        self._parameters = Parameters(registry)
        self.gateways: list[Gateway] = []
        "How people outside are reached; given once, before anything is asked."

    def may_write(self, user: UserId, other: str) -> bool:
        """To each other."""
        if user == other:
            return False
        colleague = self._presence.sight.way(user, UserId(other)).chat
        return colleague or self.gateway(user, other) is not None

    def gateway(self, user: UserId, other: str) -> Gateway | None:
        """By which he reaches somebody outside; None for a colleague, and for nobody."""
        return next((one for one in self.gateways if one.knows(user, other)), None)

    def party(self, user: UserId, other: str) -> Party:
        """Of whom he may write to."""
        gateway = self.gateway(user, other)
        return party(UserId(other)) if gateway is None else Party(gateway.kind, other)

    def name(self, id: str) -> str:
        """What a party is called; "" where there is none."""
        if (row := self._registry.users.get(UserId(id))) is not None:
            return row.display_name
        return next((name for one in self.gateways if (name := one.name(id))), "")

    def is_there(self, id: str) -> bool:
        """Whether there is such a party, whoever may write to it."""
        return id in self._registry.users or any(one.has(id) for one in self.gateways)

    def chats(self, user: UserId) -> bool:
        """Whether there is chat for him at all."""
        return self._presence.sight.chats(user)

    def kept(self, user: UserId, other: str) -> bool:
        """Whether what they write to each other now is kept; who is outside has no say in it."""
        both = [one for one in (user, UserId(other)) if one in self._registry.users]
        return all(bool(self._parameters.effective(one, AUTHORIZED_SAVE_CHAT)) for one in both)

    def own(self, actor: Actor) -> UserId:
        """NotAllowed to whoever may not chat."""
        user = caller_user(actor, "Chat is for colleagues: sign in as a user.")
        if not self._parameters.effective(user, AUTHORIZE_CHAT):
            raise forbidden_by(AUTHORIZE_CHAT)
        return user

    def between(self, actor: Actor, other: str) -> UserId:
        """Of two who may write to each other the one who asks; NotFound of whoever may not be
        written to, as of whoever is not there."""
        own = self.own(actor)
        if not self.may_write(own, other):
            raise NotFound("You cannot write to anybody of that id.")
        return own
