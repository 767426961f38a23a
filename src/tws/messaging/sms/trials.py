"""Providers that are tried out: whether they know us, and whether a message comes."""

from msgspec import Struct

from tws.messaging.sms.model import written
from tws.messaging.sms.numbers import recipient
from tws.messaging.sms.provider import Outgoing, Receipt
from tws.messaging.sms.providers import Providers
from tws.organisation.actor import Actor
from tws.organisation.drafts import SmsProviderDraft
from tws.organisation.permission import may_change
from tws.organisation.registry import Registry
from tws.storage import new_id


class Tried(Struct, frozen=True):
    asked: bool
    "Whether the gateway was asked anything at all."
    number: str = ""
    "To which a message was sent, in E.164; empty: none was."


class Trials:
    def __init__(self, registry: Registry, providers: Providers) -> None:
        self._registry, self._providers = registry, providers

    async def try_draft(
        self, actor: Actor, draft: SmsProviderDraft, *, number: str = "", text: str = ""
    ) -> Tried:
        """As a form has it: see whether the gateway knows us, and send a message where a number
        is given. Raises ConnectorError; Invalid."""
        row = draft.provider
        may_change(actor, row.company, "SMS provider")
        to, clean = "", ""
        if number:
            to, (clean, _) = recipient(number, self._registry.domains[row.domain]), written(text)
        provider = self._providers.opened(row, draft.settings, _nobody)
        try:
            asked = await provider.check()
            if to:
                sent = Outgoing(id=new_id(), to=to, sender=row.sender, text=clean)
                await provider.send(sent)
        finally:
            await provider.close()
        return Tried(asked or bool(to), to)


def _nobody(receipt: Receipt) -> None:
    """Of what is kept nowhere nobody waits to hear."""
