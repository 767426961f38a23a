"""What is kept for an extension outside of calls: forwardings, do-not-disturb, messages.

Forwardings and do-not-disturb are in Asterisk's own database, where the `tws-user` subroutine and
the codes that phones dial read and write them too.
"""

from collections.abc import Generator, Mapping
from itertools import product

from tws.links.asterisk.running import Procedure, Refusal, Steps, Until, attempt
from tws.links.asterisk.task import Task
from tws.telephony.commands import (
    GetDoNotDisturb,
    GetForwarding,
    GetMessageWaiting,
    SetDoNotDisturb,
    SetForwarding,
    SetMessageWaiting,
)
from tws.telephony.event_reports import (
    DoNotDisturbChanged,
    ForwardingChanged,
    MessageWaitingChanged,
)
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType, MessageWaiting

FAMILIES: Mapping[ForwardingType, str] = {
    ForwardingType.IMMEDIATE: "CFU",
    ForwardingType.BUSY: "CFB",
    ForwardingType.NO_ANSWER: "CFNA",
}
SECONDS = "CFNATIME"
ORIGINS: Mapping[CallOrigin, str] = {
    CallOrigin.ALL: "",
    CallOrigin.INTERNAL: "INT",
    CallOrigin.EXTERNAL: "EXT",
}
"What is behind the name of a family."
QUIET = "DND"
LONGEST = 600


def _read(task: Task, family: str, device: DeviceId) -> Generator[Until, None, str | None]:
    """One value of the database; None where there is none."""
    try:
        answer = yield from task.ask("DBGet", Family=family, Key=device)
    except Refusal as refusal:
        if refusal.detail and "not found" in refusal.detail:
            return None
        raise
    return next((item["Val"] for item in answer.items if item["Val"]), None)


def _write(task: Task, family: str, device: DeviceId, value: str | None) -> Steps:
    if value is not None:
        yield from task.ask("DBPut", Family=family, Key=device, Val=value)
        return
    try:
        yield from task.ask("DBDel", Family=family, Key=device)
    except Refusal as refusal:
        if not refusal.detail or "could not be deleted" not in refusal.detail:
            if refusal.detail is None or "not found" not in refusal.detail:
                raise


def read_forwarding(
    task: Task, device: DeviceId, kind: ForwardingType, origin: CallOrigin
) -> Generator[Until, None, Forwarding]:
    to = yield from _read(task, FAMILIES[kind] + ORIGINS[origin], device)
    seconds = None
    if kind is ForwardingType.NO_ANSWER:
        seconds = yield from _read(task, SECONDS + ORIGINS[origin], device)
    return Forwarding(
        type=kind,
        origin=origin,
        active=to is not None,
        destination=to,
        ring_duration=int(seconds) if seconds and seconds.isdecimal() else None,
    )


def get_forwarding(task: Task, command: GetForwarding) -> Procedure:
    device = command.device
    task.number(device, "invalidDeviceID")
    found = []
    for kind, origin in product(FAMILIES, task.line.origins):
        found.append((yield from read_forwarding(task, device, kind, origin)))
    return tuple(found)


def set_forwarding(task: Task, command: SetForwarding) -> Procedure:
    device = DeviceId(task.number(command.device, "invalidDeviceID"))
    wanted = command.forwarding
    if wanted.origin not in task.line.origins:
        raise Refusal("invalidForwardingType", "the dialplan forwards all calls alike")
    if wanted.ring_count is not None:
        raise Refusal("invalidRingCount", "Asterisk counts seconds, not rings")
    to, seconds = None, wanted.ring_duration
    if wanted.active:
        to = task.number(wanted.destination or "", "invalidForwardingDestination")
        if to == device:
            raise Refusal("invalidForwardingDestination", "to itself")
        if wanted.type is not ForwardingType.NO_ANSWER:
            seconds = None
        if seconds is not None and not 1 <= seconds <= LONGEST:
            raise Refusal("invalidParameterValue", f"1 to {LONGEST} seconds")
    before = yield from read_forwarding(task, device, wanted.type, wanted.origin)
    now = Forwarding(
        type=wanted.type,
        origin=wanted.origin,
        active=wanted.active,
        destination=to,
        ring_duration=(seconds if wanted.active and seconds else before.ring_duration),
    )
    try:
        yield from _write_forwarding(task, device, now, before)
    except Refusal:
        yield from attempt(_write_forwarding(task, device, before, now))
        raise
    task.tell_device(ForwardingChanged(device, now))
    return None


def _write_forwarding(task: Task, device: DeviceId, now: Forwarding, before: Forwarding) -> Steps:
    origin = ORIGINS[now.origin]
    if now.ring_duration != before.ring_duration:
        seconds = None if now.ring_duration is None else str(now.ring_duration)
        yield from _write(task, SECONDS + origin, device, seconds)
    yield from _write(task, FAMILIES[now.type] + origin, device, now.destination)


def get_do_not_disturb(task: Task, command: GetDoNotDisturb) -> Procedure:
    return (yield from _quiet(task, command.device))


def _quiet(task: Task, device: DeviceId) -> Generator[Until, None, bool]:
    task.number(device, "invalidDeviceID")
    return (yield from _read(task, QUIET, device)) == "1"


def set_do_not_disturb(task: Task, command: SetDoNotDisturb) -> Procedure:
    device = DeviceId(task.number(command.device, "invalidDeviceID"))
    before = yield from _quiet(task, device)
    try:
        yield from _write_quiet(task, device, command.on)
    except Refusal:
        yield from attempt(_write_quiet(task, device, before))
        raise
    task.tell_device(DoNotDisturbChanged(device, command.on))
    return None


def _write_quiet(task: Task, device: DeviceId, on: bool) -> Steps:
    """In the database, and the lamp."""
    yield from _write(task, QUIET, device, "1" if on else None)
    state = "BUSY" if on else "NOT_INUSE"
    yield from task.ask("Setvar", Variable=f"DEVICE_STATE(Custom:DND{device})", Value=state)


def _mailbox(task: Task, device: DeviceId) -> str:
    return f"{task.number(device, 'invalidDeviceID')}@{task.settings.voice_mail_context}"


def get_message_waiting(task: Task, command: GetMessageWaiting) -> Procedure:
    answer = yield from task.ask("MailboxCount", Mailbox=_mailbox(task, command.device))
    message = answer.message
    counts = (message["NewMessages"], message["UrgMessages"]) if message else ()
    # Of a box that does not exist it says 0 too: only its events tell where messages wait.
    return MessageWaiting(any(count not in ("", "0") for count in counts))


def set_message_waiting(task: Task, command: SetMessageWaiting) -> Procedure:
    """Only where Asterisk keeps external mailbox counts (res_mwi_external)."""
    new = "1" if command.on else "0"
    box = _mailbox(task, command.device)
    yield from task.ask("MWIUpdate", Mailbox=box, OldMessages="0", NewMessages=new)
    task.tell_device(MessageWaitingChanged(command.device, command.on))
    return None


def read_again(task: Task, device: DeviceId, what: str) -> Procedure:
    """A phone changed its own settings: say what they are now."""
    if what == QUIET:
        task.tell_device(DoNotDisturbChanged(device, (yield from _quiet(task, device))))
        return None
    for kind, origin in product(FAMILIES, task.line.origins):
        if FAMILIES[kind] + ORIGINS[origin] == what:
            now = yield from read_forwarding(task, device, kind, origin)
            task.tell_device(ForwardingChanged(device, now))
    return None
