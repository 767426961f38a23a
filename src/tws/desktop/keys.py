"""Keys that are held whatever window is in front, and what is selected there: X11 or Windows."""

import os
import sys
from collections.abc import Collection

from tws.desktop.combinations import Keys, Pressed, Taken
from tws.desktop.settings import Failed

try:
    from tws.desktop import x11
except ImportError as error:
    _LACKING: str | None = error.name
else:
    _LACKING = None
if sys.platform == "win32":
    from tws.desktop.windows_libraries import of_this_computer


class NoKeys:
    """Of a computer that lets nobody hold keys, or where the user wants none."""

    def hold(self, keys: Collection[str]) -> None:
        return None

    def selected(self) -> str:
        return ""

    def close(self) -> None:
        return None


def keys(pressed: Pressed, taken: Taken) -> Keys:
    """Those of this computer. Failed, with words, where it has none."""
    if sys.platform == "win32":
        return of_this_computer(pressed, taken)
    if sys.platform == "darwin":
        raise Failed("Keys are not supported on macOS.")
    if not os.environ.get("DISPLAY"):
        raise Failed("Keys need X11: there is no DISPLAY.")
    if _LACKING is not None:
        raise Failed(f"Keys need python-xlib (Debian: python3-xlib): there is no {_LACKING}.")
    return x11.X11Keys(pressed, taken)
