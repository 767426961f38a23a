"""AMI messages for the trace of a link: readable, without secrets, with the devices they name."""

import re

from tws.links.asterisk.naming import Devices, take_apart
from tws.telephony.link import Pdu, Peer
from tws.telephony.model import DeviceId

SECRET = re.compile(r"^(Key|Secret|Challenge):.*$", re.MULTILINE | re.IGNORECASE)
CHANNEL = re.compile(r"^\w*Channel\d?: (.+)$", re.MULTILINE)


def pdu(peer: Peer, text: str, devices: Devices, *, sent: bool) -> Pdu:
    text = SECRET.sub(lambda found: f"{found[1]}: ***", text.replace("\r\n", "\n").strip())
    named = (devices.at(take_apart(name).endpoint) for name in CHANNEL.findall(text))
    found = tuple(dict.fromkeys(DeviceId(name) for name in named if name))
    return Pdu(sent, peer, found, text)
