"""Keys and the selection under X11 (X Window System Protocol: GrabKey; ICCCM 2: selections).

One thread has the connection to the display; others tell it what to do by a queue and a pipe.
"""

import logging
import os
import queue
import select
import threading
from collections.abc import Callable, Collection
from itertools import combinations as some_of
from typing import Any

from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError, ConnectionClosedError, DisplayError

from tws.desktop.combinations import SAME_GESTURE, Combination, Pressed, Taken, combination
from tws.desktop.settings import Failed

log = logging.getLogger(__name__)
PATIENCE = 2.0
"Seconds that whoever has the selection may take to tell it."
LONGEST = 8000
"Units of 4 bytes of a selection that are read."
MASKS = {"Ctrl": X.ControlMask, "Shift": X.ShiftMask}
LOCKS = (XK.XK_Num_Lock, XK.XK_Scroll_Lock)
"Beside Caps Lock: whether they are on says nothing of what is meant."
BY_MASK = (
    X.ShiftMask,
    X.LockMask,
    X.ControlMask,
    X.Mod1Mask,
    X.Mod2Mask,
    X.Mod3Mask,
    X.Mod4Mask,
    X.Mod5Mask,
)
"In the order of the modifier mapping."


class X11Keys:
    def __init__(self, pressed: Pressed, taken: Taken) -> None:
        self._pressed, self._taken = pressed, taken
        try:
            self._display = Display()
        except (DisplayError, ConnectionClosedError, OSError) as error:
            raise Failed(f"The display cannot be opened: {error}") from error
        self._root = self._display.screen().root
        self._window = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._held: dict[tuple[int, int], str] = {}
        "Key code and modifiers without locks -> as it is written."
        self._wanted: tuple[str, ...] = ()
        self._last: dict[str, int] = {}
        "When each was pressed last, in the time of the display."
        self._selection: queue.Queue[str] | None = None
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._reading, self._writing = os.pipe()
        self._thread = threading.Thread(target=self._live, name="keys", daemon=True)
        self._thread.start()

    def hold(self, keys: Collection[str]) -> None:
        wanted = tuple(keys)
        self._do(lambda: self._hold(wanted))

    def selected(self) -> str:
        """PRIMARY; never from a function that was told of a key."""
        answer: queue.Queue[str] = queue.Queue()
        self._do(lambda: self._ask(answer))
        try:
            return answer.get(timeout=PATIENCE)
        except queue.Empty:
            return ""

    def close(self) -> None:
        self._do(None)
        self._thread.join(PATIENCE)

    def _do(self, job: Callable[[], None] | None) -> None:
        self._jobs.put(job)
        os.write(self._writing, b".")

    # ------------------------------------------------------------ in the thread

    def _live(self) -> None:
        """Until it is closed, or the display goes."""
        try:
            while self._step():
                pass
            self._display.close()
        except (ConnectionClosedError, OSError) as error:
            log.error("the display has gone: %s", error)

    def _step(self) -> bool:
        # It reads too: what it has read is no more seen in the socket.
        self._display.flush()
        while self._display.pending_events():
            self._heard(self._display.next_event())
        ready, _, _ = select.select([self._display.fileno(), self._reading], [], [])
        if self._reading not in ready:
            return True
        os.read(self._reading, 1)
        job = self._jobs.get()
        if job is None:
            self._hold(())
            return False
        job()
        return True

    def _heard(self, event: Any) -> None:
        if event.type == X.KeyPress:
            self._press(event)
        elif event.type == X.MappingNotify:
            self._display.refresh_keyboard_mapping(event)
            self._hold(self._wanted)
        elif event.type == X.SelectionNotify:
            self._told(event)

    def _press(self, event: Any) -> None:
        key = self._held.get((event.detail, event.state & ~self._locks() & 0xFF))
        if key is None:
            return
        before, self._last[key] = self._last.get(key), event.time
        if before is None or not 0 <= event.time - before < SAME_GESTURE:
            self._pressed(key)

    def _hold(self, keys: tuple[str, ...]) -> None:
        self._root.ungrab_key(X.AnyKey, X.AnyModifier)
        self._held, self._wanted = {}, keys
        locks = self._lock_states()
        for key in keys:
            code, mask = self._place(combination(key))
            if not code or not self._grab(code, mask, locks):
                self._taken(key)
            else:
                self._held[code, mask] = key
        self._display.sync()
        log.info("keys held: %s", ", ".join(self._held.values()) or "none")

    def _grab(self, code: int, mask: int, locks: Collection[int]) -> bool:
        """Whichever locks are on. False where another program has it."""
        refused = CatchError(BadAccess)
        for lock in locks:
            self._root.grab_key(
                code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
            )
        self._display.sync()
        if refused.get_error() is None:
            return True
        for lock in locks:
            self._root.ungrab_key(code, mask | lock)
        return False

    def _place(self, wanted: Combination) -> tuple[int, int]:
        """Key code, 0 where this keyboard has no such key; and the modifiers."""
        mask = 0
        for name in wanted.held:
            symbols = {"Alt": XK.XK_Alt_L, "Super": XK.XK_Super_L}
            mask |= MASKS[name] if name in MASKS else self._mask_of(symbols[name])
        symbol = XK.string_to_keysym(wanted.key if len(wanted.key) > 1 else wanted.key.lower())
        return self._display.keysym_to_keycode(symbol), mask

    def _mask_of(self, symbol: int) -> int:
        code = self._display.keysym_to_keycode(symbol)
        for mask, codes in zip(BY_MASK, self._display.get_modifier_mapping(), strict=True):
            if code and code in codes:
                return int(mask)
        return 0

    def _locks(self) -> int:
        return int(X.LockMask) | sum({self._mask_of(symbol) for symbol in LOCKS})

    def _lock_states(self) -> list[int]:
        """Every set of locks that may be on."""
        single = sorted({int(X.LockMask), *(self._mask_of(symbol) for symbol in LOCKS)} - {0})
        return [sum(on) for n in range(len(single) + 1) for on in some_of(single, n)]

    # ------------------------------------------------------------ the selection

    def _ask(self, answer: "queue.Queue[str]") -> None:
        self._selection = answer
        place = self._display.get_atom("TWS_SELECTION")
        text = self._display.get_atom("UTF8_STRING")
        self._window.convert_selection(Xatom.PRIMARY, text, place, X.CurrentTime)
        self._display.flush()

    def _told(self, event: Any) -> None:
        answer, self._selection = self._selection, None
        if answer is None:
            return
        found = None
        if event.property != X.NONE:
            found = self._window.get_full_property(event.property, X.AnyPropertyType, LONGEST)
            self._window.delete_property(event.property)
        value = b"" if found is None else found.value
        answer.put(value.decode(errors="replace") if isinstance(value, bytes) else str(value))
