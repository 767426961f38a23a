"""Keys and the selection under Windows (RegisterHotKey, SendInput, the clipboard). Windows has no
selection that others can read: what is selected is copied for a moment, and the text that the
clipboard had is put back.
"""

import threading
from collections.abc import Collection
from typing import Protocol

from tws.desktop.combinations import Pressed, Taken, combination

MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Super": 0x8}
"Of RegisterHotKey."
NO_REPEAT = 0x4000
WM_HOTKEY, WM_QUIT, WM_HOLD = 0x0312, 0x0012, 0x8000
"The last is ours (WM_APP): keys have changed."
VK_F1, VK_C = 0x70, 0x43
VK_CONTROL, VK_SHIFT, VK_MENU, VK_LWIN = 0x11, 0x10, 0x12, 0x5B
TRIES, PAUSE = 20, 0.025
"How often, and every how many seconds, it is looked whether something was copied."


class System(Protocol):
    """What of Windows is used."""

    def register(self, id: int, modifiers: int, key: int) -> bool: ...

    def unregister(self, id: int) -> None: ...

    def message(self) -> tuple[int, int]:
        """The next one of this thread, and its first argument: waits for it."""

    def post(self, thread: int, message: int) -> None: ...

    def thread(self) -> int: ...

    def type(self, keys: Collection[tuple[int, bool]]) -> None:
        """Press (True) or release each."""

    def copied(self) -> int:
        """Another number after each change of the clipboard."""

    def clipboard(self) -> str | None:
        """Its text; None where it has none."""

    def put(self, text: str) -> None: ...


class WindowsKeys:
    def __init__(self, pressed: Pressed, taken: Taken, system: System) -> None:
        self._pressed, self._taken, self._system = pressed, taken, system
        self._lock = threading.Lock()
        self._wanted: tuple[str, ...] = ()
        self._held: dict[int, str] = {}
        self._id = 0
        self._began = threading.Event()
        self._waits = threading.Event()
        self._thread = threading.Thread(target=self._live, name="keys", daemon=True)
        self._thread.start()
        self._began.wait()

    def hold(self, keys: Collection[str]) -> None:
        with self._lock:
            self._wanted = tuple(keys)
        self._system.post(self._id, WM_HOLD)

    def selected(self) -> str:
        system = self._system
        before, count = system.clipboard(), system.copied()
        # The keys of the shortcut may still be down: only Ctrl may be, for a copy.
        system.type([(key, False) for key in (VK_MENU, VK_SHIFT, VK_LWIN)])
        system.type([(VK_CONTROL, True), (VK_C, True), (VK_C, False), (VK_CONTROL, False)])
        for _ in range(TRIES):
            if system.copied() != count:
                break
            self._waits.wait(PAUSE)
        else:
            return ""
        found = system.clipboard() or ""
        if before is not None:
            system.put(before)
        return found

    def close(self) -> None:
        self._system.post(self._id, WM_QUIT)
        self._thread.join(2)

    def _live(self) -> None:
        self._id = self._system.thread()
        self._began.set()
        while True:
            message, argument = self._system.message()
            if message == WM_QUIT:
                break
            if message == WM_HOLD:
                self._hold()
            elif message == WM_HOTKEY and argument in self._held:
                self._pressed(self._held[argument])
        self._release()

    def _hold(self) -> None:
        self._release()
        with self._lock:
            wanted = self._wanted
        for id, key in enumerate(wanted, start=1):
            asked = combination(key)
            modifiers = NO_REPEAT | sum(MODIFIERS[name] for name in asked.held)
            if self._system.register(id, modifiers, virtual_key(asked.key)):
                self._held[id] = key
            else:
                self._taken(key)

    def _release(self) -> None:
        for id in self._held:
            self._system.unregister(id)
        self._held = {}


def virtual_key(key: str) -> int:
    """Its code: of letters and digits that of their ASCII."""
    return ord(key) if len(key) == 1 else VK_F1 + int(key[1:]) - 1
