"""What ECMA-323 messages are made of: device and connection identifiers, opaque parts, call data.

A struct here is one complex type of the schema; the codec derives its elements from the fields.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Annotated

from lxml import etree
from msgspec import Struct

from tws.protocols.csta.marks import EMPTY
from tws.protocols.csta.namespaces import foreign, name_of, split_name


def _canonical(element: etree._Element, inside: str | None) -> str:
    """Text of `element`; in a CSTA namespace it takes that of the message it is written in."""
    name, namespace = name_of(element)
    outside = namespace if foreign(namespace) else None
    text = f"<{name}"
    if outside != inside:
        text += f' xmlns="{quote(outside)}"' if outside else ""
    for key, value in element.items():
        local, space = split_name(str(key))
        prefix = f'xmlns:a="{quote(space)}" a:' if space else ""
        text += f' {prefix}{local}="{quote(value)}"'
    inner = quote((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str):
            inner += _canonical(child, outside) + quote((child.tail or "").strip())
    return f"{text}>{inner}</{name}>" if inner else f"{text}/>"


def quote(text: str) -> str:
    """`text` as XML character data or a double-quoted attribute value."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


class Opaque:
    """An element carried without looking into it: vendors' additions, media characteristics.

    Its name is that of the field that holds it; two with the same content are equal.
    """

    def __init__(self, find: Callable[[], etree._Element]) -> None:
        self._find = find

    @classmethod
    def of(cls, xml: str) -> "Opaque":
        """From text of our own, never from the network."""
        return cls(lambda: etree.fromstring(xml))

    @cached_property
    def element(self) -> etree._Element:
        """Found when it is first asked for, as nobody looks into most of them."""
        return self._find()

    @cached_property
    def xml(self) -> str:
        return _canonical(self.element, None)

    @property
    def content(self) -> str:
        """The text of what is inside, without the element itself."""
        return self.xml.partition(">")[2].rpartition("<")[0] if self.xml[-2] != "/" else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __repr__(self) -> str:
        return f"Opaque({self.xml!r})"


class DeviceID(Struct, frozen=True):
    """A device as written on the wire (ECMA-269 clause 12.3.13): dialling digits, textual notation
    or a URI. `text` is kept as received.
    """

    text: str
    type_of_number: str = "dialingNumber"
    private_number: bool = False
    private_name: bool = False


class ConnectionID(Struct, frozen=True):
    """ECMA-269 clause 12.3.9; either part may be missing on the wire."""

    call_id: str | None = None
    device_id: DeviceID | None = None


class Choice(Struct, frozen=True):
    """A type that holds one of its elements: a device, or a mark why there is none."""


class ExtendedDeviceID(Choice, frozen=True):
    """Subject, calling, called... device of an event: an identifier, or why there is none."""

    device_identifier: DeviceID | None = None
    not_known: Annotated[bool, EMPTY] = False
    restricted: Annotated[bool, EMPTY] = False


class RedirectionDeviceID(Choice, frozen=True):
    number_dialed: DeviceID | None = None
    not_known: Annotated[bool, EMPTY] = False
    not_required: Annotated[bool, EMPTY] = False
    not_specified: Annotated[bool, EMPTY] = False
    restricted: Annotated[bool, EMPTY] = False


NOT_KNOWN = ExtendedDeviceID(not_known=True)
RESTRICTED = ExtendedDeviceID(restricted=True)
NOT_REQUIRED = RedirectionDeviceID(not_required=True)


def device(text: str) -> ExtendedDeviceID:
    """The subject, calling or called device `text` of an event."""
    return ExtendedDeviceID(DeviceID(text))


def connection(call: str, device_text: str) -> ConnectionID:
    return ConnectionID(call, DeviceID(device_text))


class CallData(Struct, frozen=True):
    """correlatorData and userData: octets, or private elements."""

    private: Opaque | None = None
    string: bytes | None = None


class GlobalCallLinkageID(Struct, frozen=True):
    globally_unique_call_linkage_id: str | None = None
    sub_domain_call_linkage_id: str | None = None


class GlobalCallData(Struct, frozen=True):
    global_call_switching_sub_domain_name: str | None = None
    global_call_linkage_id: GlobalCallLinkageID | None = None
    call_linkage_id_timestamp: str | None = None


class ThreadLinkageID(Struct, frozen=True):
    globally_unique_thread_id: str | None = None
    sub_domain_thread_id: str | None = None


class ThreadData(Struct, frozen=True):
    thread_switching_sub_domain_name: str | None = None
    thread_linkage_id: ThreadLinkageID | None = None
    thread_id_time_stamp: str | None = None


class CallLinkageData(Struct, frozen=True):
    """ECMA-269 clause 12.2.7: which call, and which story of calls, this is."""

    global_call_data: GlobalCallData | None = None
    thread_data: ThreadData | None = None


class CallLinkageDataList(Struct, frozen=True):
    new_call_linkage_data: CallLinkageData | None = None
    old_call_linkage_data: CallLinkageData | None = None


class Endpoint(Choice, frozen=True):
    """Who a connection of a connection list belongs to."""

    device_id: DeviceID | None = None
    not_known: Annotated[bool, EMPTY] = False
    restricted: Annotated[bool, EMPTY] = False


class AssociatedNID(Choice, frozen=True):
    device_id: DeviceID | None = None
    not_known: Annotated[bool, EMPTY] = False


class ConnectionListItem(Struct, frozen=True):
    """One connection of a transferred or conferenced call, and what it was before."""

    new_connection: ConnectionID | None = None
    old_connection: ConnectionID | None = None
    endpoint: Endpoint | None = None
    associated_nid: AssociatedNID | None = None
    resulting_connection_info: Opaque | None = None


Connections = tuple[ConnectionListItem, ...]
