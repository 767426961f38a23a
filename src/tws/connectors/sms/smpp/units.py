"""A text message as the units that a message centre takes (SMPP 3.4, 4.4): one for each part.
Pure."""

import secrets

from tws.connectors.sms.smpp.settings import SmppSettings
from tws.messaging.sms.provider import Outgoing
from tws.protocols.smpp.pdu import Address, Message, Tag
from tws.protocols.sms.alphabet import Alphabet, encoded
from tws.protocols.sms.segments import header, segmented

UCS2 = 0x08
UDH = 0x40
"In `esm_class`: the text begins with a user data header (5.2.12)."
INTERNATIONAL, ALPHANUMERIC, ISDN = 1, 5, 1
"Types of numbers and the numbering plan E.164 (5.2.5, 5.2.6)."


class Units:
    def __init__(self, settings: SmppSettings) -> None:
        self._settings = settings
        self._reference = secrets.randbelow(256)
        "Of the last message that was parted here: its parts are known by it."

    def of(self, message: Outgoing) -> list[Message]:
        """At least one, in their order."""
        ucs2 = Alphabet.UCS2 if self._settings.alphabet == "ucs2" else None
        parted = segmented(message.text, ucs2)
        alphabet, texts = parted.alphabet, parted.texts
        if len(texts) == 1 or self._settings.long_messages == "payload":
            whole = encoded(message.text, alphabet)
            return [self._unit(message, whole, alphabet, payload=len(texts) > 1)]
        self._reference = (self._reference + 1) & 0xFF
        headed = (header(self._reference, texts, at) for at in range(len(texts)))
        return [
            self._unit(message, head + encoded(text, alphabet), alphabet, headed=True)
            for head, text in zip(headed, texts, strict=True)
        ]

    def _unit(
        self,
        message: Outgoing,
        text: bytes,
        alphabet: Alphabet,
        *,
        headed: bool = False,
        payload: bool = False,
    ) -> Message:
        return Message(
            source=_sender(message.sender),
            destination=Address(message.to.removeprefix("+"), INTERNATIONAL, ISDN),
            text=b"" if payload else text,
            esm_class=UDH if headed else 0,
            data_coding=UCS2 if alphabet is Alphabet.UCS2 else 0,
            registered_delivery=1 if self._settings.receipts else 0,
            options={Tag.MESSAGE_PAYLOAD: text} if payload else {},
        )


def _sender(text: str) -> Address:
    """A number with its country, a short one, or a name; empty: the centre's own."""
    if text.startswith("+"):
        return Address(text[1:], INTERNATIONAL, ISDN)
    if not text or text.isdigit():
        return Address(text)
    return Address(text, ALPHANUMERIC)
