"""Asterisk 16 to 22 through its manager interface (AMI)."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from tws.links.asterisk import dialplan
from tws.links.asterisk.driver import AsteriskDriver
from tws.links.asterisk.settings import Settings as AsteriskSettings
from tws.net.carrier import Dials
from tws.organisation.device_protocols import DeviceProtocol
from tws.sentences import Sentence, sentence
from tws.telephony.link import Address, Snippet

__all__ = ["Asterisk", "AsteriskDriver", "AsteriskSettings"]


class Asterisk:
    """The entry of the register `tws.links`."""

    name: ClassVar[str] = "asterisk"
    title: ClassVar[str] = "Asterisk (AMI)"
    Settings: ClassVar[type[AsteriskSettings]] = AsteriskSettings
    adds_to_pbx: ClassVar[bool] = True
    protocol: ClassVar[DeviceProtocol] = "Asterisk"
    advice: ClassVar[Sentence] = sentence(
        "Does manager.conf have enabled=yes, a bindaddr that this server reaches, and this user?"
    )

    @staticmethod
    def driver(settings: AsteriskSettings, now: float) -> AsteriskDriver:
        return AsteriskDriver(settings)

    @staticmethod
    def without_effect(settings: AsteriskSettings) -> Mapping[str, Sentence]:
        return {}

    @staticmethod
    def carriage(settings: AsteriskSettings) -> Dials:
        return Dials()

    @staticmethod
    def address(settings: AsteriskSettings) -> Address:
        return settings.address()

    @staticmethod
    def snippets(settings: AsteriskSettings, servers: Sequence[str]) -> tuple[Snippet, ...]:
        """What the administrator adds to the configuration of Asterisk."""
        return dialplan.snippets(settings, servers)
