"""The state of the PBX and its elementary steps: each changes one connection and tells one fact.

Higher modules (`calls`, `routing`, `joining`, `pickup`...) are made of these steps. Nothing here
decides where a call goes. `now` is set by `Switch` before anything else runs.
"""

import heapq
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from tws.simulator.settings import PbxSettings
from tws.simulator.switching.facts import (
    CallFact,
    Connection,
    DeviceFact,
    Event,
    Fact,
    Feature,
    Joined,
)
from tws.simulator.switching.model import (
    Agent,
    Call,
    Failure,
    Kind,
    Leg,
    Party,
    Phone,
    Queue,
    Refusal,
    State,
    Trunk,
)


class Due(StrEnum):
    """What a timer is for."""

    NO_ANSWER = "noAnswer"
    RING_ENDS = "ringEnds"
    PROMPT_ENDS = "promptEnds"
    TONE_ENDS = "toneEnds"
    TRANSFER_RECALL = "transferRecall"
    PARK_RECALL = "parkRecall"
    OUTSIDE_PROGRESS = "outsideProgress"
    OUTSIDE_ANSWER = "outsideAnswer"
    OUTSIDE_LEAVES = "outsideLeaves"
    MAILBOX_ANSWER = "mailboxAnswer"
    AGENT_NO_ANSWER = "agentNoAnswer"
    QUEUE_OVERFLOW = "queueOverflow"
    AGENT_RESTED = "agentRested"


class Pbx:
    """Tables of devices, calls, timers and facts not yet taken."""

    def __init__(self, settings: PbxSettings) -> None:
        self.settings = settings
        self.now = 0.0
        self.phones = {p.number: Phone(p) for p in settings.phones}
        self.trunks = {f"T{n:02}": Trunk(f"T{n:02}") for n in range(1, settings.trunks + 1)}
        self.queues = {q.number: Queue(q) for q in settings.queues}
        for queue in settings.queues:
            for number in queue.agents:
                self.phones[number].agent = Agent()
        self.calls: dict[str, Call] = {}
        self.facts: list[Fact] = []
        self.left: list[Leg] = []
        "Connections that ended since the last settling."
        self.touched: list[Call] = []
        "Calls that may have nobody left, since the last settling."
        self.changed: set[str] = set()
        "Devices whose state, as a person would see it, changed since somebody last looked."
        self._legs: dict[str, dict[Leg, None]] = {}
        self._timers: list[tuple[float, int, Due, Leg | None, int]] = []
        self._compact_at = 1000
        self._serial = 0
        self._last_call_id = 0
        self._linkages = 0

    # ------------------------------------------------------------ looking

    def kind(self, device: str) -> Kind | None:
        if device in self.phones:
            return Kind.PHONE
        if device in self.trunks:
            return Kind.TRUNK
        if device in self.queues:
            return Kind.QUEUE
        if device and device == self.settings.mailbox:
            return Kind.MAILBOX
        if device in self.settings.park_places:
            return Kind.PARK
        return None

    def legs(self, device: str) -> list[Leg]:
        """The connections of a device, oldest first."""
        return list(self._legs.get(device, ()))

    def idle(self, device: str) -> bool:
        return not self._legs.get(device)

    def active(self, device: str) -> Leg | None:
        """The connection that a person has at the ear."""
        for leg in self._legs.get(device, ()):
            if leg.state in (State.CONNECTED, State.INITIATED, State.FAIL):
                return leg
        return None

    def phone(self, number: str, code: str = "invalidDeviceID") -> Phone:
        found = self.phones.get(number)
        if found is None:
            raise Refusal("operation", code)
        return found

    def has_free_line(self, phone: Phone) -> bool:
        return len(self._legs.get(phone.number, ())) < phone.settings.lines

    def party(self, device: str) -> Party:
        """Who answers to a number: one of ours, or somebody outside."""
        phone = self.phones.get(device)
        if phone is not None:
            return phone.party
        queue = self.queues.get(device)
        if queue is not None:
            return queue.party
        return Party(device, outside=self.kind(device) is None)

    # ------------------------------------------------------------ time

    def after(self, seconds: float, due: Due, leg: Leg | None = None) -> None:
        """Call `due`'s handler then, unless the connection changes its state before."""
        self._serial += 1
        stamp = leg.stamp if leg is not None else 0
        heapq.heappush(self._timers, (self.now + seconds, self._serial, due, leg, stamp))
        if len(self._timers) > self._compact_at:
            # Most timers are void long before their time; each would keep its call in memory.
            self._timers = [one for one in self._timers if self._valid(one)]
            heapq.heapify(self._timers)
            self._compact_at = max(1000, 2 * len(self._timers))

    def timer(self) -> float | None:
        while self._timers and not self._valid(self._timers[0]):
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    @property
    def timers(self) -> int:
        """How many are kept, void ones included."""
        return len(self._timers)

    def due(self) -> Iterator[tuple[Due, Leg | None]]:
        """Take what is due at `now`, earliest first."""
        while (at := self.timer()) is not None and at <= self.now:
            _, _, due, leg, _ = heapq.heappop(self._timers)
            yield due, leg

    def _valid(self, timer: tuple[float, int, Due, Leg | None, int]) -> bool:
        leg = timer[3]
        return leg is None or leg.stamp == timer[4]

    # ------------------------------------------------------------ calls and connections

    def new_call(self) -> Call:
        self._linkages += 1
        call = Call(self.new_call_id(), f"{self._linkages:08x}")
        self.calls[call.id] = call
        return call

    def new_call_id(self) -> str:
        for _ in range(len(self.calls) + 1):
            self._last_call_id = self._last_call_id % self.settings.link.call_ids + 1
            if str(self._last_call_id) not in self.calls:
                return str(self._last_call_id)
        raise Refusal("systemResourceAvailability", "resourceLimitExceeded")

    def add(self, call: Call, device: str, kind: Kind, state: State, party: Party) -> Leg:
        """A new connection, of which nothing is told yet."""
        self._serial += 1
        leg = Leg(call, device, kind, party, state, self.now, self._serial)
        call.legs[device] = leg
        self._legs.setdefault(device, {})[leg] = None
        self._touch(call)
        return leg

    def set(self, leg: Leg, state: State) -> None:
        self._serial += 1
        leg.state, leg.since, leg.stamp = state, self.now, self._serial
        self._touch(leg.call)

    def remove(self, leg: Leg) -> None:
        self._touch(leg.call)
        self._serial += 1
        leg.state, leg.stamp = State.NULL, self._serial
        leg.call.legs.pop(leg.device, None)
        at_device = self._legs[leg.device]
        at_device.pop(leg, None)
        if not at_device:
            del self._legs[leg.device]
        self.left.append(leg)
        self.touched.append(leg.call)

    def move(self, leg: Leg, call: Call) -> None:
        """To another call; its state and its timers stay."""
        leg.call.legs.pop(leg.device, None)
        leg.call = call
        call.legs[leg.device] = leg
        self._touch(call)

    def _touch(self, call: Call) -> None:
        self.changed.update(call.legs)

    # ------------------------------------------------------------ telling

    def tell(
        self,
        event: Event,
        leg: Leg,
        cause: str,
        *,
        heard: dict[str, State] | None = None,
        other: Party | None = None,
        waiting: int | None = None,
        in_front: int | None = None,
        digits: str = "",
    ) -> None:
        """Tell what happened to `leg`, with the call as it is now."""
        call = leg.call
        self.facts.append(
            CallFact(
                event=event,
                connection=Connection(call.id, leg.device),
                party=leg.party,
                cause=cause,
                heard=self.states(call) if heard is None else heard,
                linkage=call.linkage,
                calling=call.calling,
                called=call.called,
                last_redirection=call.last_redirection,
                trunk=call.trunk,
                external=call.external,
                other=other,
                waiting=waiting,
                in_front=in_front,
                digits=digits,
            )
        )

    def tell_joined(
        self,
        event: Event,
        call: Call,
        old: dict[str, Connection],
        by: Party,
        other: Party,
        cause: str,
        heard: dict[str, State] | None = None,
    ) -> None:
        """Transferred or Conferenced, into `call`. `old` has the connections before, by device;
        under `""` and `"2"` those of whoever did it, in the primary and the secondary call.
        """
        joined = tuple(
            Joined(Connection(call.id, leg.device), old.get(leg.device), leg.party)
            for leg in call.legs.values()
        )
        heard = self.states(call) if heard is None else heard
        self.facts.append(
            CallFact(
                event=event,
                connection=old[""],
                party=by,
                cause=cause,
                heard=heard,
                linkage=call.linkage,
                calling=call.calling,
                called=call.called,
                last_redirection=call.last_redirection,
                trunk=call.trunk,
                external=call.external,
                other=other,
                secondary=old.get("2"),
                joined=joined,
            )
        )
        self.changed.update(heard)

    def states(self, call: Call) -> dict[str, State]:
        return {device: leg.state for device, leg in call.legs.items()}

    def tell_feature(self, fact: DeviceFact) -> None:
        self.changed.add(fact.device)
        self.facts.append(fact)

    # ------------------------------------------------------------ elementary steps

    def initiate(self, device: str, cause: str) -> Leg:
        """Off hook, or prompted to be: a call with one party."""
        call = self.new_call()
        leg = self.add(call, device, Kind.PHONE, State.INITIATED, self.party(device))
        call.calling = leg.party
        self.tell(Event.SERVICE_INITIATED, leg, cause)
        return leg

    def originate(self, leg: Leg, called: str, cause: str) -> None:
        leg.call.called = self.party(called)
        if not self.phones[leg.device].caller_id_provided:
            leg.call.calling = replace(leg.party, restricted=True)
        leg.prompted = False
        leg.answered = self.now
        self.set(leg, State.CONNECTED)
        self.tell(Event.ORIGINATED, leg, cause)

    def deliver(self, call: Call, device: str, kind: Kind, cause: str) -> Leg:
        leg = self.add(call, device, kind, State.ALERTING, self.party(device))
        leg.cause = cause
        if self.settings.link.offered:
            self.tell(Event.OFFERED, leg, cause)
        self.tell(Event.DELIVERED, leg, cause)
        return leg

    def establish(self, leg: Leg, cause: str) -> None:
        leg.answered = self.now
        leg.call.recall_to = None
        self.set(leg, State.CONNECTED)
        self.tell(Event.ESTABLISHED, leg, cause)

    def hold(self, leg: Leg, cause: str) -> None:
        self.set(leg, State.HOLD)
        self.tell(Event.HELD, leg, cause)

    def retrieve(self, leg: Leg, cause: str) -> None:
        self.set(leg, State.CONNECTED)
        self.tell(Event.RETRIEVED, leg, cause)

    def clear(self, leg: Leg, cause: str) -> None:
        """This device leaves; what becomes of the others is decided by settling."""
        self.remove(leg)
        heard = {**self.states(leg.call), leg.device: State.NULL}
        self.tell(Event.CONNECTION_CLEARED, leg, cause, heard=heard)

    def divert(self, leg: Leg, destination: Party, cause: str) -> None:
        """The call leaves this device for another; the destination's own facts follow."""
        self.remove(leg)
        heard = {**self.states(leg.call), leg.device: State.NULL}
        self.tell(Event.DIVERTED, leg, cause, heard=heard, other=destination)
        leg.call.last_redirection = leg.party

    def fail(self, call: Call, failure: Failure) -> None:
        """The far end can't be reached. A caller hears a tone, which ends by itself; people who
        talk already are told, and talk on.
        """
        subject = Leg(
            call, failure.device, Kind.PHONE, failure.party, State.FAIL, self.now, self._serial
        )
        talking = sum(leg.live for leg in call.legs.values()) > 1
        if not talking:
            call.failure = failure
            for leg in call.legs.values():
                if leg.kind is Kind.PHONE:
                    self.after(self.settings.timing.tone, Due.TONE_ENDS, leg)
        heard = self.states(call)
        if self.settings.link.failing_caller == "fail" and not talking:
            heard = {d: State.FAIL if s is State.CONNECTED else s for d, s in heard.items()}
        if failure.device in self.trunks:
            heard[failure.device] = State.NULL
        self.tell(Event.FAILED, subject, failure.cause, heard=heard)
        if talking:
            self.tell(Event.CONNECTION_CLEARED, subject, failure.cause)
        self._touch(call)
        self.touched.append(call)

    def feature(self, feature: Feature, device: str, on: bool = True) -> None:
        self.tell_feature(DeviceFact(feature=feature, device=device, on=on))
