"""A register loads what is used, when it is used, and says what is not installed."""

import sys
from pathlib import Path

import pytest

from tws.register import NotInstalled, Register

PLACES = {
    "files": "wall_files:Files",
    "odbc": "wall_odbc:Odbc [odbc]",
    "library": "wall_library:Library [odbc]",
    "plain": "wall_plain:Plain",
    "broken": "wall_broken:Broken [odbc]",
}


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Register[type]:
    for name, text in {
        "wall_files": "class Files: pass",
        "wall_odbc": "import not_installed_anywhere\nclass Odbc: pass",
        "wall_library": "raise ImportError('libodbc.so.2: cannot open shared object file')",
        "wall_plain": "import not_installed_anywhere",
        "wall_broken": "from tws.register import forgotten",
    }.items():
        (tmp_path / f"{name}.py").write_text(text)
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    return Register(PLACES)


def test_names_are_known_before_anything_is_loaded(register: Register[type]) -> None:
    assert register.names() == tuple(register) == tuple(PLACES)
    assert "odbc" in register and "smoke" not in register
    assert not any(name.startswith("wall_") for name in sys.modules)


def test_only_what_is_used_is_loaded(register: Register[type]) -> None:
    assert register.load("files").__name__ == "Files"
    assert register.load("files") is register.load("files")
    assert [name for name in sys.modules if name.startswith("wall_")] == ["wall_files"]


def test_an_unknown_name(register: Register[type]) -> None:
    with pytest.raises(KeyError):
        register.load("smoke")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("odbc", r"install 'tws\[odbc\]' .*not_installed_anywhere"),
        ("library", r"install 'tws\[odbc\]' .*libodbc"),
        ("plain", "plain cannot be loaded: .*not_installed_anywhere"),
    ],
)
def test_what_is_not_installed_is_said(register: Register[type], name: str, words: str) -> None:
    with pytest.raises(NotInstalled, match=words):
        register.load(name)


def test_a_listing_shows_what_cannot_be_used(register: Register[type]) -> None:
    sound = {name: place for name, place in PLACES.items() if name != "broken"}
    listing = Register[type](sound).listing()
    assert list(listing) == ["files", "odbc", "library", "plain"]
    assert isinstance(listing["files"], type)
    assert "install 'tws[odbc]'" in str(listing["odbc"])


def test_a_fault_of_ours_is_not_called_an_installation(register: Register[type]) -> None:
    with pytest.raises(ImportError, match="forgotten"):
        register.load("broken")
