"""What the PDU trace shows of a message: its text without secrets, and whose message it is."""

import re
from collections.abc import Iterator

from msgspec import Struct

from tws.protocols.csta import Message
from tws.protocols.csta.notation import understand
from tws.protocols.csta.values import DeviceID, quote
from tws.telephony.model import DeviceId

_STARS = "********"
# Passwords and codes, of ECMA-323 and of vendors; DTMF digits are often personal codes.
_SECRET_ELEMENT = re.compile(
    r"(<(?:[\w.-]+:)?(?:password|passwd|pwd|agentPassword|authCode|accountCode|charactersToSend)"
    r"(?:\s[^>]*)?>)[^<]+",
    re.IGNORECASE,
)


def traced(body: bytes, secrets: tuple[str, ...]) -> str:
    """`body` as text, with asterisks for what must not be seen."""
    text = _SECRET_ELEMENT.sub(rf"\1{_STARS}", body.decode("utf-8", "replace"))
    for secret in secrets:
        for form in (secret, quote(secret)):
            text = text.replace(form, _STARS)
    return text


def devices_in(message: Message) -> tuple[DeviceId, ...]:
    """The devices that `message` names, once each, in its order."""
    numbers = (understand(device.text).number for device in _devices(message))
    return tuple(dict.fromkeys(DeviceId(number) for number in numbers if number))


def _devices(value: object) -> Iterator[DeviceID]:
    if isinstance(value, DeviceID):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _devices(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _devices(getattr(value, name))
