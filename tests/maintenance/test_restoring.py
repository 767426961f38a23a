"""What a restore replaces is kept; what it refuses, or what fails, changes nothing."""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.databases import migrate, sqlite_url
from tests.house.commands import at_a_terminal, tws
from tests.storage.test_schema import write_revision
from tws.errors import Unavailable
from tws.maintenance.backups.making import Order, make
from tws.maintenance.backups.model import BackupRefused, Why
from tws.maintenance.backups.restoring import Place, Restoration
from tws.organisation.actor import SYSTEM
from tws.storage import SchemaMismatch, Storage
from tws.storage.secrets import KEY_FILE, Secrets

PASSPHRASE = "a passphrase of people"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


async def note(url: str, words: str) -> None:
    """A row of that database, by which it is known again."""
    storage = Storage(url, print)
    await storage.open()
    async with storage.transaction() as tx:
        await tx.audit(SYSTEM, words, "x", None, None)
    await storage.close()


async def noted(url: str, schema: str = "") -> list[tuple[int, str]]:
    storage = Storage(url, print)
    await storage.open()
    async with storage.reading() as reader:
        words = f"SELECT number, action FROM {schema}audit ORDER BY number"  # noqa: S608
        rows = [(number, action) for number, action in await reader.execute(text(words))]
    await storage.close()
    return rows


async def backed_up(url: str, folder: Path, passphrase: str | None = PASSPHRASE) -> Path:
    (folder / "files/company").mkdir(parents=True, exist_ok=True)
    (folder / "files/company/old.csv").write_text("as it was")
    secrets = Secrets(folder)
    secrets.seal("x", "row", "field")
    order = Order(
        database=url,
        files=str(folder / "files"),
        to=str(folder / "backups"),
        why=Why.ASKED,
        passphrase=passphrase,
        keys=secrets.keys(),
    )
    return await make(order, lambda progress: None)


def everything(folder: Path) -> Mapping[str, bytes]:
    """But the database, which others look at."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("tws.db")
    }


async def restore(file: Path, place: Place, passphrase: str | None = PASSPHRASE) -> Restoration:
    restoration = Restoration(file, passphrase, place, NOW)
    restoration.check_key(without=False)
    async with restoration.claimed():
        await restoration.run()
    return restoration


async def changed_since(url: str, folder: Path) -> tuple[Path, Place]:
    """A backup, and what it was made of, which is other now."""
    await note(url, "before")
    file = await backed_up(url, folder)
    await note(url, "after")
    (folder / "files/company/new.csv").write_text("came later")
    return file, Place(database=url, data_dir=folder, keys=())


async def test_what_was_there_is_kept(database_url: str, tmp_path: Path) -> None:
    file, place = await changed_since(database_url, tmp_path)
    (tmp_path / KEY_FILE).unlink()
    Secrets(tmp_path).seal("x", "row", "field")
    other = Secrets(tmp_path).keys()
    done = await restore(file, place)
    assert await noted(database_url) == [(1, "before")]
    assert [x.name for x in (tmp_path / "files/company").iterdir()] == ["old.csv"]
    assert Secrets(tmp_path).open(Secrets(tmp_path).seal(1, "a", "b"), "a", "b") == 1
    kept = tmp_path / "files.replaced-20261129T120000Z/company"
    assert sorted(x.name for x in kept.iterdir()) == ["new.csv", "old.csv"]
    replaced = (tmp_path / f"{KEY_FILE}.replaced-20261129T120000Z").rename(tmp_path / KEY_FILE)
    assert Secrets(replaced.parent).keys() == other
    both = [(1, "before"), (2, "after")]
    if place.sqlite is None:
        assert await noted(database_url, f"{done.kept}.") == both
    else:
        assert await noted(f"sqlite:///{done.kept}") == both
    # A number of the audit log is used once: the next one follows what the backup had.
    await note(database_url, "next")
    assert await noted(database_url) == [(1, "before"), (2, "next")]


async def test_what_fails_half_way_changes_nothing(database_url: str, tmp_path: Path) -> None:
    file, place = await changed_since(database_url, tmp_path)
    # No room for what was there.
    taken = tmp_path / "files.replaced-20261129T120000Z"
    (taken / "x").mkdir(parents=True)
    before = everything(tmp_path)
    with pytest.raises(Unavailable, match="cannot be restored"):
        await restore(file, place)
    assert everything(tmp_path) == before
    assert await noted(database_url) == [(1, "before"), (2, "after")]


def flipped(content: bytes) -> bytes:
    return (
        content[: len(content) // 2]
        + bytes([content[len(content) // 2] ^ 1])
        + content[len(content) // 2 + 1 :]
    )


@pytest.mark.parametrize("damage", [flipped, lambda content: content[:-1]], ids=["bit", "end"])
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
async def test_one_that_is_damaged_is_refused(
    tmp_path: Path, passphrase: str | None, damage: Callable[[bytes], bytes]
) -> None:
    url = sqlite_url(tmp_path)
    await note(url, "before")
    file = await backed_up(url, tmp_path, passphrase)
    file.write_bytes(damage(file.read_bytes()))
    before = everything(tmp_path)
    place = Place(database=url, data_dir=tmp_path, keys=())
    with pytest.raises(BackupRefused):
        await restore(file, place, passphrase)
    assert everything(tmp_path) == before


async def test_one_of_a_newer_schema_is_refused(database_url: str, tmp_path: Path) -> None:
    await migrate(database_url)
    await write_revision(database_url, "9999")
    file = await backed_up(database_url, tmp_path)
    place = Place(database=sqlite_url(tmp_path / "new"), data_dir=tmp_path / "new", keys=())
    with pytest.raises(SchemaMismatch, match="newer TWS"):
        await restore(file, place)
    assert not (tmp_path / "new").exists()


async def test_the_key_must_be_there(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    await note(url, "before")
    plain = await backed_up(url, tmp_path, None)
    new = tmp_path / "new"
    place = Place(database=sqlite_url(new), data_dir=new, keys=())
    with pytest.raises(BackupRefused, match="a key that is not in it"):
        await restore(plain, place, None)
    sealed = await backed_up(url, tmp_path)
    with pytest.raises(BackupRefused, match="TWS_SECRET_KEY lacks a key"):
        await restore(sealed, Place(database=place.database, data_dir=new, keys=[os.urandom(32)]))
    await restore(sealed, place)
    assert (new / KEY_FILE).read_text() == (tmp_path / KEY_FILE).read_text()


async def test_the_commands(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    await note(url, "before")
    phrase = tmp_path / "passphrase"
    phrase.write_text("too short")
    data = f"--data={tmp_path}"
    refused = await tws("backup", data, f"--passphrase-file={phrase}")
    assert refused.code == 1 and "12 characters" in refused.error
    assert "no backup" in (await tws("backups", data)).out
    assert (await tws("backup", data)).code == 0
    [name] = [path.name for path in (tmp_path / "backups").iterdir()]
    listed = await tws("backups", data)
    assert name in listed.out and "asked" in listed.out
    await note(url, "after")
    said = await at_a_terminal({"Restore it?": "n"}, "restore", name, data)
    assert f"It replaces {tmp_path / 'tws.db'}" in said and "Nothing was changed." in said
    assert len(await noted(url)) == 2
    said = await at_a_terminal({"Restore it?": "y"}, "restore", name, data)
    assert "Restored." in said
    assert len(await noted(url)) == 1
    # Without an answer nothing is done either.
    assert (await tws("restore", name, data)).code == 1
