"""AMI messages for the trace of a link: readable, without secrets, with the devices they name."""

import re

from tws.links.asterisk.naming import Devices, take_apart
from tws.protocols.ami.message import Message
from tws.telephony.link import Pdu, Peer
from tws.telephony.model import DeviceId

SECRET = re.compile(r"^(Key|Secret|Challenge|Digit):[^\r\n]*", re.MULTILINE | re.IGNORECASE)
"Digits that callers dial are often personal codes."
CHANNEL = re.compile(r"^\w*Channel\d?: ([^\r\n]+)", re.MULTILINE)
END = b"\r\n"


class Trace:
    """Keeps what crosses the link while it is `on`."""

    def __init__(self, peer: Peer, devices: Devices) -> None:
        self.peer, self.devices = peer, devices
        self.on = False
        self._pdus: list[Pdu] = []

    def switch(self, on: bool) -> None:
        self.on = on
        if not on:
            self._pdus.clear()

    def take(self) -> list[Pdu]:
        pdus, self._pdus = self._pdus, []
        return pdus

    def sent(self, data: bytes) -> None:
        if self.on:
            self._keep(data.decode(), sent=True)

    def received(self, message: Message | str) -> None:
        """The greeting is a line alone."""
        if not self.on:
            return
        if isinstance(message, str):
            self._pdus.append(Pdu(False, self.peer, (), message, tail=END))
            return
        self._keep("\r\n".join(f"{key}: {value}" for key, value in message.fields), sent=False)

    def _keep(self, text: str, *, sent: bool) -> None:
        text = SECRET.sub(lambda found: f"{found[1]}: ***", text.strip())
        named = (self.devices.at(take_apart(name).endpoint) for name in CHANNEL.findall(text))
        found = tuple(dict.fromkeys(DeviceId(name) for name in named if name))
        self._pdus.append(Pdu(sent, self.peer, found, text, tail=END + END))
