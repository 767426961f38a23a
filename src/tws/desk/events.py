"""What the desk publishes."""

from dataclasses import dataclass

from msgspec import Struct

from tws.desk.model import Order, RunOutcome
from tws.organisation.actor import UserId


@dataclass(frozen=True, slots=True)
class HelpersChanged:
    """A helper of a user came, or is gone."""

    user: UserId


class OrderGiven(Struct, frozen=True):
    """To a helper that is connected at some node."""

    helper: str
    session: str
    order: Order


class OrderReported(Struct, frozen=True):
    """What became of it, for the node at which somebody waits."""

    order: str
    outcome: RunOutcome
