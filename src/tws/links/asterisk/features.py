"""What is kept for an extension outside of calls: forwardings, do-not-disturb, messages.

Forwardings and do-not-disturb are in Asterisk's own database, where the `tws-user` subroutine and
the codes that phones dial read and write them too.
"""

from collections.abc import Generator, Mapping

from tws.links.asterisk.running import Procedure, Refusal, Until
from tws.links.asterisk.task import Task
from tws.telephony.commands import (
    GetDoNotDisturb,
    GetForwarding,
    GetMessageWaiting,
    SetDoNotDisturb,
    SetForwarding,
    SetMessageWaiting,
)
from tws.telephony.events import (
    DoNotDisturbChanged,
    ForwardingChanged,
    MessageWaitingChanged,
)
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType

FAMILIES: Mapping[ForwardingType, str] = {
    ForwardingType.IMMEDIATE: "CFU",
    ForwardingType.BUSY: "CFB",
    ForwardingType.NO_ANSWER: "CFNA",
}
SECONDS = "CFNATIME"
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


def _write(
    task: Task, family: str, device: DeviceId, value: str | None
) -> Generator[Until, None, None]:
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
    task: Task, device: DeviceId, kind: ForwardingType
) -> Generator[Until, None, Forwarding]:
    to = yield from _read(task, FAMILIES[kind], device)
    seconds = None
    if kind is ForwardingType.NO_ANSWER:
        seconds = yield from _read(task, SECONDS, device)
    return Forwarding(
        type=kind,
        origin=CallOrigin.ALL,
        active=to is not None,
        destination=to,
        ring_duration=int(seconds) if seconds and seconds.isdecimal() else None,
    )


def get_forwarding(task: Task, command: GetForwarding) -> Procedure:
    device = command.device
    task.number(device, "invalidDeviceID")
    found = []
    for kind in FAMILIES:
        found.append((yield from read_forwarding(task, device, kind)))
    return tuple(found)


def set_forwarding(task: Task, command: SetForwarding) -> Procedure:
    device = DeviceId(task.number(command.device, "invalidDeviceID"))
    wanted = command.forwarding
    if wanted.origin is not CallOrigin.ALL:
        raise Refusal("invalidForwardingType", "Asterisk forwards all calls alike")
    if wanted.ring_count is not None:
        raise Refusal("invalidRingCount", "Asterisk counts seconds, not rings")
    if wanted.active:
        to = task.number(wanted.destination or "", "invalidForwardingDestination")
        if to == device:
            raise Refusal("invalidForwardingDestination", "to itself")
        if wanted.type is ForwardingType.NO_ANSWER and wanted.ring_duration is not None:
            if not 1 <= wanted.ring_duration <= LONGEST:
                raise Refusal("invalidParameterValue", f"1 to {LONGEST} seconds")
            yield from _write(task, SECONDS, device, str(wanted.ring_duration))
        yield from _write(task, FAMILIES[wanted.type], device, to)
    else:
        yield from _write(task, FAMILIES[wanted.type], device, None)
    now = yield from read_forwarding(task, device, wanted.type)
    task.tell_device(ForwardingChanged(device, now))
    return None


def get_do_not_disturb(task: Task, command: GetDoNotDisturb) -> Procedure:
    return (yield from _quiet(task, command.device))


def _quiet(task: Task, device: DeviceId) -> Generator[Until, None, bool]:
    task.number(device, "invalidDeviceID")
    return (yield from _read(task, QUIET, device)) == "1"


def set_do_not_disturb(task: Task, command: SetDoNotDisturb) -> Procedure:
    device = DeviceId(task.number(command.device, "invalidDeviceID"))
    yield from _write(task, QUIET, device, "1" if command.on else None)
    state = "BUSY" if command.on else "NOT_INUSE"
    lamp = f"DEVICE_STATE(Custom:DND{device})"
    yield from task.ask("Setvar", Variable=lamp, Value=state)
    task.tell_device(DoNotDisturbChanged(device, command.on))
    return None


def _mailbox(task: Task, device: DeviceId) -> str:
    return f"{task.number(device, 'invalidDeviceID')}@{task.settings.voice_mail_context}"


def get_message_waiting(task: Task, command: GetMessageWaiting) -> Procedure:
    answer = yield from task.ask("MailboxCount", Mailbox=_mailbox(task, command.device))
    message = answer.message
    counts = (message["NewMessages"], message["UrgMessages"]) if message else ()
    return any(count not in ("", "0") for count in counts)


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
    for kind, family in FAMILIES.items():
        if family == what:
            task.tell_device(
                ForwardingChanged(device, (yield from read_forwarding(task, device, kind)))
            )
    return None
