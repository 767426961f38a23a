"""Providers of text messages of a domain (9.1.9). Their settings belong to their connector, a
window that nobody here knows."""

import re
from collections.abc import Mapping

from tws.errors import Invalid
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DomainId, SmsProviderId
from tws.organisation.drafting import Form, with_settings
from tws.organisation.drafts import SmsProviderDraft
from tws.organisation.kinds import SMS_PROVIDER
from tws.organisation.model import SmsProvider
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.registry import Registry
from tws.organisation.walls import Forms
from tws.records.changing import present, remove
from tws.records.sealing import Sealing
from tws.storage import Storage, new_id

KIND = "SMS provider"
_NUMBER = re.compile(r"\+?[0-9]{1,15}")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &.'_-]{1,11}")
"Eleven characters (3GPP TS 23.040, 9.1.2.5), less those that few networks take."


class SmsProviders(Part):
    def __init__(
        self, storage: Storage, registry: Registry, sealing: Sealing, *, connectors: Forms
    ) -> None:
        super().__init__(storage, registry)
        self._sealing, self._connectors = sealing, connectors

    async def create_sms_provider(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        name: str,
        connector: str,
        settings: Mapping[str, object],
        sender: str = "",
        enabled: bool = True,
    ) -> SmsProvider:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> SmsProvider:
            new = SmsProvider(
                id=SmsProviderId(new_id()),
                version=1,
                company=place.company,
                domain=place.id,
                name=words.name(name),
                connector=connector,
                sender=_sender(sender),
                enabled=enabled,
            )
            self._provider_name_is_free(new)
            return with_settings(self._connectors, self._sealing, None, new, settings)

        return await self._create(actor, SMS_PROVIDER, make)

    async def update_sms_provider(
        self,
        actor: Actor,
        id: SmsProviderId,
        version: int,
        *,
        name: str | None = None,
        connector: str | None = None,
        settings: Mapping[str, object] | None = None,
        sender: str | None = None,
        enabled: bool | None = None,
    ) -> SmsProvider:
        """What is None stays; `settings` replaces all of them but the secrets that it leaves out.

        Another connector needs its own settings, secrets included."""
        self._managed(actor, self._registry.sms_providers, id, KIND)

        def change(before: SmsProvider) -> SmsProvider:
            after = changed(
                before,
                name=None if name is None else words.name(name),
                connector=connector,
                sender=None if sender is None else _sender(sender),
                enabled=enabled,
            )
            self._provider_name_is_free(after)
            return with_settings(self._connectors, self._sealing, before, after, settings)

        return await self._update(actor, SMS_PROVIDER, id, version, change)

    async def delete_sms_provider(self, actor: Actor, id: SmsProviderId, version: int) -> None:
        """What was sent by it stays; what waits goes by another of the domain, if there is one."""
        self._managed(actor, self._registry.sms_providers, id, KIND)
        async with self._transaction() as tx:
            provider = await present(tx, SMS_PROVIDER, id, version)
            await remove(tx, actor, SMS_PROVIDER, provider)

    def list_sms_providers(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[SmsProvider, ...]:
        """For administrators: settings say where other people's servers are."""
        found = of_place(self._registry.sms_providers.values(), actor.manages, company, domain)
        return by_name(found, lambda provider: provider.name)

    def get_sms_provider(self, actor: Actor, id: SmsProviderId) -> SmsProvider:
        """For administrators: settings say where other people's servers are."""
        return self._managed(actor, self._registry.sms_providers, id, KIND)

    def draft_sms_provider(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        connector: str,
        settings: Mapping[str, object],
        sender: str = "",
        provider: SmsProviderId | None = None,
    ) -> SmsProviderDraft:
        """What a form would make of `provider`, or of a new one; checked as when it is stored.
        Secrets that are left out are the stored ones, but at the stored address only."""
        rows = self._registry.sms_providers
        begun = self._begun(
            actor, domain, rows, provider, KIND, "provider", lambda row: row.connector == connector
        )
        row = SmsProvider(
            id=begun.before.id if begun.before is not None else SmsProviderId(new_id()),
            version=1,
            company=begun.place.company,
            domain=begun.place.id,
            name="",
            connector=connector,
            sender=_sender(sender),
        )
        form = Form.of(self._connectors, connector)
        drafted = form.drafted(self._sealing, begun.known, settings)
        return SmsProviderDraft(provider=row, settings=drafted)

    def opened_sms_provider(self, provider: SmsProvider) -> Mapping[str, object]:
        """Its settings with secrets, for its connector alone. Invalid with words where one is
        lost, or the connector cannot be used."""
        secret = frozenset(self._connectors.secret_fields(provider.connector))
        return self._sealing.opened(provider, secret)

    def _provider_name_is_free(self, provider: SmsProvider) -> None:
        beside = self._registry.sms_providers_in(provider.domain)
        refuse_taken(provider, beside, "A provider named {name} exists already.")


def _sender(text: str) -> str:
    """As telephones show it; empty = the provider's own. Invalid."""
    plain = text.strip()
    if plain and not _NUMBER.fullmatch(plain) and not _NAME.fullmatch(plain):
        raise Invalid(
            "A sender is a number such as +33123456789, or a name of at most 11 letters and"
            " digits.",
            field="sender",
            why="smsSender",
        )
    return plain
