"""`tws send-contacts`: sends an export of a user's Outlook to a server that runs (8.8).

It runs on the user's own computer, where no TWS is installed: this file needs Python alone, and is
copied there as it is.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PATIENCE = 600.0
"Seconds: photos are read while the answer is waited for."
VCARD = b"BEGIN:VCARD"
ASKS = 2
"Exit code where many contacts would be deleted, and nobody said yes."
KEY = "TWS_API_KEY"


class Failed(Exception):
    """The server said no, or is not there; in words. `asks`: to be sent again with a yes."""

    def __init__(self, words: str, asks: bool = False) -> None:
        super().__init__(words)
        self.asks = asks


def send(server: str, key: str, content: bytes, *, approve: bool = False) -> dict[str, Any]:
    """The report. Raises Failed."""
    if not server.startswith(("https://", "http://")):
        raise Failed(f"{server} is no address such as https://tws.company.example.")
    kind = "text/vcard" if VCARD in content[:1000].upper() else "text/csv"
    request = urllib.request.Request(  # noqa: S310 - looked at above
        f"{server.rstrip('/')}/api/v1/contacts/outlook{'?approve=true' if approve else ''}",
        data=content,
        headers={"Authorization": f"Bearer {key}", "Content-Type": kind},
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        raise _refused(error) from error
    except (OSError, ValueError) as error:
        raise Failed(f"{server} does not answer: {error}") from error


def _refused(error: urllib.error.HTTPError) -> Failed:
    try:
        problem = json.load(error)
        return Failed(str(problem["detail"]), asks="deleted" in problem)
    except (ValueError, KeyError, TypeError):
        return Failed(f"HTTP {error.code}")


def report(sent: dict[str, Any]) -> list[str]:
    """In lines, for people."""
    counts = ", ".join(
        f"{sent[name]} {name}" for name in ("read", "created", "updated", "deleted", "unchanged")
    )
    lines = [f"{sent['directory']}: {counts}"]
    for title, remarks in (("ignored", sent["ignored"]), ("note", sent["notes"])):
        lines += [
            f"{title}: {one['count']} x {one['words']} ({', '.join(one['examples'][:3])})"
            for one in remarks
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="tws send-contacts", description="Send an export of your Outlook contacts to TWS."
    )
    parser.add_argument("file", type=Path, help="a CSV or vCard file")
    parser.add_argument("--server", required=True, help="such as https://tws.company.example")
    parser.add_argument("--key-file", type=Path, help=f"file of your API key; else {KEY}")
    parser.add_argument("--yes", action="store_true", help="delete however many it takes")
    given = parser.parse_args()
    try:
        key = _key(given.key_file)
        sent = send(given.server, key, given.file.read_bytes(), approve=given.yes)
    except (OSError, Failed) as error:
        asks = isinstance(error, Failed) and error.asks
        hint = " Send it again with --yes if that is right." if asks else ""
        sys.stderr.write(f"tws: {error}{hint}\n")
        sys.exit(ASKS if asks else 1)
    sys.stdout.write("\n".join(report(sent)) + "\n")


def _key(file: Path | None) -> str:
    key = file.read_text("utf-8") if file is not None else os.environ.get(KEY, "")
    if not key.strip():
        raise Failed(f"An API key is needed: --key-file, or {KEY} in the environment.")
    return key.strip()


if __name__ == "__main__":
    main()
