"""Secrets at rest: opened where they belong with the key they were sealed with, else words."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.storage import StorageUnavailable
from tws.storage.secrets import KEY_FILE, SecretLost, Secrets

KEY = bytes(range(32))
VALUES = st.one_of(st.text(), st.integers(-(2**53), 2**53), st.booleans(), st.none())


@given(value=VALUES, row=st.text(), field=st.text())
def test_what_is_sealed_is_opened_again(value: object, row: str, field: str) -> None:
    secrets = Secrets(Path("unused"), KEY)
    sealed = secrets.seal(value, row, field)
    assert secrets.open(sealed, row, field) == value
    assert secrets.seal(value, row, field) != sealed


@given(at=st.integers(0, 1000), change=st.integers(1, 127))
def test_a_changed_character_opens_nothing(at: int, change: int) -> None:
    secrets = Secrets(Path("unused"), KEY)
    sealed = secrets.seal("a multiple of 3", "row", "password")  # no bit is unused
    at %= len(sealed)
    other = sealed[:at] + chr(ord(sealed[at]) ^ change) + sealed[at + 1 :]
    with pytest.raises(SecretLost, match="enter"):
        secrets.open(other, "row", "password")


def test_a_secret_opens_in_its_own_place_only(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    sealed = secrets.seal("correct horse", "one", "password")
    assert "correct horse" not in sealed
    for row, field in (("two", "password"), ("one", "pin")):
        with pytest.raises(SecretLost, match="another key"):
            secrets.open(sealed, row, field)
    for stored in ("correct horse", "", None, 5, sealed[:20]):
        with pytest.raises(SecretLost):
            secrets.open(stored, "one", "password")


def test_the_key_is_made_at_first_use_and_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secrets = Secrets(folder)
    assert not folder.exists()
    sealed = secrets.seal("x", "row", "password")
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert Secrets(folder).open(sealed, "row", "password") == "x"


def test_two_who_make_it_at_once_make_one(tmp_path: Path) -> None:
    all_of_them = [Secrets(tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda s: s.seal("x", "row", "field"), all_of_them))
    assert [Secrets(tmp_path).open(one, "row", "field") for one in sealed] == ["x"] * 8


def test_a_lost_key_is_told_in_words(tmp_path: Path) -> None:
    sealed = Secrets(tmp_path).seal("x", "row", "password")
    path = tmp_path / KEY_FILE
    path.rename(tmp_path / "away")
    with pytest.raises(SecretLost, match=r"secret\.key is gone.*enter the secret again"):
        Secrets(tmp_path).open(sealed, "row", "password")
    assert not path.exists()
    path.write_text("not a key")
    with pytest.raises(SecretLost, match="holds no key"):
        Secrets(tmp_path).open(sealed, "row", "password")
    with pytest.raises(SecretLost, match="holds no key"):
        Secrets(tmp_path).seal("y", "row", "password")
    path.unlink()
    (tmp_path / "away").rename(path)
    assert Secrets(tmp_path).open(sealed, "row", "password") == "x"
    with pytest.raises(SecretLost, match="another key than TWS_SECRET_KEY"):
        Secrets(tmp_path, KEY).open(sealed, "row", "password")


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnavailable, match="cannot be written"):
        Secrets(tmp_path / "file").seal("x", "row", "password")
