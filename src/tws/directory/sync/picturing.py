"""Pictures that a source gives when it is asked for each: only of what is new or other, and not
for ever."""

import time
from typing import Final

from tws.directory.connector import Picture
from tws.directory.photos import NoPhoto
from tws.sources.errors import ConnectorError

ALL: Final = 900.0
"Seconds for the pictures of one synchronisation: those left over follow in the next one."
GIVEN_UP = 5
"Failures in a row after which none is asked for any more."


class Pictures:
    """Of one synchronisation."""

    def __init__(self) -> None:
        self._begun, self._failures = time.monotonic(), 0

    def fetched(self, picture: Picture) -> bytes | None:
        """None where there is none after all; NoPhoto where it may be had later."""
        if time.monotonic() - self._begun > ALL:
            raise NoPhoto("left for the next synchronisation", later=True)
        if self._failures >= GIVEN_UP:
            raise NoPhoto("the source gives no pictures", later=True)
        try:
            raw = picture.fetch()
        except ConnectorError as error:
            self._failures += 1
            raise NoPhoto(error.said, later=True) from error
        self._failures = 0
        return raw
