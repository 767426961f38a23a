"""One text message given to its provider, and what became of it.

What a gateway said is for administrators, who read it at the provider: it may name hosts and
accounts. Whoever sent the message is told in neutral words.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec
import structlog
from msgspec import Struct

from tws.messaging.sms.model import GIVEN_UP, Sms, SmsState, later
from tws.messaging.sms.provider import OutcomeUnknown, Outgoing, SmsRefused, printable
from tws.messaging.sms.providers import Providers
from tws.organisation.model import SmsProvider as Row
from tws.sentences import NOTHING, Sentence, sentence
from tws.sources.errors import ConnectorError, Unreachable

WHOLE = 120.0
"Seconds for giving away one message."
NOBODY = sentence("No provider of text messages is active in the domain.")
NOT_NOW = sentence("The provider does not take it at present: it is tried again.")
NOT_KNOWN = sentence("Nobody knows whether the provider took it.")
LOST = sentence(
    "The provider did not take it within {minutes} minutes.",
    minutes=round(GIVEN_UP.total_seconds() / 60),
)
log = structlog.get_logger(__name__)


class Outcome(Struct, frozen=True):
    """What became of a message, until it is written down."""

    sms: Sms
    references: tuple[str, ...] = ()
    "Of its parts, in their order; one that the gateway did not name is empty."


class Giving:
    def __init__(self, providers: Providers, clock: Callable[[], datetime]) -> None:
        self._providers, self._clock = providers, clock

    async def give(self, row: Row, sms: Sms) -> Outcome:
        outgoing = Outgoing(id=sms.id, to=sms.number, sender=row.sender, text=sms.text)
        try:
            provider = self._providers.of(row)
            async with asyncio.timeout(WHOLE):
                references = await provider.send(outgoing)
        except SmsRefused as error:
            self._providers.went(row.id, error)
            log.warning("text message refused", sms=sms.id, why=error.said.template)
            return Outcome(self.now(sms, SmsState.FAILED, error.told))
        except (TimeoutError, OutcomeUnknown) as error:
            late = sentence("It was not answered within {seconds} seconds.", seconds=round(WHOLE))
            why = error if isinstance(error, OutcomeUnknown) else Unreachable(late)
            self._providers.went(row.id, why)
            log.warning("text message of unknown outcome", sms=sms.id, why=why.said.template)
            return Outcome(self.now(sms, SmsState.UNKNOWN, NOT_KNOWN))
        except ConnectorError as error:
            self._providers.went(row.id, error)
            return Outcome(self.put_off(sms, error.said))
        self._providers.went(row.id)
        return Outcome(self.now(sms, SmsState.SENT), tuple(map(printable, references)))

    def put_off(self, sms: Sms, why: Sentence) -> Sms:
        """It was not taken: it is tried again, but not for ever. `why`: for administrators."""
        now, lost = self._clock(), self._clock() - sms.created >= GIVEN_UP
        log.warning(
            "text message not sent", sms=sms.id, tries=sms.tries, lost=lost, why=why.template
        )
        if lost:
            return self.now(sms, SmsState.FAILED, NOBODY if why == NOBODY else LOST)
        told = NOBODY if why == NOBODY else NOT_NOW
        return self.now(sms, SmsState.WAITING, told, due=now + later(sms.tries))

    def now(self, sms: Sms, state: SmsState, reason: Sentence = NOTHING, **more: object) -> Sms:
        """As it is from now on; tried no more, unless `due` says when."""
        fields = {"state": state, "reason": reason, "changed": self._clock(), "due": None, **more}
        return msgspec.structs.replace(sms, **fields)
