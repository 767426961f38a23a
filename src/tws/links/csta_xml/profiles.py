"""What is usual on each type of PBX; every value can be overridden in a link's settings."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tws.telephony import commands as c
from tws.telephony.model import CallOrigin, ForwardingType

Commands = frozenset[type[c.Command[Any]]]
Forwardings = frozenset[tuple[ForwardingType, CallOrigin]]

EVERYTHING: Commands = frozenset(c.USER_COMMANDS)
BASIC: Commands = frozenset(
    {
        c.MakeCall,
        c.AnswerCall,
        c.ClearConnection,
        c.HoldCall,
        c.RetrieveCall,
        c.AlternateCall,
        c.ConsultationCall,
        c.ReconnectCall,
        c.TransferCall,
        c.SingleStepTransferCall,
        c.ConferenceCall,
        c.DeflectCall,
        c.DirectedPickupCall,
        c.GroupPickupCall,
        c.GenerateDigits,
        c.SetForwarding,
        c.GetForwarding,
        c.SetDoNotDisturb,
        c.GetDoNotDisturb,
        c.GetMessageWaiting,
        c.SnapshotDevice,
    }
)
"Without those that few switches have; what a switch has not it refuses, and is then not offered."

FOR_ALL_CALLS: Forwardings = frozenset((kind, CallOrigin.ALL) for kind in ForwardingType)
BY_ORIGIN: Forwardings = frozenset(
    (kind, origin) for kind in ForwardingType for origin in CallOrigin
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Defaults of one PBX type. Times in seconds."""

    port: int | None = None
    "None: none is known, the administrator gives it."
    edition: int = 3
    "Of ECMA-323: that of the messages we write; any is read."
    session: str = "off"
    "Application session (ECMA-354): `on`, `off`, or `auto`: tried, and done without if refused."
    first: str = "us"
    "Who speaks first: `us`, or `switch` with a SystemStatus."
    register: bool = True
    """Whether SystemRegister is asked: some send SystemStatus, and so tell of lost messages, only
    after it. A refusal does no harm."""
    framing: str = "j2"
    device: str = "{n}"
    "How our devices are written in requests."
    heartbeat: int = 30
    timeout: int = 10
    features: bool = True
    "Whether GetCSTAFeatures is asked; a refusal does no harm."
    commands: Commands = BASIC
    "Until, or unless, GetCSTAFeatures says better."
    forwardings: Forwardings = FOR_ALL_CALLS


A5000 = "A5000"
OPENSCAPE_VOICE = "OpenScape Voice"
MIVOICE_OFFICE_400 = "MiVoice Office 400"
GENERIC = "generic"

PROFILES = MappingProxyType(
    {
        A5000: Profile(port=3211, edition=3),
        OPENSCAPE_VOICE: Profile(edition=4, first="switch"),
        MIVOICE_OFFICE_400: Profile(edition=5, device="N<{n}>"),
        GENERIC: Profile(edition=5, session="auto", commands=EVERYTHING, forwardings=BY_ORIGIN),
    }
)
