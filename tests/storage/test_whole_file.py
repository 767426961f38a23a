"""Small files that are replaced: whole at any time, and on the disk where they are to last."""

import os
from pathlib import Path

import msgspec
import pytest

from tws.storage.whole_file import write_whole
from tws.telephony.model import DeviceId, LinkId
from tws.telephony.withheld import Withheld

LINK = LinkId("link")


class Disk:
    """What lasts: what was told to be there at each moment, as the names in the folder are."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._sync = folder, os.fsync
        self._contents: dict[int, bytes] = {}
        self.files: dict[str, bytes] = {}
        monkeypatch.setattr(os, "fsync", self._fsync)

    def _fsync(self, handle: int) -> None:
        self._sync(handle)
        path = Path(f"/proc/self/fd/{handle}").resolve()
        if path == self._folder:
            known = ((one.name, one.stat().st_ino) for one in path.iterdir())
            self.files = {name: self._contents.get(inode, b"") for name, inode in known}
        else:
            self._contents[path.stat().st_ino] = path.read_bytes()


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(tmp_path, monkeypatch)


def test_withheld_numbers_outlive_the_power(tmp_path: Path, disk: Disk) -> None:
    withheld = Withheld(tmp_path / "withheld.json")
    for kept in (["4001", "4002"], ["4002"]):
        withheld.keep(LINK, [DeviceId(one) for one in kept])
        assert msgspec.json.decode(disk.files["withheld.json"]) == {LINK: kept}
        assert list(disk.files) == ["withheld.json"]


def test_what_need_not_last_does_not_wait_for_the_disk(tmp_path: Path, disk: Disk) -> None:
    file = tmp_path / "life.json"
    for content in (b"1", b"2"):
        write_whole(file, content)
        assert (file.read_bytes(), file.stat().st_mode & 0o777) == (content, 0o600)
    assert disk.files == {}
