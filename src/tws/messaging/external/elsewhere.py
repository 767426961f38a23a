"""Connections of accounts that another node holds: what is known of them, and what they are asked.

One node holds all of them; people are at any.
"""

from typing import Literal

from msgspec import Struct

from tws.bus import Bus
from tws.messaging.external.events import LineAsked
from tws.messaging.external.model import AccountCondition, AccountState, Standing
from tws.node_memory import NodeMemory
from tws.organisation.actor import UserId

RUNS = ""
"In the place of a user: that some node holds them."
Service = Literal["send", "typing", "read", "add", "remove", "answer", "again"]


class Seen(Struct, frozen=True):
    """How the connection of an account is."""

    condition: AccountCondition = AccountCondition()
    standings: dict[str, Standing] = {}
    "By address."

    @property
    def connected(self) -> bool:
        return self.condition.state is AccountState.CONNECTED


class LineElsewhere:
    """What is asked of a connection, so far as people ask it."""

    def __init__(self, bus: Bus, user: UserId) -> None:
        self._bus, self._user = bus, user

    def send(self, to: str, id: str, text: str) -> None:
        self.ask("send", to, id, text)

    def tell_typing(self, to: str) -> None:
        self.ask("typing", to)

    def tell_read(self, to: str, id: str) -> None:
        self.ask("read", to, id)

    def add(self, address: str, name: str) -> None:
        self.ask("add", address, name)

    def remove(self, address: str) -> None:
        self.ask("remove", address)

    def answer(self, address: str, yes: bool) -> None:
        self.ask("answer", address, "yes" if yes else "")

    def ask(self, service: Service, *parameters: str) -> None:
        self._bus.publish(LineAsked(self._user, service, parameters))


SeenLines = NodeMemory[Seen]
