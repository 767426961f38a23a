"""What `tws serve` needs on another machine is in the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tws

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    assert file.name.startswith(f"tws-{tws.__version__}-py3-none-any")
    return zipfile.ZipFile(file)


def test_it_holds_every_module_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if not name.startswith("tws/web/static/")}
    source = {str(path.relative_to(ROOT / "src")) for path in (ROOT / "src/tws").rglob("*.py")}
    assert source <= names
    assert {name.split("/")[0] for name in names} == {"tws", f"tws-{tws.__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name]


def test_it_holds_what_is_no_module(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "tws/py.typed" in names
    assert any(name.startswith("tws/storage/migrations/versions/") for name in names)
    assert any(name.startswith("tws/simulator/") and name.endswith(".html") for name in names)
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_it_holds_the_pages(wheel: zipfile.ZipFile) -> None:
    static = ROOT / "src/tws/web/static"
    if not (static / "index.html").exists():
        pytest.skip("the pages are not built: `make install` builds them")
    built = {str(path.relative_to(ROOT / "src")) for path in static.rglob("*") if path.is_file()}
    assert built <= set(wheel.namelist())


def test_it_starts_the_command_line(wheel: zipfile.ZipFile) -> None:
    (entry,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert b"tws = tws.cli:main" in wheel.read(entry)


def test_it_names_no_file_of_this_machine(wheel: zipfile.ZipFile) -> None:
    (record,) = [name for name in wheel.namelist() if name.endswith("RECORD")]
    for line in wheel.read(record).decode().splitlines():
        assert not Path(line.split(",")[0]).is_absolute()
