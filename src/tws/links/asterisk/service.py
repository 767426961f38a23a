"""What Asterisk says of phones outside of calls: registered or not, do-not-disturb, messages."""

from collections.abc import Callable, Iterable

from tws.links.asterisk.settings import Settings
from tws.links.asterisk.watch import Watch
from tws.protocols.ami.message import Message
from tws.telephony.event_reports import (
    DeviceEvent,
    DoNotDisturbChanged,
    InService,
    MessageWaitingChanged,
    OutOfService,
)
from tws.telephony.model import DeviceId

AWAY = frozenset({"UNAVAILABLE", "INVALID"})
"Device states of a phone that is not registered."
LAMP = "Custom:DND"


class Service:
    """Of the monitored devices of one link."""

    def __init__(
        self, settings: Settings, watch: Watch, tell: Callable[[DeviceEvent], None]
    ) -> None:
        self.settings, self.watch, self.tell = settings, watch, tell
        self._states: dict[str, str] = {}
        self._loaded = False

    def load(self, listed: Iterable[Message]) -> None:
        self._states = {item["Device"]: item["State"] for item in listed}
        self._loaded = True

    def clear(self) -> None:
        self._states, self._loaded = {}, False

    def state(self, name: str, state: str) -> None:
        """A DeviceStateChange."""
        before, self._states[name] = self._states.get(name), state
        if name.startswith(LAMP):
            device = DeviceId(name.removeprefix(LAMP))
            if self._loaded and device in self.watch.monitored:
                self.tell(DoNotDisturbChanged(device, state == "BUSY"))
            return
        number = self.watch.devices.at(name)
        if self._loaded and number is not None and number in self.watch.monitored:
            if before is None or (before in AWAY) != (state in AWAY):
                self.say(DeviceId(number))

    def say(self, device: DeviceId) -> None:
        """Whether the phone is there, as far as Asterisk has told."""
        state = self._states.get(self.settings.channel(device))
        if state is None:
            self.tell(OutOfService(device, "Asterisk knows no such phone"))
        elif state in AWAY:
            self.tell(OutOfService(device, "the phone is not registered"))
        else:
            self.tell(InService(device))

    def message_waiting(self, message: Message) -> None:
        box, _, context = message["Mailbox"].partition("@")
        device = DeviceId(box)
        ours = context in ("", self.settings.voice_mail_context)
        if self._loaded and ours and device in self.watch.monitored:
            self.tell(MessageWaitingChanged(device, message["Waiting"] != "0", box))
