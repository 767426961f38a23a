"""What gateways over HTTP are asked, and what they answer.

Of a question that was sent and not answered nobody knows what it did: OutcomeUnknown. Nothing is
asked twice, no redirection is followed, and answers have limits of time and size.
"""

import ssl
from collections.abc import Callable, Collection, Mapping

from tws.connectors.http.errors import refusal, without
from tws.connectors.http.pinned import Answer, Limits, Pinned, Unanswered
from tws.connectors.http.places import Reach
from tws.messaging.sms.provider import OutcomeUnknown, SmsRefused

LARGEST = 256 * 1024
"Bytes of an answer."
LIMITS = Limits(silence=15.0, whole=45.0, largest=LARGEST)
AGENT = "TWS"
__all__ = ["LARGEST", "Answer", "Outbound"]


class Outbound:
    def __init__(
        self, *, local: bool, tls: Callable[[], ssl.SSLContext], secrets: Collection[str] = ()
    ) -> None:
        """`secrets`: texts that no words may hold, whatever the gateway sends back."""
        self._secrets = tuple(secret for secret in secrets if secret)
        self._pinned = Pinned(Reach.ANY if local else Reach.OTHERS, LIMITS, tls)

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        largest: int = LARGEST,
        expected: Collection[int] = (),
    ) -> Answer:
        """`expected`: statuses that are answers too. OutcomeUnknown, SmsRefused; any other
        ConnectorError says that it was not taken."""
        given = {"User-Agent": AGENT, "Accept": "*/*", **(headers or {})}
        try:
            answer = await self._pinned.ask(
                method, url, headers=given, content=content, largest=largest
            )
        except Unanswered as error:
            raise OutcomeUnknown(error.said) from None
        if not answer.whole:
            raise OutcomeUnknown(
                "{host} answers with more than {most} kB.", host=answer.host, most=largest >> 10
            )
        return answer if answer.status in expected else self._judged(answer)

    def said(self, answer: Answer) -> str:
        """One line of what it answers, without secrets."""
        return self.words(answer.text)

    def words(self, text: str) -> str:
        """One line of what somebody else wrote, without secrets."""
        line = " ".join(without(text, self._secrets).split())
        return "".join(sign for sign in line if sign.isprintable())[:200]

    def complaint(self, error: Exception) -> str:
        """What a library says of what somebody else wrote, to stand within a sentence."""
        return self.words(str(error)).rstrip(". ")

    async def close(self) -> None:
        await self._pinned.close()

    def _judged(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        error = refusal(answer.status, answer.url, answer.content, self._secrets)
        if answer.status >= 500 and answer.status != 503:
            raise OutcomeUnknown(error.said)
        if answer.status in (400, 409, 413, 422):
            raise SmsRefused(error.said)
        raise error
