"""Call queues (groupACD devices of ECMA-269): waiting, choosing an agent, overflow; agents.

A call that enters is `Queued` at the queue's number; settling offers the longest-waiting call to
the agent who has been idle longest. An agent who lets it ring is left alone for a while.
"""

from tws.simulator.switching.facts import DeviceFact, Event, Feature
from tws.simulator.switching.model import Agent, Call, Kind, Leg, Phone, Queue, Refusal, State
from tws.simulator.switching.pbx import Due, Pbx

_AGENT_FEATURES = {
    (True, True): Feature.AGENT_READY,
    (True, False): Feature.AGENT_NOT_READY,
}


def enter(pbx: Pbx, call: Call, queue: Queue, cause: str) -> Leg:
    """Wait in the queue; cause says whether somebody is free, unless the call was sent here."""
    call.queue = queue.settings.number
    call.queued_since = pbx.now
    return _wait(pbx, call, queue, first=False, cause=cause)


def _wait(pbx: Pbx, call: Call, queue: Queue, *, first: bool, cause: str) -> Leg:
    leg = pbx.add(call, queue.settings.number, Kind.QUEUE, State.QUEUED, queue.party)
    if first:
        queue.waiting.appendleft(leg)
    else:
        queue.waiting.append(leg)
    if cause == "newCall":
        cause = "enteringDistribution" if next_agent(pbx, queue) else "noAvailableAgents"
    in_front = 0 if first else len(queue.waiting) - 1
    pbx.tell(Event.QUEUED, leg, cause, waiting=len(queue.waiting), in_front=in_front)
    if queue.settings.overflow:
        left = queue.settings.max_wait - (pbx.now - call.queued_since)
        pbx.after(max(left, 0.0), Due.QUEUE_OVERFLOW, leg)
    return leg


def next_agent(pbx: Pbx, queue: Queue) -> Phone | None:
    """The free agent who has been idle longest."""
    best: Phone | None = None
    since = 0.0
    for number in queue.settings.agents:
        phone = pbx.phones[number]
        agent = phone.agent
        if agent is None or not _free(pbx, phone, agent):
            continue
        if best is None or agent.idle_since < since:
            best, since = phone, agent.idle_since
    return best


def _free(pbx: Pbx, phone: Phone, agent: Agent) -> bool:
    return (
        agent.logged_on
        and agent.ready
        and phone.plugged
        and not phone.do_not_disturb
        and pbx.idle(phone.number)
        and agent.rests_until <= pbx.now
    )


def distribute(pbx: Pbx, queue: Queue) -> bool:
    """Offer one waiting call to one agent; whether there were both."""
    if not queue.waiting:
        return False
    phone = next_agent(pbx, queue)
    if phone is None:
        return False
    leg = next((one for one in queue.waiting if phone.number not in one.call.legs), None)
    if leg is None:
        return False
    queue.waiting.remove(leg)
    call = leg.call
    pbx.divert(leg, phone.party, "distributed")
    offered = pbx.deliver(call, phone.number, Kind.PHONE, "distributed")
    pbx.after(queue.settings.ring_time, Due.AGENT_NO_ANSWER, offered)
    return True


def agent_no_answer(pbx: Pbx, leg: Leg) -> None:
    """Back to the front of the queue; the agent rests."""
    call, agent = leg.call, pbx.phones[leg.device].agent
    queue = pbx.queues.get(call.queue or "")
    if queue is None or queue.settings.number in call.legs:
        return
    if agent is not None:
        agent.rests_until = pbx.now + queue.settings.rest
        pbx.after(queue.settings.rest, Due.AGENT_RESTED)
    pbx.divert(leg, queue.party, "callNotAnswered")
    _wait(pbx, call, queue, first=True, cause="callNotAnswered")


def left(pbx: Pbx, leg: Leg) -> None:
    """After a connection ended: a queue forgets it, an agent becomes idle."""
    if leg.kind is Kind.QUEUE:
        queue = pbx.queues[leg.device]
        if leg in queue.waiting:
            queue.waiting.remove(leg)
    elif leg.kind is Kind.PHONE:
        agent = pbx.phones[leg.device].agent
        if agent is not None:
            agent.idle_since = pbx.now


def set_agent(pbx: Pbx, device: str, *, logged_on: bool, ready: bool) -> None:
    """Log an agent on or off, ready or not."""
    agent = pbx.phone(device).agent
    if agent is None:
        raise Refusal("operation", "invalidAgentState")
    was = (agent.logged_on, agent.ready)
    agent.logged_on, agent.ready = logged_on, ready and logged_on
    if not was[0] and logged_on:
        agent.idle_since = pbx.now
        _tell_agent(pbx, device, Feature.AGENT_LOGGED_ON)
    if was[0] and not logged_on:
        _tell_agent(pbx, device, Feature.AGENT_LOGGED_OFF)
    elif logged_on and was != (agent.logged_on, agent.ready):
        _tell_agent(pbx, device, _AGENT_FEATURES[(True, agent.ready)])


def _tell_agent(pbx: Pbx, device: str, feature: Feature) -> None:
    groups = [q.settings.number for q in pbx.queues.values() if device in q.settings.agents]
    pbx.tell_feature(DeviceFact(feature=feature, device=device, queue=groups[0] if groups else ""))
