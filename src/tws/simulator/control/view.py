"""The PBX as people and tests see it: JSON values for each phone, line, queue, and the link."""

import time

from tws.simulator.control.traffic import Traffic
from tws.simulator.link.exchange import Exchange
from tws.simulator.switching.model import Kind, Leg, Party, Phone, State
from tws.simulator.switching.pbx import Pbx

Json = dict[str, object]


def party(it: Party | None) -> Json | None:
    if it is None:
        return None
    return {"number": it.number, "name": it.name, "restricted": it.restricted}


def _leg(pbx: Pbx, leg: Leg, asked_at: float) -> Json:
    call = leg.call
    far = [_far(other) for other in call.legs.values() if other is not leg]
    return {
        "call": call.id,
        "state": leg.state.value,
        "since": round(asked_at - (pbx.now - leg.since), 3),
        "prompted": leg.prompted,
        "cause": leg.cause,
        "dialled": leg.dialled,
        "silent": leg.silent,
        "heard": leg.heard,
        "with": far,
        "calling": party(call.calling),
        "called": party(call.called),
        "lastRedirection": party(call.last_redirection),
        "conference": call.conference,
        "failure": call.failure.cause if call.failure is not None else None,
        "linkage": call.linkage,
    }


def _far(leg: Leg) -> Json:
    return {
        "device": leg.device,
        "kind": leg.kind.value,
        "number": leg.party.number,
        "name": leg.party.name,
        "state": leg.state.value,
    }


def _display(pbx: Pbx, phone: Phone, legs: list[Leg]) -> list[str]:
    """The two lines of a phone's display."""
    top = f"{phone.number} {phone.settings.name}".strip()
    if not phone.plugged:
        return [top, ""]
    shown = pbx.active(phone.number) or next(
        (leg for leg in legs if leg.state is State.ALERTING), legs[0] if legs else None
    )
    if shown is None:
        return [top, ""]
    call = shown.call
    others = [leg.party for leg in call.legs.values() if leg is not shown]
    if call.failure is not None:
        others.append(call.failure.party)
    names = " + ".join(_short(one) for one in others) or (
        call.called.number if call.called else ""
    )
    return [top, shown.dialled if shown.prompted else names]


def _short(it: Party) -> str:
    return "?" if it.restricted else (f"{it.name} {it.number}" if it.name else it.number)


def phone(exchange: Exchange, number: str) -> Json:
    pbx = exchange.pbx
    it = pbx.phones[number]
    legs = pbx.legs(number)
    asked_at = time.time() - (exchange.now() - pbx.now)
    agent = it.agent
    return {
        "number": number,
        "name": it.settings.name,
        "site": it.settings.site,
        "pickupGroup": it.settings.pickup_group,
        "plugged": it.plugged,
        "offHook": pbx.active(number) is not None,
        "ringing": any(leg.state is State.ALERTING or leg.prompted for leg in legs),
        "display": _display(pbx, it, legs),
        "messages": it.messages,
        "lamp": it.message_waiting,
        "doNotDisturb": it.do_not_disturb,
        "forwardings": [
            {
                "when": forward.when.value,
                "origin": forward.origin.value,
                "active": forward.active,
                "destination": forward.destination,
                "seconds": forward.ring_seconds,
            }
            for forward in it.forwards.values()
        ],
        "agent": None if agent is None else {"loggedOn": agent.logged_on, "ready": agent.ready},
        "calls": [_leg(pbx, leg, asked_at) for leg in legs],
        "monitors": exchange.monitors.of(number),
    }


def line(exchange: Exchange, number: str) -> Json:
    """An outside line, a queue's or park place's calls alike: a device with calls."""
    pbx = exchange.pbx
    asked_at = time.time() - (exchange.now() - pbx.now)
    found: Json = {
        "number": number,
        "calls": [_leg(pbx, leg, asked_at) for leg in pbx.legs(number)],
    }
    if number in pbx.trunks:
        found["outOfOrder"] = pbx.trunks[number].out_of_order
    if number in pbx.queues:
        settings = pbx.queues[number].settings
        found |= {"name": settings.name, "agents": list(settings.agents)}
    return found


def summary(exchange: Exchange, traffic: Traffic) -> Json:
    misbehaviour = exchange.misbehaviour
    pbx = exchange.pbx
    return {
        "name": exchange.settings.name,
        "calls": len(pbx.calls),
        "clients": len(exchange.clients),
        "monitors": len(exchange.monitors),
        "monitorLimit": exchange.monitors.limit,
        "counters": dict(exchange.counters),
        "traffic": {
            "callsPerSecond": traffic.rate,
            "running": traffic.running,
            "started": traffic.started,
            "skipped": traffic.skipped,
        },
        "misbehaviour": {
            "dropEvents": misbehaviour.drop_events,
            "answerDelay": misbehaviour.answer_delay,
            "swallowAnswers": misbehaviour.swallow_answers,
            "frozen": misbehaviour.frozen,
            "eventsBeforeAnswers": misbehaviour.events_before_answers,
            "refuseMonitors": misbehaviour.refuse_monitors,
            "refuse": dict(misbehaviour.refuse),
        },
    }


_ROOMS = {
    Kind.PHONE: "phones",
    Kind.TRUNK: "lines",
    Kind.QUEUE: "queues",
    Kind.PARK: "parkPlaces",
    Kind.MAILBOX: "mailboxes",
}


def devices(exchange: Exchange, numbers: set[str]) -> dict[str, dict[str, Json]]:
    """Those devices as they are now, by kind and number."""
    found: dict[str, dict[str, Json]] = {}
    for number in sorted(numbers):
        kind = exchange.pbx.kind(number)
        if kind is None:
            continue
        value = phone(exchange, number) if kind is Kind.PHONE else line(exchange, number)
        found.setdefault(_ROOMS[kind], {})[number] = value
    return found


def everything(exchange: Exchange, traffic: Traffic) -> Json:
    pbx = exchange.pbx
    numbers = {*pbx.phones, *pbx.trunks, *pbx.queues, *pbx.settings.park_places}
    if pbx.settings.mailbox:
        numbers.add(pbx.settings.mailbox)
    rooms: Json = {room: {} for room in _ROOMS.values()}
    return {**rooms, **devices(exchange, numbers), "pbx": summary(exchange, traffic)}
