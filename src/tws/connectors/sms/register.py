"""The register of gateways of text messages.

One is loaded when it is first used. To add one: write it, add its line here.
"""

from collections.abc import Mapping

from tws.messaging.sms.provider import SmsProvider, Surroundings
from tws.organisation.windows import Windows
from tws.register import Register

REGISTER: Register[type[SmsProvider]] = Register(
    {
        "http": "tws.connectors.sms.http.gateway:Http",
        "smpp": "tws.connectors.sms.smpp.gateway:Smpp",
        "soap": "tws.connectors.sms.soap.gateway:Soap [soap]",
    }
)
WINDOWS: Windows[SmsProvider] = Windows(REGISTER, "kind of SMS provider", "connector")


def opened(name: str, values: Mapping[str, object], surroundings: Surroundings) -> SmsProvider:
    """A provider ready to send. `Invalid` as for its settings."""
    return WINDOWS.of(name)(WINDOWS.settings(name, values), surroundings)
