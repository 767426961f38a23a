"""What tells an unchanged contact from another is the same in every process: the reader that reads
a source is a new one each time, and a server that starts again is another."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from tests.directory.test_staging import FIELDS, MARIE, Source, known
from tws.directory import store
from tws.directory.mapping import mapping
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.staging import Staging
from tws.numbering import plan_of
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Domain

plan = plan_of(Domain(id=DomainId("d"), version=1, company=CompanyId("c"), name="x",
    time_zone="Europe/Paris", emergency_numbers=tuple(sys.argv[2:])))
staging = Staging(Path(sys.argv[1]))
staging.begin()
SourceReading(mapping(FIELDS), repr(FIELDS), plan).run(Source([MARIE], Path()), staging)
print(store.plan_key(plan, frozenset(FIELDS)), known(staging))
"""
EMERGENCY = ("112", "15", "17", "18", "114", "115")


def keys(folder: Path, seed: int, *emergency: str) -> str:
    """Of a process that orders sets by `seed`."""
    command = [sys.executable, "-c", SCRIPT, str(folder / f"{seed}.db"), *emergency]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=60
    ).stdout


def test_processes_agree_on_what_is_unchanged(tmp_path: Path) -> None:
    first = keys(tmp_path, 1, *EMERGENCY)
    assert "'1'" in first
    assert {keys(tmp_path, seed, *EMERGENCY) for seed in (2, 3)} == {first}
    assert keys(tmp_path, 4, *reversed(EMERGENCY)) == first
    assert keys(tmp_path, 5, *EMERGENCY[1:]) != first
