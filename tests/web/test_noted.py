"""Keys noted in a file: the next process knows what this one may have asked a PBX."""

import subprocess
import sys
from pathlib import Path

import pytest

from tws.web import noted
from tws.web.noted import Noted

FILLING = """
import resource, sys
from pathlib import Path
from tws.web.noted import Noted
file = Path(sys.argv[1]) / "keys.log"
writer = Noted(file.parent, lambda: float(sys.argv[2]), lambda: 0.0)
writer.note("k1", "r")
size = file.stat().st_size
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, hard))
writer.note("k2", "r")
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
assert file.stat().st_size == size + 10
writer.note("k3", "r")
"""
"No file may grow beyond ten bytes of the second line, until that is taken back."


class Time:
    """Both clocks of a machine."""

    def __init__(self) -> None:
        self.utc, self.up = 1_800_000_000.0, 5000.0

    def passes(self, seconds: float) -> None:
        self.utc += seconds
        self.up += seconds

    def reader(self, folder: Path) -> Noted:
        """Of a process that starts now."""
        return Noted(folder, lambda: self.utc, lambda: self.up)


@pytest.fixture
def time() -> Time:
    return Time()


def test_the_next_process_knows_what_was_noted(tmp_path: Path, time: Time) -> None:
    first = time.reader(tmp_path / "state")
    first.note("k1", "r1")
    first.note("k2", "r2")
    first.forget("k2")
    assert first.request("k1") is None  # which it has in its memory
    second = time.reader(tmp_path / "state")
    assert (second.request("k1"), second.request("k2")) == ("r1", None)
    assert time.reader(tmp_path / "state").request("k1") == "r1"
    assert (tmp_path / "state" / "keys.log").stat().st_mode & 0o777 == 0o600


def test_a_key_is_kept_for_its_time_over_any_number_of_restarts(
    tmp_path: Path, time: Time
) -> None:
    time.reader(tmp_path).note("k", "r")
    time.passes(noted.KEPT_FOR - 1)
    last = time.reader(tmp_path)
    assert last.request("k") == "r"
    time.passes(1)
    assert last.request("k") is None
    assert time.reader(tmp_path).request("k") is None


def test_a_clock_put_back_loses_nothing(tmp_path: Path, time: Time) -> None:
    time.reader(tmp_path).note("k", "r")
    time.utc -= 86_400
    last = time.reader(tmp_path)
    assert last.request("k") == "r"
    time.passes(noted.KEPT_FOR)
    assert last.request("k") is None


@pytest.mark.parametrize("restarts", [True, False])
def test_the_files_do_not_grow_and_forget_nothing_young(
    tmp_path: Path, time: Time, restarts: bool
) -> None:
    writer = time.reader(tmp_path)
    for number in range(100):
        writer = time.reader(tmp_path) if restarts else writer
        writer.note(f"k{number}", "r")
        time.passes(60.0)
    kept = int(noted.KEPT_FOR // 60)
    lines = [line for file in tmp_path.iterdir() for line in file.read_text().splitlines()]
    assert kept <= len(lines) <= 2 * (kept + 1)
    last = time.reader(tmp_path)
    known = [number for number in range(100) if last.request(f"k{number}")]
    assert known == list(range(100 - kept, 100))


@pytest.mark.parametrize("left", [1, 20])
def test_a_line_cut_short_costs_no_other(tmp_path: Path, time: Time, left: int) -> None:
    first = time.reader(tmp_path)
    first.note("k1", "r1")
    first.note("k2", "r2")
    file = tmp_path / "keys.log"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2 + left])
    time.reader(tmp_path).note("k3", "r3")
    last = time.reader(tmp_path)
    assert [last.request(key) for key in ("k1", "k2", "k3")] == ["r1", None, "r3"]


def test_a_full_disk_stops_no_call_and_is_logged_once(
    tmp_path: Path, time: Time, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = time.reader(tmp_path)
    (tmp_path / "keys.log").symlink_to("/dev/full")
    writer.note("k1", "r")
    writer.note("k2", "r")
    assert capsys.readouterr().out.count("keys are not noted") == 1
    (tmp_path / "keys.log").unlink()
    writer.note("k3", "r")
    assert time.reader(tmp_path).request("k3") == "r"


def test_a_disk_that_fills_up_within_a_line(tmp_path: Path, time: Time) -> None:
    script = [sys.executable, "-c", FILLING, str(tmp_path), str(time.utc)]
    subprocess.run(script, check=True, stdout=subprocess.PIPE)
    last = time.reader(tmp_path)
    assert [last.request(key) for key in ("k1", "k2", "k3")] == ["r", None, "r"]
