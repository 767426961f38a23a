"""What happens to text messages, published after the commit."""

from msgspec import Struct

from tws.organisation.actor import DomainId, SmsProviderId, UserId


class SmsQueued(Struct, frozen=True):
    """By a provider of this domain."""

    domain: DomainId


class SmsChanged(Struct, frozen=True):
    """One of this user's is new, or has come further."""

    user: UserId


class SmsProviderStateChanged(Struct, frozen=True):
    """Told to administrators."""

    provider: SmsProviderId
