"""What the link does wrong on purpose, so that a client's manners can be tried."""

from dataclasses import dataclass, field
from enum import StrEnum

from tws.protocols.csta import messages
from tws.protocols.csta.codec import write
from tws.protocols.csta.framing import EVENT, frame
from tws.protocols.csta.namespaces import namespace


@dataclass(slots=True)
class Misbehaviour:
    """Lasting habits, changed at any moment."""

    drop_events: int = 0
    """Events still to be dropped; negative = all until told otherwise. When the last one is, or
    when it is set back to 0, `messagesLost` is sent to whoever registered."""
    answer_delay: float = 0.0
    "Seconds before each response."
    swallow_answers: bool = False
    "Requests are carried out and never answered."
    frozen: bool = False
    "Nothing is read, nothing is sent, the connection stays; all of it follows when it ends."
    events_before_answers: bool = False
    "Events that a request causes come before its response."
    refuse_monitors: str = ""
    "`CATEGORY/code`: the error given to each MonitorStart."
    refuse: dict[str, str] = field(default_factory=dict)
    "Service, such as `MakeCall`, to the error that it is refused with."


class Garbage(StrEnum):
    """Kinds of bytes that should not come from a PBX."""

    HEADER = "header"
    "Not a J.2 header: the stream can't be read any further."
    SHORT = "short"
    "A header whose length is less than itself."
    NOT_XML = "notXml"
    ENTITY = "entity"
    "A document type with an entity that grows."
    NAMESPACE = "namespace"
    "A good event in an unknown namespace, with unknown elements."
    UNKNOWN_EVENT = "unknownEvent"
    UNKNOWN_MONITOR = "unknownMonitor"
    "An event of a monitor that nobody started."
    UNASKED_ANSWER = "unaskedAnswer"
    HALF = "half"
    "The first half of a message, and no more of it."


def garbage(kind: Garbage, edition: int) -> bytes:
    """The bytes of one such irregularity."""
    uri = namespace(edition)
    match kind:
        case Garbage.HEADER:
            return b"HTTP/1.1 400 Bad Request\r\n\r\n"
        case Garbage.SHORT:
            return b"\x00\x00\x00\x039999"
        case Garbage.NOT_XML:
            return frame(EVENT, b"\x80\x81 this is not XML <<<")
        case Garbage.ENTITY:
            bomb = (
                '<?xml version="1.0"?><!DOCTYPE e [<!ENTITY a "aaaaaaaaaa">'
                '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
                f'<OutOfServiceEvent xmlns="{uri}"><monitorCrossRefID>&b;</monitorCrossRefID>'
                "</OutOfServiceEvent>"
            )
            return frame(EVENT, bomb.encode())
        case Garbage.NAMESPACE:
            return frame(EVENT, _wrong_namespace())
        case Garbage.UNKNOWN_EVENT:
            xref = "<monitorCrossRefID>1</monitorCrossRefID>"
            xml = f'<TeaIsReadyEvent xmlns="{uri}">{xref}</TeaIsReadyEvent>'
            return frame(EVENT, xml.encode())
        case Garbage.UNKNOWN_MONITOR:
            return frame(EVENT, _unknown_monitor(edition))
        case Garbage.UNASKED_ANSWER:
            return frame(4321, f'<AnswerCallResponse xmlns="{uri}"/>'.encode())
        case Garbage.HALF:
            whole = frame(EVENT, _unknown_monitor(edition))
            return whole[: len(whole) // 2]


def _wrong_namespace() -> bytes:
    return (
        b'<x:DoNotDisturbEvent xmlns:x="urn:somebody-else"><x:monitorCrossRefID>1'
        b"</x:monitorCrossRefID><x:shoeSize>44</x:shoeSize>"
        b"<x:doNotDisturbOn>true</x:doNotDisturbOn></x:DoNotDisturbEvent>"
    )


def _unknown_monitor(edition: int) -> bytes:
    event = messages.DoNotDisturbEvent(monitor_cross_ref_id="987654321", do_not_disturb_on=True)
    return write(event, edition)
