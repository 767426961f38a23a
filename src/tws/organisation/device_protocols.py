"""What devices of each protocol have (3.3.4, 9.3)."""

import re
from collections.abc import Mapping
from typing import Literal, Protocol, TypeVar, get_args

from tws.errors import invalid
from tws.organisation import words
from tws.organisation.part import changed
from tws.sentences import sentence

DeviceProtocol = Literal["CSTA", "Vti-XML", "SIP", "Asterisk"]
MediaProtocol = Literal["None", "TWS"]
PROTOCOLS: tuple[DeviceProtocol, ...] = get_args(DeviceProtocol)
MEDIA_PROTOCOLS: tuple[MediaProtocol, ...] = get_args(MediaProtocol)
SIP = "SIP"
CTI = tuple(protocol for protocol in PROTOCOLS if protocol != SIP)
"""Of telephones that the PBX rings and a link controls. SIP is the guide's word for telephones of
two kinds: which of them one is its row does not say."""
ONLY_SIP: Mapping[str, object] = {
    "sip_proxy": "",
    "one_number": False,
    "softphone": False,
    "media_protocol": "None",
}
"What only devices with that protocol have; what the others have in its place."
_HOST = re.compile(r"[\w.:\[\]-]{1,255}")


class OfProtocol(Protocol):
    @property
    def protocol(self) -> str: ...


Row = TypeVar("Row", bound=OfProtocol)


def fitting(row: Row, given: Mapping[str, object]) -> Row:
    """`row` with what its protocol has: the rest goes when the protocol changes. Invalid where
    somebody has `given` what it does not have."""
    if row.protocol == SIP:
        return row
    for name, none in ONLY_SIP.items():
        if given.get(name) not in (None, none):
            raise invalid(
                sentence("Only devices with the protocol {protocol} have this.", protocol=SIP),
                field=name,
            )
    return changed(row, **{name: none for name, none in ONLY_SIP.items() if hasattr(row, name)})


def host(value: str, field: str) -> str:
    """A name or an IP address; may be empty."""
    text = words.optional(value, field, longest=255)
    if text and not _HOST.fullmatch(text):
        raise invalid(sentence("A host is a name or an IP address, without blanks."), field=field)
    return text
