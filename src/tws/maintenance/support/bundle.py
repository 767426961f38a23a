"""The archive: files with what each is, and what is not in it and why."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from tws import __version__

MANIFEST = "manifest.json"
FORMAT = 1
Content = Callable[[], bytes]


@dataclass(slots=True)
class Bundle:
    made: datetime
    personal: bool
    files: dict[str, bytes] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    "By file, what it is."
    missing: dict[str, str] = field(default_factory=dict)
    "By file, why it is not there."

    def add(self, name: str, about: str, content: bytes) -> None:
        self.files[name], self.about[name] = content, about

    def values(self, name: str, about: str, values: Any) -> None:
        """As JSON that people can read."""
        encoded = msgspec.json.encode(values, enc_hook=str)
        self.add(name, about, msgspec.json.format(encoded, indent=2) + b"\n")

    def lines(self, name: str, about: str, values: Iterable[Any]) -> None:
        """A line of JSON for each."""
        encoded = (msgspec.json.encode(value, enc_hook=str) for value in values)
        self.add(name, about, b"".join(line + b"\n" for line in encoded))

    def lacks(self, name: str, why: str) -> None:
        self.missing[name] = why

    def archive(self) -> bytes:
        """A ZIP file; the manifest stands first."""
        manifest = {
            "format": FORMAT,
            "tws": __version__,
            "made": self.made,
            "personal": self.personal,
            "files": [
                {"name": name, "about": self.about[name], "bytes": len(content)}
                for name, content in self.files.items()
            ],
            "missing": [{"name": name, "why": why} for name, why in self.missing.items()],
        }
        made, at = io.BytesIO(), self.made.timetuple()[:6]
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            first = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
            for name, content in ((MANIFEST, first), *self.files.items()):
                info = zipfile.ZipInfo(name, at)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                archive.writestr(info, content)
        return made.getvalue()
