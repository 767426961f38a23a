"""CSTA Phase III in XML (ECMA-323 editions 3 to 6, ECMA-354): bytes <-> messages, for both sides.

No I/O, no clock. A connection uses `J2Framer().receive(bytes) -> [Frame]` and `read(frame.body)`,
and sends `frame(invoke_id, write(message, edition))`. The messages are in
`tws.protocols.csta.messages`.
"""

from tws.protocols.csta.codec import Unwritable, read, write
from tws.protocols.csta.document import Malformed
from tws.protocols.csta.framing import EVENT, Frame, Framer, J2Framer, NulFramer, frame
from tws.protocols.csta.message import Event, Message, Request, Response, Unknown
from tws.protocols.csta.namespaces import EDITIONS, edition_of, namespace

__all__ = [
    "EDITIONS",
    "EVENT",
    "Event",
    "Frame",
    "Framer",
    "J2Framer",
    "Malformed",
    "Message",
    "NulFramer",
    "Request",
    "Response",
    "Unknown",
    "Unwritable",
    "edition_of",
    "frame",
    "namespace",
    "read",
    "write",
]
