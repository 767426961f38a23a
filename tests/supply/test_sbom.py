"""The bills of materials name what the locks name, and us."""

import re

from tests.supply import sbom
from tws import __version__

LOCKED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^ \\;]+)", re.MULTILINE)


def test_every_locked_package_is_in_it() -> None:
    lock = sbom.ROOT / "requirements" / "run.lock"
    made = sbom.python(lock)
    told = {(one["name"].lower(), one["version"]) for one in made["components"]}
    assert told == {(name.lower(), version) for name, version in LOCKED.findall(lock.read_text())}
    assert all(one["purl"].startswith("pkg:pypi/") for one in made["components"])
    about = made["metadata"]["component"]
    assert (about["name"], about["version"]) == ("tws", __version__)
    assert made["bomFormat"] == "CycloneDX"
    assert sbom.python(lock) == made
