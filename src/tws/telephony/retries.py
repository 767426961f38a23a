"""When a device that the PBX refused is asked for again, and when there is no hope left. Pure."""

from collections import Counter

from tws.telephony.model import DeviceId

RETRY_AFTER = 60.0
"Seconds at most until a refused device is asked for again."
FIRST_RETRY = 1.0
"Seconds until the first try after a refusal that may pass; each one after it waits twice as long."
MOST_TRIES = 20
"Refusals in a row, a quarter of an hour of them, after which no answer is expected any more."
LICENCES_USED_UP = frozenset({"overallMonitorLimitExceeded", "objectMonitorLimitExceeded"})
"The PBX has no more monitors to give: the others wait, as beyond our own capacity."
DEFINITIVE = frozenset(
    {
        "deviceOutOfService",
        "invalidDeviceID",
        "invalidMonitorObject",
        "invalidMonitorObjectType",
        "invalidObjectType",
        "objectNotKnown",
        "privilegeViolationSpecifiedDevice",
        "requestIncompatibleWithDevice",
        "requestIncompatibleWithSubjectDevice",
        "securityViolation",
        "serviceNotSupported",
    }
)
"""Refusals that say something of the device, not of the moment: there is no such device, we may
not hear of it, or it is not in service and so in no call (ECMA-269, 12.2.12)."""


class Retries:
    """Of the devices of one link, while it is up."""

    def __init__(self) -> None:
        self.due: dict[DeviceId, float] = {}
        self.owed: dict[DeviceId, None] = {}
        "Devices that are to answer yet what calls they have."
        self._tries: Counter[DeviceId] = Counter()
        self._ends: dict[DeviceId, tuple[int, float]] = {}

    def clear(self) -> None:
        for group in (self.due, self.owed, self._tries, self._ends):
            group.clear()

    def forget(self, device: DeviceId) -> None:
        self.answered(device)
        self._ends.pop(device, None)

    def answered(self, device: DeviceId) -> None:
        self.due.pop(device, None)
        self.owed.pop(device, None)
        self._tries.pop(device, None)

    def refused(self, device: DeviceId, cause: str, now: float) -> bool:
        """Ask again later; whether an answer can be expected."""
        self._tries[device] += 1
        tries = self._tries[device]
        hopeful = cause not in DEFINITIVE and tries < MOST_TRIES
        at_once = hopeful and cause not in LICENCES_USED_UP
        delay = FIRST_RETRY * 2 ** (tries - 1) if at_once else RETRY_AFTER
        self.due[device] = now + min(delay, RETRY_AFTER)
        if hopeful:
            self.owed[device] = None
        else:
            self.owed.pop(device, None)
        return hopeful

    def ended(self, device: DeviceId, now: float) -> bool:
        """The PBX ended a monitor. It is asked for again at once (True), or a while later where it
        ends time and again."""
        times, last = self._ends.get(device, (0, now))
        times = times + 1 if now - last < 2 * RETRY_AFTER else 1
        self._ends[device] = (times, now)
        if times == 1:
            return True
        self.due[device] = now + min(FIRST_RETRY * 2.0 ** min(times - 2, 10), RETRY_AFTER)
        self.owed[device] = None
        return False
