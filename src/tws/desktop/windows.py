"""Keys and the selection under Windows, by user32 and kernel32 (RegisterHotKey, SendInput, the
clipboard). Windows has no selection that others can read: what is selected is copied for a moment,
and the text that the clipboard had is put back.
"""

import ctypes
import logging
import sys
import threading
from collections.abc import Callable, Collection
from ctypes import wintypes
from typing import Any, Protocol

from tws.desktop.combinations import Keys, Pressed, Taken, combination

log = logging.getLogger(__name__)
MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Super": 0x8}
"Of RegisterHotKey."
NO_REPEAT = 0x4000
WM_HOTKEY, WM_QUIT, WM_HOLD = 0x0312, 0x0012, 0x8000
"The last is ours (WM_APP): keys have changed."
VK_F1, VK_C = 0x70, 0x43
VK_CONTROL, VK_SHIFT, VK_MENU, VK_LWIN = 0x11, 0x10, 0x12, 0x5B
KEY_UP, INPUT_KEYBOARD = 0x2, 1
CF_UNICODETEXT, GMEM_MOVEABLE = 13, 0x2
TRIES, PAUSE = 20, 0.025
"How often, and every how many seconds, it is looked whether something was copied."


class _KeyInput(ctypes.Structure):
    _fields_ = (
        ("key", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_void_p),
    )


class _Either(ctypes.Union):
    # As large as the largest of the three kinds of INPUT, that of a mouse.
    _fields_ = (
        ("key", _KeyInput),
        ("mouse", ctypes.c_byte * (24 + ctypes.sizeof(ctypes.c_void_p))),
    )


class Input(ctypes.Structure):
    """INPUT, of a key."""

    _fields_ = (("kind", wintypes.DWORD), ("of", _Either))


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


def key_inputs(keys: Collection[tuple[int, bool]]) -> Any:
    """An array of INPUT."""
    made = [
        Input(INPUT_KEYBOARD, _Either(key=_KeyInput(key=key, flags=0 if down else KEY_UP)))
        for key, down in keys
    ]
    return (Input * len(made))(*made)


if sys.platform == "win32":

    class Dlls:
        """`System`, by the libraries of Windows themselves."""

        def __init__(self) -> None:
            self._user = ctypes.WinDLL("user32", use_last_error=True)
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            pointer, size = ctypes.c_void_p, ctypes.c_size_t
            self._user.GetClipboardData.restype = pointer
            self._user.SetClipboardData.argtypes = (wintypes.UINT, pointer)
            for name, answer, given in (
                ("GlobalLock", pointer, (pointer,)),
                ("GlobalUnlock", wintypes.BOOL, (pointer,)),
                ("GlobalAlloc", pointer, (wintypes.UINT, size)),
            ):
                function = getattr(self._kernel, name)
                function.restype, function.argtypes = answer, given

        def register(self, id: int, modifiers: int, key: int) -> bool:
            return bool(self._user.RegisterHotKey(None, id, modifiers, key))

        def unregister(self, id: int) -> None:
            self._user.UnregisterHotKey(None, id)

        def message(self) -> tuple[int, int]:
            message = wintypes.MSG()
            if self._user.GetMessageW(ctypes.byref(message), None, 0, 0) <= 0:
                return WM_QUIT, 0
            return message.message, message.wParam

        def post(self, thread: int, message: int) -> None:
            self._user.PostThreadMessageW(thread, message, 0, 0)

        def thread(self) -> int:
            # A thread has a queue of messages once it has looked for one.
            self._user.PeekMessageW(ctypes.byref(wintypes.MSG()), None, 0, 0, 0)
            return int(self._kernel.GetCurrentThreadId())

        def type(self, keys: Collection[tuple[int, bool]]) -> None:
            made = key_inputs(keys)
            self._user.SendInput(len(made), made, ctypes.sizeof(Input))

        def copied(self) -> int:
            return int(self._user.GetClipboardSequenceNumber())

        def clipboard(self) -> str | None:
            def read() -> str | None:
                data = self._user.GetClipboardData(CF_UNICODETEXT)
                place = self._kernel.GlobalLock(data) if data else None
                if not place:
                    return None
                try:
                    return ctypes.wstring_at(place)
                finally:
                    self._kernel.GlobalUnlock(data)

            return self._opened(read)

        def put(self, text: str) -> None:
            raw = text.encode("utf-16-le") + b"\0\0"

            def write() -> None:
                self._user.EmptyClipboard()
                data = self._kernel.GlobalAlloc(GMEM_MOVEABLE, len(raw))
                place = self._kernel.GlobalLock(data) if data else None
                if place:
                    ctypes.memmove(place, raw, len(raw))
                    self._kernel.GlobalUnlock(data)
                    self._user.SetClipboardData(CF_UNICODETEXT, data)

            self._opened(write)

        def _opened(self, work: Callable[[], str | None]) -> str | None:
            """None where another program has the clipboard open."""
            if not self._user.OpenClipboard(None):
                return None
            try:
                return work()
            finally:
                self._user.CloseClipboard()

    def of_this_computer(pressed: Pressed, taken: Taken) -> Keys:
        return WindowsKeys(pressed, taken, Dlls())
