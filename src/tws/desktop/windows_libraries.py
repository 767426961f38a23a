"""What `tws.desktop.windows` uses of Windows, by its libraries themselves: user32 and kernel32."""

import ctypes
import sys
from collections.abc import Callable, Collection
from ctypes import wintypes
from typing import Any

from tws.desktop.combinations import Keys, Pressed, Taken
from tws.desktop.windows import WM_QUIT, WindowsKeys

KEY_UP, INPUT_KEYBOARD = 0x2, 1
CF_UNICODETEXT, GMEM_MOVEABLE = 13, 0x2


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
