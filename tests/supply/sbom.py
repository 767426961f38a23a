"""`python -m tests.supply.sbom`: what is shipped, in CycloneDX, into ./dist.

`sbom-python.cdx.json` is of what runs on the server, every extra included; `sbom-pages.cdx.json`
of what the pages are built of. Both are read off the locks: nothing is asked, or installed.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tws import __version__

ROOT = Path(__file__).parents[2]
PYTHON, PAGES = "sbom-python.cdx.json", "sbom-pages.cdx.json"


def python(lock: Path) -> dict[str, Any]:
    """CalledProcessError where it cannot be made."""
    written = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements"),
            *("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"),
            *("--output-format", "JSON", "--output-reproducible", str(lock)),
        ],
        capture_output=True,
        check=True,
    )
    return named(json.loads(written.stdout), "tws")


def pages(folder: Path) -> dict[str, Any]:
    written = subprocess.run(
        [
            *("npm", "sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application"),
            *("--package-lock-only", "--omit", "dev"),
        ],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return named(json.loads(written.stdout), "tws-pages")


def named(bom: dict[str, Any], name: str) -> dict[str, Any]:
    """About that, at our version; without what would be another thing each time."""
    bom.pop("serialNumber", None)
    about = bom.setdefault("metadata", {})
    about.pop("timestamp", None)
    about.setdefault("component", {}).update(name=name, version=__version__)
    return bom


def main() -> None:
    dist = ROOT / "dist"
    dist.mkdir(exist_ok=True)
    made = {
        PYTHON: python(ROOT / "requirements" / "run.lock"),
        PAGES: pages(ROOT / "frontend"),
    }
    for name, bom in made.items():
        (dist / name).write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n")
        print(f"dist/{name}: {len(bom['components'])} components")


if __name__ == "__main__":
    main()
