"""Links whose PBX answers, and devices that it lets be monitored."""

from collections.abc import Iterator

from tws.maintenance.findings import Check, Finding, Running, Severity, Sight, of_running
from tws.organisation.model import Link
from tws.sentences import NOTHING, sentence
from tws.telephony.model import LinkId, LinkState, MonitorState
from tws.telephony.network import STOPPED

CAPACITY = "capacity"
"Why a device waits for our own limit, and not for the PBX's."


def links(sight: Sight) -> Iterator[Finding]:
    return of_running(Check.LINKS, sight, _links, sentence("Every link is up."))


def _own(sight: Sight) -> Iterator[Link]:
    for link in sight.registry.links.values():
        if link.enabled and sight.covers(link.company):
            yield link


def _links(sight: Sight, running: Running) -> Iterator[Finding]:
    for link in _own(sight):
        status = running.state.link(LinkId(link.id))
        if status is not None and status.state is LinkState.UP:
            continue
        at = sight.address.get(link.id)
        lost = status is not None and status.state in (LinkState.DOWN, LinkState.MISCONFIGURED)
        yield Finding(
            check=Check.LINKS,
            outcome=Severity.FAILED,
            said=sentence(
                "The link {link} is not up: {why}",
                link=link.name,
                why=(status and status.why) or (status.state.value if status else STOPPED),
            ),
            todo=sentence("Look whether the PBX is reachable and knows TWS.")
            if at is None
            else sentence(
                "Look whether {host} answers at port {port}. {advice}",
                host=at.host,
                port=at.port,
                advice=sight.advice(link.dialect) or NOTHING,
            ),
            page="links",
            row=link.id,
            about=link.name,
            company=link.company,
            unsure=not (lost and running.state.started),
        )


def devices(sight: Sight) -> Iterator[Finding]:
    well = sentence("Every device of a link that is up is monitored.")
    return of_running(Check.DEVICES, sight, _devices, well)


def _devices(sight: Sight, running: Running) -> Iterator[Finding]:
    for link in _own(sight):
        status = running.state.link(LinkId(link.id))
        if status is None or status.state is not LinkState.UP or not status.waiting:
            continue
        waiting = [
            device
            for device in running.state.devices(LinkId(link.id))
            if device.state is MonitorState.WAITING
        ]
        ours = any(device.reason == CAPACITY for device in waiting)
        yield Finding(
            check=Check.DEVICES,
            outcome=Severity.WARNING,
            said=sentence(
                "{waiting} devices of {link} wait to be monitored ({monitored} of {capacity}).",
                waiting=status.waiting,
                link=link.name,
                monitored=status.monitored,
                capacity=status.capacity,
            ),
            todo=sentence("Raise the link's capacity, if the PBX allows more.")
            if ours
            else sentence("The PBX needs as many CSTA licences as there are devices."),
            page="links",
            row=link.id,
            company=link.company,
        )
