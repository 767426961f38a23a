"""Who a channel is: its kind, its device, and the causes in ECMA-269's words."""

import re
from dataclasses import dataclass

from tws.telephony.model import Cause, DeviceId, Party

CHANNEL = re.compile(r"(?P<endpoint>.+)-[0-9a-fA-F]{8}(?:<.*>)?", re.DOTALL)
"PJSIP/1001-0000001a, also <MASQ> and <ZOMBIE> while Asterisk swaps two channels."
NUMBER = re.compile(r"[0-9*#]{1,32}")
DIALABLE = re.compile(r"\+?[0-9A-Za-z*#._-]{1,64}")
"What may stand in an extension of a dialplan and in a dial string: no @ & , / ( ) or white space."
LOCAL = "Local"
NOT_A_PARTY = frozenset(
    "Announcer AsyncGoto Bridge CBAnn CBRec ConfBridge ConfBridgeRecorder Conference Message "
    "MulticastRTP Parking Recorder Snoop Surrogate Test UnicastRTP Voicemail".split()
)
"Technologies of channels that Asterisk makes for itself."
WITHHELD = frozenset({"anonymous", "restricted", "withheld", "private", "unavailable", "clir"})
NO_NUMBER = frozenset({"", "<unknown>", "(null)", "unknown"})

CAUSES: dict[int, str] = {
    1: Cause.NUMBER_UNALLOCATED,
    2: Cause.DEST_NOT_OBTAINABLE,
    3: Cause.DEST_NOT_OBTAINABLE,
    5: Cause.DEST_NOT_OBTAINABLE,
    16: Cause.NORMAL_CLEARING,
    17: Cause.BUSY,
    18: Cause.CALL_NOT_ANSWERED,
    19: Cause.CALL_NOT_ANSWERED,
    20: Cause.DEST_OUT_OF_ORDER,
    21: Cause.BLOCKED,
    22: Cause.NUMBER_UNALLOCATED,
    26: "multipleAlerting",
    27: Cause.DEST_OUT_OF_ORDER,
    28: Cause.NUMBER_UNALLOCATED,
    34: Cause.TRUNKS_BUSY,
    38: Cause.NETWORK_CONGESTION,
    41: Cause.NETWORK_CONGESTION,
    42: Cause.NETWORK_CONGESTION,
    44: Cause.TRUNKS_BUSY,
}
"Of Q.850, as the Hangup event gives it."
DIALLED: dict[str, str] = {
    "BUSY": Cause.BUSY,
    "CONGESTION": Cause.NETWORK_CONGESTION,
    "CHANUNAVAIL": Cause.DEST_OUT_OF_ORDER,
    "NOANSWER": Cause.CALL_NOT_ANSWERED,
    "CANCEL": Cause.CALL_CANCELLED,
}
"Of DialEnd's DialStatus."
FORWARDS: dict[str, str] = {
    "cfu": Cause.CALL_FORWARD_IMMEDIATE,
    "cfb": Cause.CALL_FORWARD_BUSY,
    "cfnr": Cause.CALL_FORWARD_NO_ANSWER,
    "dnd": Cause.DO_NOT_DISTURB,
}
"Why, in the dialplan's UserEvent."


def cleared(code: str) -> str:
    """The cause of a Hangup's `Cause` number."""
    known = CAUSES.get(int(code)) if code.isdecimal() else None
    return known or Cause.NORMAL_CLEARING


def party(number: str, name: str, *, restricted: bool = False) -> Party:
    """A caller id as Asterisk writes it."""
    shown = None if number.lower() in NO_NUMBER else number
    called = None if name.lower() in NO_NUMBER else name
    if shown is not None and shown.lower() in WITHHELD:
        return Party(None, None, restricted=True)
    if shown is None and called is not None and called.lower() in WITHHELD:
        return Party(None, None, restricted=True)
    return Party(None, None, restricted=True) if restricted else Party(shown, called)


@dataclass(frozen=True, slots=True)
class Name:
    """A channel's name taken apart."""

    technology: str
    endpoint: str
    "PJSIP/1001, or the whole name where there is no serial number."
    half: int = 0
    "1 or 2: of a Local channel."
    pair: str = ""
    "What both halves of a Local channel have in common."

    @property
    def is_party(self) -> bool:
        return self.technology != LOCAL and self.technology not in NOT_A_PARTY


def take_apart(name: str) -> Name:
    technology, slash, _ = name.partition("/")
    if technology == LOCAL and slash and name[-2:] in (";1", ";2"):
        return Name(technology, name[:-2], int(name[-1]), name[:-2])
    found = CHANNEL.fullmatch(name)
    return Name(technology if slash else "", found["endpoint"] if found else name)


class Devices:
    """From channels to devices and back, by the template of an extension's channel."""

    def __init__(self, template: str) -> None:
        before, _, after = template.partition("{n}")
        self.template = template
        self._pattern = re.compile(f"{re.escape(before)}(.+){re.escape(after)}", re.DOTALL)

    def at(self, endpoint: str) -> str | None:
        """What stands for {n}: an extension, or the name of a trunk."""
        found = self._pattern.fullmatch(endpoint)
        return found[1] if found else None

    def extension(self, endpoint: str, known: frozenset[str] | set[DeviceId]) -> DeviceId | None:
        """The extension of a channel: what looks like a number, or is one of ours."""
        name = self.at(endpoint)
        if name is not None and (NUMBER.fullmatch(name) or name in known):
            return DeviceId(name)
        return None

    def channel(self, device: DeviceId) -> str:
        return self.template.replace("{n}", device)
