"""Whether an account that a user has with a source of calendars is one with the server that a
directory is read from too. Pure."""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

CALENDARS: Mapping[str, str] = {
    "carddav": "caldav",
    "domino_rest": "domino",
    "exchange": "exchange",
}
"Kinds of directories that are read with users' own accounts: the kind of calendar of these."


def same_server(
    directory: str,
    settings: Mapping[str, object],
    calendar: str,
    calendar_settings: Mapping[str, object],
) -> bool:
    """The kind of a directory and its settings, and those of a source of calendars. A password is
    sent to no other host than the one that it was entered for, nor in the clear what was entered
    for TLS; ports are those of the two services."""
    if CALENDARS.get(directory) != calendar:
        return False
    ours, theirs = _address(settings), _address(calendar_settings)
    same = ours.hostname is not None and ours.hostname == theirs.hostname
    return same and (ours.scheme == "https" or theirs.scheme == "http")


def _address(settings: Mapping[str, object]) -> SplitResult:
    """Of Exchange a kind and folders may stand behind it."""
    try:
        return urlsplit(str(settings.get("url", "")).partition("|")[0].strip())
    except ValueError:  # it was checked when it was stored: another version's
        return urlsplit("")
