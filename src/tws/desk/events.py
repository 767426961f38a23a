"""What the desk publishes."""

from dataclasses import dataclass

from tws.organisation.actor import UserId


@dataclass(frozen=True, slots=True)
class HelpersChanged:
    """A helper of a user came, or is gone."""

    user: UserId
