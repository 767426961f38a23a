"""CSTA in XML (ECMA-323) over TCP: PBXs that offer a CSTA server."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from tws.links.csta_xml import settings as _settings
from tws.links.csta_xml.driver import Driver
from tws.net.carrier import Dials
from tws.organisation.device_protocols import DeviceProtocol
from tws.sentences import Sentence, sentence
from tws.telephony.link import Address, Snippet

__all__ = ["CstaXml", "Driver"]


class CstaXml:
    """The dialect, for the register of links."""

    name: ClassVar[str] = "csta_xml"
    title: ClassVar[str] = "CSTA (XML over TCP)"
    Settings: ClassVar[type[Any]] = _settings.Settings
    adds_to_pbx: ClassVar[bool] = False
    protocol: ClassVar[DeviceProtocol] = "CSTA"
    advice: ClassVar[Sentence] = sentence(
        "Is CSTA set up there? On an A5000 its port is 3211, and not always configured."
    )

    @staticmethod
    def driver(settings: Any, now: float) -> Driver:
        """From a `Settings`, which has checked itself."""
        configuration: _settings.Configuration = settings.configuration()
        return Driver(configuration)

    @staticmethod
    def without_effect(settings: Any) -> Mapping[str, Sentence]:
        unused: Mapping[str, Sentence] = settings.without_effect()
        return unused

    @staticmethod
    def carriage(settings: Any) -> Dials:
        return Dials()

    @staticmethod
    def address(settings: Any) -> Address:
        configuration: _settings.Configuration = settings.configuration()
        return configuration.address

    @staticmethod
    def snippets(settings: Any, servers: Sequence[str]) -> tuple[Snippet, ...]:
        """CSTA is switched on in the PBX's own administration."""
        return ()
