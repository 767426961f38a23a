"""What was read of a source, in a file, compared with what is known of it.

An SQLite file of its own: the reader writes it, the server takes from it what is new, other and
gone, once it is whole; of an empty directory meanwhile.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from tws.directory.prepared import Prepared, Staged
from tws.directory.runs import Counts

THERE = "SELECT identifier FROM entry WHERE identifier IN (SELECT value FROM json_each(?))"
PAGES = 2000
"Pages of SQLite's cache: 8 MB."


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Prepared).decode


class Staging:
    """One synchronisation of one directory. sqlite3.Error when its disk is full or gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # One at a time uses it, in the threads of a pool.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in (
            # Losing it costs a new reading: no need to wait for the disk.
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = {PAGES}",
            "temp_store = MEMORY",
        ):
            self._db.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        self._db.close()

    # ------------------------------------------------------------ what is known

    def begin(self) -> None:
        """Forget what an earlier reading left."""
        for table in ("known", "entry", "ended"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.execute(
            "CREATE TABLE known (identifier TEXT PRIMARY KEY, hash BLOB) WITHOUT ROWID"
        )
        self._db.execute(
            "CREATE TABLE entry (identifier TEXT UNIQUE NOT NULL, hash BLOB, prepared BLOB)"
        )

    def know(self, rows: Iterable[tuple[str, bytes | None]]) -> None:
        """Identifiers and hashes of what the directory has."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", rows)
        self._db.execute("COMMIT")

    @property
    def nothing_known(self) -> bool:
        """The directory is empty."""
        return not self._db.execute("SELECT EXISTS (SELECT 1 FROM known)").fetchone()[0]

    # ------------------------------------------------------------ reading

    def unknown(self, keys: Sequence[tuple[str, bytes]]) -> list[bool]:
        """For each (identifier, hash): whether it is new, or other than what is known."""
        if self.nothing_known:
            return [True] * len(keys)
        with closing(self._db.cursor()) as cursor:
            find = "SELECT 1 FROM known WHERE identifier = ? AND hash = ?"
            return [cursor.execute(find, key).fetchone() is None for key in keys]

    def add(self, rows: Sequence[tuple[str, bytes, Prepared | None]]) -> list[str]:
        """Identifier, hash and, of what is `unknown`, the card; the identifiers that were there
        already: the first one with an identifier counts."""
        asked = msgspec.json.encode([identifier for identifier, _, _ in rows]).decode()
        there = {identifier for (identifier,) in self._db.execute(THERE, (asked,))}
        new, twice = [], []
        for identifier, hash, prepared in rows:
            if identifier in there:
                twice.append(identifier)
                continue
            there.add(identifier)
            new.append((identifier, hash, None if prepared is None else _encode(prepared)))
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?)", new)
        self._db.execute("COMMIT")
        return twice

    def arrived(self, after: int, limit: int) -> list[tuple[int, Staged]]:
        """What was added behind `after`, in its order, each with its place. The reader may be
        adding more."""
        rows = self._db.execute(
            "SELECT rowid, hash, prepared FROM entry"
            " WHERE rowid > ? AND prepared IS NOT NULL ORDER BY rowid LIMIT ?",
            (after, limit),
        ).fetchall()
        return [(n, Staged(hash=hash, prepared=_decode(packed))) for n, hash, packed in rows]

    def keep(self, prefix: str) -> None:
        """What is known under identifiers that begin so stays as it is, whatever was read."""
        after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        self._db.execute("BEGIN")
        self._db.execute(
            "DELETE FROM entry WHERE identifier >= ? AND identifier < ?", (prefix, after)
        )
        self._db.execute(
            "INSERT INTO entry SELECT identifier, hash, NULL FROM known"
            " WHERE identifier >= ? AND identifier < ?",
            (prefix, after),
        )
        self._db.execute("COMMIT")

    def end(self) -> None:
        """The source was read to its end."""
        self._db.execute("CREATE TABLE ended (yes)")

    @property
    def ended(self) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE name = 'ended'"
        return self._db.execute(query).fetchone() is not None

    # ------------------------------------------------------------ merging

    def counts(self) -> Counts:
        known, read, common, same = self._db.execute(
            "SELECT (SELECT count(*) FROM known), (SELECT count(*) FROM entry),"
            " (SELECT count(*) FROM entry JOIN known USING (identifier)),"
            " (SELECT count(*) FROM entry JOIN known USING (identifier, hash))"
        ).fetchone()
        return Counts(
            known=known,
            created=read - common,
            updated=common - same,
            deleted=known - common,
            unchanged=same,
        )

    def changed(self, after: str, limit: int) -> list[Staged]:
        """Those that are new or other, with an identifier behind `after`, in its order."""
        rows = self._db.execute(
            "SELECT entry.hash, prepared FROM entry"
            " LEFT JOIN known USING (identifier)"
            " WHERE prepared IS NOT NULL AND entry.identifier > ?"
            " AND (known.hash IS NULL OR known.hash != entry.hash)"
            " ORDER BY entry.identifier LIMIT ?",
            (after, limit),
        )
        return [Staged(hash=hash, prepared=_decode(packed)) for hash, packed in rows]

    def gone(self, after: str, limit: int) -> list[str]:
        """Identifiers behind `after`, in their order, that the source has no more."""
        rows = self._db.execute(
            "SELECT identifier FROM known WHERE identifier > ?"
            " AND identifier NOT IN (SELECT identifier FROM entry)"
            " ORDER BY identifier LIMIT ?",
            (after, limit),
        )
        return [identifier for (identifier,) in rows]
