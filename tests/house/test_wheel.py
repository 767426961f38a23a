"""What `tws serve` needs on another machine is in the wheel, or named in it."""

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

import tws
from tests.house.commands import initialise
from tests.running import running_tws

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
    assert "tws/py.typed" in names and "tws/web/manual/admin/directories/csv.md" in names
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
    assert b"tws = tws.__main__:main" in wheel.read(entry)


def test_it_names_no_file_of_this_machine(wheel: zipfile.ZipFile) -> None:
    (record,) = [name for name in wheel.namelist() if name.endswith("RECORD")]
    for line in wheel.read(record).decode().splitlines():
        assert not Path(line.split(",")[0]).is_absolute()


# ---------------------------------------------------------------- installed

BARE = {"PYTHONPATH": "", "PYTHONTZPATH": "", "HOME": "/nonexistent"}
"Of this machine there is Python, and nothing of these sources nor of the system's time zones."


@pytest.fixture(scope="module")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel and the packages that it names, no others. Those are
    the ones that the tests run with, linked: the network is not asked."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True)
    python = home / "bin/python"
    wanted = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.check_output([python, "-c", wanted], text=True).strip())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", f"--python={python}"]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel.filename)]
    subprocess.run(install, check=True)
    (metadata,) = packages.glob("tws-*.dist-info")
    for needed in needs(Distribution.at(metadata), set()):
        for place in {Path(str(file)).parts[0] for file in needed.files or ()}:
            target = packages / place
            if place not in ("..", "__pycache__") and not target.exists():
                target.symlink_to(Path(str(needed.locate_file(place))))
    where = [str(python), "-c", "import tws; print(tws.__file__)"]
    used = subprocess.check_output(where, text=True, env={**os.environ, **BARE})
    assert used.startswith(str(home))
    return home


def needs(
    package: Distribution, seen: set[str], extras: frozenset[str] = frozenset()
) -> Iterator[Distribution]:
    """What it requires here, and what that requires in turn."""
    for line in package.requires or ():
        wanted = Requirement(line)
        asked = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker and not any(wanted.marker.evaluate(extra) for extra in asked):
            continue
        key = str(wanted.name) + str(sorted(wanted.extras))
        if key not in seen:
            seen.add(key)
            found = distribution(wanted.name)
            yield found
            yield from needs(found, seen, frozenset(wanted.extras))


async def test_it_serves_where_there_is_nothing_else(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "bin/tws")]
    async with running_tws(tmp_path, command, **BARE) as server:
        health = await server.client().get("/health")
        assert health == {"status": "up", "version": tws.__version__, "database": True}
        made = await initialise(tmp_path, "--time-zone=Europe/Paris", command=command, **BARE)
        assert made.code == 0, made.error
        admin = await server.client().sign_in_as_administrator()
        (domain,) = await admin.get("/admin/domains")
        assert domain["timeZone"] == "Europe/Paris"


async def test_it_serves_its_pages(installed: Path, tmp_path: Path) -> None:
    if not (ROOT / "src/tws/web/static/index.html").exists():
        pytest.skip("the pages are not built: `make install` builds them")
    async with running_tws(tmp_path, [str(installed / "bin/tws")], **BARE) as server:
        async with httpx.AsyncClient(base_url=server.base) as visitor:
            page = await visitor.get("/")
            assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
            script = page.text.partition('<script type="module"')[2].partition('src="')[2]
            assert (await visitor.get(script.partition('"')[0])).status_code == 200
