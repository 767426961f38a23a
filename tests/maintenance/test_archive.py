"""A backup that is not, byte for byte, what was written is refused before anything is changed."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.maintenance.backups import sealing
from tws.maintenance.backups.archive import Archive, about, writing
from tws.maintenance.backups.model import FORMAT, About, BackupRefused, Manifest, Why

PASSPHRASE = "correct horse battery"
ABOUT = About(
    format=FORMAT,
    tws="0.1",
    schema="0001",
    database="sqlite",
    taken=datetime(2026, 11, 29, 2, tzinfo=UTC),
    why=Why.ASKED,
)
MANIFEST = Manifest(about=ABOUT, tables={}, sequences={}, key=None, key_inside=False)


@dataclass(frozen=True)
class Written:
    path: Path
    content: bytes
    passphrase: str | None

    def damaged(self, content: bytes) -> Path:
        path = self.path.with_name("damaged.twsbackup")
        path.write_bytes(content)
        return path

    def read(self, content: bytes) -> Manifest:
        return Archive(self.damaged(content), self.passphrase).checked()


@pytest.fixture(scope="module", params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Written]:
    path = tmp_path_factory.mktemp("archive") / "whole.twsbackup"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealing, "COST", 2)  # the file says it: each reading of it is as quick
        _write(path, request.param)
    yield Written(path, path.read_bytes(), request.param)


def _write(path: Path, passphrase: str | None) -> None:
    with writing(path, ABOUT, passphrase) as writer:
        # Does not compress: several chunks of what is encrypted.
        noise = b"".join(
            hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(20_000)
        )
        writer.add("files/noise", noise)
        writer.add("rows/contact/000001.jsonl", b'["a",1]\n')
        writer.end(MANIFEST)


def test_what_was_written_is_read(written: Written) -> None:
    archive = Archive(written.path, written.passphrase)
    manifest = archive.checked()
    found = {name: content.read(10_000_000) for name, content in archive.members(manifest)}
    assert found["rows/contact/000001.jsonl"] == b'["a",1]\n'
    assert (
        set(manifest.members)
        == set(found)
        == {
            "about.json",
            "files/noise",
            "rows/contact/000001.jsonl",
        }
    )
    assert about(written.path) == (ABOUT, written.passphrase is not None)


@given(data=st.data())
def test_one_that_was_cut_off_is_refused(written: Written, data: st.DataObject) -> None:
    size = len(written.content)
    near = st.one_of(st.integers(1, 200), st.integers(1, size))
    length = size - data.draw(near, "bytes that are missing")
    with pytest.raises(BackupRefused):
        written.read(written.content[: max(0, length)])


@given(data=st.data())
def test_one_bit_that_is_another_is_seen(written: Written, data: st.DataObject) -> None:
    size = len(written.content)
    ends = st.one_of(st.integers(0, 600), st.integers(size - 200, size - 1))
    place = data.draw(st.one_of(ends, st.integers(0, size - 1)), "place")
    changed = bytearray(written.content)
    changed[place] ^= 1 << data.draw(st.integers(0, 7), "bit")
    with pytest.raises(BackupRefused):
        written.read(bytes(changed))


@given(more=st.binary(min_size=1, max_size=100))
def test_nothing_may_follow(written: Written, more: bytes) -> None:
    with pytest.raises(BackupRefused):
        written.read(written.content + more)


def test_chunks_in_another_order_are_refused(written: Written) -> None:
    size = 256 * 1024 + 16
    at = written.content.index(b"}\n") + 2
    one, two = written.content[at : at + size], written.content[at + size : at + 2 * size]
    with pytest.raises(BackupRefused):
        written.read(written.content[:at] + two + one + written.content[at + 2 * size :])


def test_whatever_is_no_backup_is_refused(written: Written) -> None:
    for content in (b"", b"x", b"TWS sealed backup 1\n", gzip.compress(b"x" * 10_000)):
        with pytest.raises(BackupRefused):
            written.read(content)
        assert about(written.damaged(content)) == (None, False)


def test_another_passphrase_opens_nothing(written: Written) -> None:
    if written.passphrase is None:
        pytest.skip("not encrypted")
    with pytest.raises(BackupRefused, match="passphrase is another one"):
        Archive(written.path, "another passphrase").checked()
    with pytest.raises(BackupRefused, match="give its passphrase"):
        Archive(written.path).checked()


def test_one_of_a_newer_format_is_refused_with_the_version(tmp_path: Path) -> None:
    path = tmp_path / "newer.twsbackup"
    newer = replace(ABOUT, format=FORMAT + 1, tws="9.0")
    with writing(path, newer, None) as writer:
        writer.end(replace(MANIFEST, about=newer))
    with pytest.raises(BackupRefused, match=r"newer TWS \(9.0\)"):
        Archive(path)


@pytest.mark.parametrize("name", ["files/../../etc/passwd", "/etc/passwd"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sly.twsbackup"
    with writing(path, ABOUT, None) as writer:
        writer.add(name, b"x")
        writer.end(MANIFEST)
    with pytest.raises(BackupRefused):
        Archive(path).checked()


def test_one_without_its_end_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "half.twsbackup"
    with pytest.raises(ZeroDivisionError), writing(path, ABOUT, None):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_a_tar_that_others_read(written: Written) -> None:
    if written.passphrase:
        pytest.skip("encrypted")
    with tarfile.open(fileobj=io.BytesIO(written.content), mode="r:gz") as tar:
        first = tar.extractfile("about.json")
        assert first is not None
        assert msgspec.json.decode(first.read(), type=About) == ABOUT
