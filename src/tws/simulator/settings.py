"""How a simulated PBX is set up: its numbers, its habits, and the link it offers. Read from TOML.

Times are seconds. An unknown word or a wrong type is a `ValueError` that names it.
"""

from dataclasses import dataclass, field
from typing import Literal

OutsideHabit = Literal["answers", "busy", "silent", "unallocated", "congested", "opaque", "brief"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSettings:
    number: str
    name: str = ""
    site: str = ""
    lines: int = 3
    "Calls that it holds at once, ringing ones included; one more finds it busy."
    hands_free: bool = True
    "It can go off hook by itself: MakeCall without prompting, AnswerCall."
    pickup_group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSettings:
    number: str
    name: str = ""
    agents: tuple[str, ...] = ()
    ring_time: float = 15.0
    "How long an agent's phone rings before another is tried."
    rest: float = 10.0
    "How long an agent who let it ring is left alone while others are free or not."
    max_wait: float = 120.0
    "After this the call goes to `overflow`, if there is one."
    max_length: int = 20
    "Calls waiting; one more goes to `overflow`, or finds the queue busy."
    overflow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRule:
    """What outside numbers that end in `ends` do; the longest end that fits wins."""

    ends: str
    does: OutsideHabit


OUTSIDE_RULES = (
    OutsideRule(ends="97", does="busy"),
    OutsideRule(ends="98", does="silent"),
    OutsideRule(ends="99", does="unallocated"),
    OutsideRule(ends="96", does="congested"),
    OutsideRule(ends="95", does="brief"),
    OutsideRule(ends="94", does="opaque"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    ring: float = 180.0
    "A phone that nobody answers stops ringing after this."
    no_answer: float = 15.0
    "Forwarding on no answer, where it names no time of its own."
    prompt: float = 30.0
    "A phone that is to be lifted for MakeCall gives up after this."
    tone: float = 5.0
    "Busy tone, then the PBX ends the call."
    transfer_recall: float = 20.0
    "A transferred call that nobody answers comes back after this."
    park_recall: float = 60.0
    mailbox_answer: float = 1.0
    outside_progress: float = 0.3
    "From a line being taken until it is heard to ring, or fails."
    outside_answer: float = 3.0
    "Ringing outside until it is answered."
    outside_brief: float = 5.0
    "How long an outside party of the habit `brief` talks."


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """The CSTA link: what a real PBX of some make would do."""

    edition: int = 4
    "ECMA-323 edition of our own messages: 3 to 6."
    speak_first: bool = False
    "Send SystemStatus as soon as somebody connects (OpenScape Voice)."
    heartbeat: float = 30.0
    """Seconds between our SystemStatus requests to whoever registered; two unanswered close the
    link. 0 = none.
    """
    session: Literal["none", "optional", "required"] = "optional"
    "ECMA-354 application session."
    session_duration: int = 600
    user: str = ""
    password: str = ""
    "Where set, every client needs a session, and one that does not give both is refused."
    monitor_limit: int = 100_000
    "Monitors of all clients together; one more is overallMonitorLimitExceeded."
    names: Literal["none", "outside", "all"] = "outside"
    "Whose names are shown, as N<number>name: nobody's, outside callers', everybody's."
    offered: bool = False
    "Send OfferedEvent before DeliveredEvent."
    digits_dialed: bool = False
    "Send DigitsDialedEvent when a person dials."
    linkage: bool = True
    "Send callLinkageData where the edition has it."
    failing_caller: Literal["connected", "fail"] = "connected"
    "localConnectionInfo of a caller whose call failed: the standard's, or Cisco's."
    joined_call: Literal["secondary", "primary", "new"] = "secondary"
    "Whose call id remains after a transfer or a conference."
    without: tuple[str, ...] = ()
    "Services that this PBX has not, such as `ParkCall`: they are neither listed nor done."
    call_ids: int = 1_000_000
    "Call ids count from 1 to this and start again: a small number reuses them soon."
    tls_certificate: str = ""
    tls_key: str = ""
    "Files in PEM; both set = the link speaks TLS only."


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficSettings:
    calls_per_second: float = 0.0
    ring: float = 2.0
    "Mean time until an answer."
    talk: float = 8.0
    outside: float = 0.3
    "Share of the calls that come from or go to the outside, while lines are free."
    features: float = 0.2
    "Share of the calls that are held, transferred or put into a conference."
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PbxSettings:
    """A whole PBX. `phones`, `queues`... are by number."""

    name: str = "TWS simulator"
    phones: tuple[PhoneSettings, ...] = ()
    queues: tuple[QueueSettings, ...] = ()
    trunks: int = 8
    "Outside lines, named T01, T02..."
    outside_prefix: str = "0"
    "Dialled before outside numbers, and shown before those of outside callers. May be empty."
    mailbox: str = "7770"
    "Number of the voice mail. Empty = none."
    park_places: tuple[str, ...] = ("7901", "7902", "7903", "7904")
    conference_size: int = 6
    outside: tuple[OutsideRule, ...] = OUTSIDE_RULES
    timing: Timing = field(default_factory=Timing)
    link: LinkSettings = field(default_factory=LinkSettings)
    traffic: TrafficSettings = field(default_factory=TrafficSettings)


_PARIS = (
    "Alice", "Bruno", "Chloé", "David", "Emma", "Farid", "Gaëlle", "Hugo", "Inès", "Jules",
    "Karine", "Léo",
)  # fmt: skip
_NICE = ("Marie", "Nathan", "Océane", "Pauline", "Quentin", "Rose")

DEMO = PbxSettings(
    phones=(
        *(
            PhoneSettings(number=str(4001 + n), name=name, site="Paris", pickup_group="7801")
            for n, name in enumerate(_PARIS)
        ),
        *(
            PhoneSettings(number=str(4101 + n), name=name, site="Nice", pickup_group="7802")
            for n, name in enumerate(_NICE)
        ),
    ),
    queues=(
        QueueSettings(
            number="7000",
            name="Accueil",
            agents=("4009", "4010", "4011", "4012"),
            overflow="7770",
        ),
    ),
)
"What `tws simulate` runs without a configuration file."
