"""What happens to text messages, published after the commit."""

from msgspec import Struct

from tws.messaging.sms.provider import Receipt
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


class ReceiptAside(Struct, frozen=True):
    """What a provider told at one node of a message that was not known there yet."""

    node: str
    provider: SmsProviderId
    receipt: Receipt
