"""Keys and the selection under Windows, on a Windows of paper: what is asked of its libraries."""

import ctypes
import queue
from collections.abc import Collection

import pytest

from tws.desktop.combinations import combination
from tws.desktop.windows import (
    MODIFIERS,
    NO_REPEAT,
    VK_C,
    VK_CONTROL,
    WM_HOTKEY,
    WindowsKeys,
    virtual_key,
)
from tws.desktop.windows_libraries import INPUT_KEYBOARD, KEY_UP, Input, key_inputs


class Paper:
    """Answers as user32 and kernel32 do; what is selected is `marked`."""

    def __init__(self, marked: str = "", taken: Collection[int] = ()) -> None:
        self.messages: queue.Queue[tuple[int, int]] = queue.Queue()
        self.registered: dict[int, tuple[int, int]] = {}
        self.marked, self.taken = marked, taken
        self.content: str | None = "what was there"
        self.count = 0
        self.typed: list[tuple[int, bool]] = []
        self.heard: queue.Queue[str] = queue.Queue()

    def register(self, id: int, modifiers: int, key: int) -> bool:
        if key in self.taken:
            return False
        assert modifiers & NO_REPEAT
        self.registered[id] = modifiers & ~NO_REPEAT, key
        self.heard.put("registered")
        return True

    def unregister(self, id: int) -> None:
        del self.registered[id]

    def message(self) -> tuple[int, int]:
        return self.messages.get()

    def post(self, thread: int, message: int) -> None:
        assert thread == 7
        self.messages.put((message, 0))

    def thread(self) -> int:
        return 7

    def type(self, keys: Collection[tuple[int, bool]]) -> None:
        self.typed += keys
        if (VK_C, True) in keys and self.marked:
            self.content, self.count = self.marked, self.count + 1

    def copied(self) -> int:
        return self.count

    def clipboard(self) -> str | None:
        return self.content

    def put(self, text: str) -> None:
        self.content = text


def test_keys_are_held_and_let_go() -> None:
    paper, pressed, taken = (
        Paper(taken=[virtual_key("F3")]),
        queue.Queue[str](),
        queue.Queue[str](),
    )
    keys = WindowsKeys(pressed.put, taken.put, paper)
    keys.hold(["Ctrl+F12", "Ctrl+F3", "Ctrl+Alt+D"])
    assert taken.get(timeout=5) == "Ctrl+F3"
    for _ in range(2):
        paper.heard.get(timeout=5)
    assert sorted(paper.registered.values()) == [
        (MODIFIERS["Ctrl"], 0x7B),
        (MODIFIERS["Ctrl"] | MODIFIERS["Alt"], ord("D")),
    ]
    paper.messages.put((WM_HOTKEY, 3))
    assert pressed.get(timeout=5) == "Ctrl+Alt+D"
    keys.hold(["Ctrl+F12"])
    paper.heard.get(timeout=5)
    # Of one that is let go nothing is told any more.
    paper.messages.put((WM_HOTKEY, 3))
    paper.messages.put((WM_HOTKEY, 1))
    assert pressed.get(timeout=5) == "Ctrl+F12"
    keys.close()
    assert not paper.registered


@pytest.mark.parametrize(("marked", "found"), [("01 55 17 18 89", "01 55 17 18 89"), ("", "")])
def test_what_is_selected_is_copied_and_the_clipboard_put_back(marked: str, found: str) -> None:
    paper = Paper(marked)
    keys = WindowsKeys(lambda _: None, lambda _: None, paper)
    assert keys.selected() == found
    assert paper.content == "what was there"
    # No key is left down but by who holds it: Ctrl is let go last.
    assert paper.typed[-1] == (VK_CONTROL, False)
    assert {key for key, down in paper.typed if down} <= {
        key for key, down in paper.typed if not down
    }
    keys.close()


def test_what_is_typed_is_as_windows_reads_it() -> None:
    """INPUT has 40 bytes in 64 bits: SendInput types nothing that has another size."""
    made = key_inputs([(VK_CONTROL, True), (VK_C, False)])
    assert ctypes.sizeof(Input) == (40 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28)
    assert [one.kind for one in made] == [INPUT_KEYBOARD, INPUT_KEYBOARD]
    assert [(one.of.key.key, one.of.key.flags) for one in made] == [
        (VK_CONTROL, 0),
        (VK_C, KEY_UP),
    ]


def test_how_keys_are_written() -> None:
    assert combination("Ctrl+Shift+F1").held == {"Ctrl", "Shift"}
    assert [virtual_key(key) for key in ("F1", "F12", "A", "7")] == [0x70, 0x7B, 0x41, 0x37]
