"""What gateways tell of deliveries by calling us over HTTP."""

from collections.abc import Mapping

from tws.errors import NotFound, invalid
from tws.messaging.sms.hearing import Hearing
from tws.messaging.sms.provider import Reported
from tws.messaging.sms.providers import Providers
from tws.organisation.actor import SmsProviderId
from tws.organisation.registry import Registry
from tws.sources.errors import Misconfigured, Refused

NOBODY = "Nobody is told anything here."


class Reports:
    def __init__(self, registry: Registry, providers: Providers, hearing: Hearing) -> None:
        self._registry, self._providers, self._hearing = registry, providers, hearing

    def take(self, provider: SmsProviderId, key: str, fields: Mapping[str, str]) -> None:
        """NotFound, in the same words, without such a provider that is told and has that key;
        Invalid, to who knows the key, for what is no report."""
        row = self._registry.sms_providers.get(provider)
        if row is None or not row.enabled:
            raise NotFound(NOBODY)
        try:
            opened = self._providers.of(row)
        except Misconfigured as error:
            # Its settings are told to administrators, not to whoever calls.
            raise NotFound(NOBODY) from error
        if not isinstance(opened, Reported):
            raise NotFound(NOBODY)
        try:
            receipt = opened.told(key, fields)
        except Refused:
            raise NotFound(NOBODY) from None
        except Misconfigured as error:
            raise invalid(error.said) from error
        if receipt is not None:
            self._hearing.hear(row.id, receipt)
