"""Telephones that do not tell their number since a call of ours was to have none, in a file of the
state folder: a server that is killed in the midst of such a call, or loses its power, would leave
them so for good, as nobody could tell it from a wish of their users.
"""

from collections.abc import Collection
from pathlib import Path

import msgspec
import structlog

from tws.storage.whole_file import write_whole
from tws.telephony.model import DeviceId, LinkId
from tws.undecodable import UNDECODABLE

log = structlog.get_logger(__name__)
Content = dict[LinkId, list[DeviceId]]


class Withheld:
    """Of the links of this process. The file is of a few bytes, and is written twice for each call
    without a number on a link whose PBX has no other means: at once, before the PBX is asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = self._read()

    def of(self, link: LinkId) -> Collection[DeviceId]:
        return tuple(self._known.get(link, ()))

    def keep(self, link: LinkId, devices: Collection[DeviceId]) -> None:
        self._known[link] = sorted(devices)
        content = {link: kept for link, kept in self._known.items() if kept}
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file, msgspec.json.encode(content), lasting=True)
        except OSError as error:  # the call is made all the same: a restart is to come in between
            log.warning("withheld numbers are not remembered", why=str(error))

    def _read(self) -> Content:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Content)
        except FileNotFoundError:
            return {}
        except (OSError, *UNDECODABLE) as error:
            log.warning("withheld numbers cannot be read", why=str(error))
            return {}
