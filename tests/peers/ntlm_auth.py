"""Samba's `ntlm_auth`, as TWS starts it, without a domain behind it: it knows one account by
itself (`--password`), where it asks winbind otherwise.

    program(folder, "alice", "secret")      # what TWS_NTLM_AUTH names
"""

import shlex
from functools import cache
from pathlib import Path

from tests.peers.debian import Root, unpacked
from tests.peers.samba import PACKAGES, SUITES

DOMAIN = "LAB"


def prepare() -> None:
    """For `require_peer("ntlm_auth")`: raises PeerMissing."""
    root()


@cache
def root() -> Root:
    return unpacked(PACKAGES, SUITES)


def program(folder: Path, account: str, password: str) -> Path:
    places = ("lock directory", "state directory", "cache directory", "pid directory")
    conf = folder / "smb.conf"
    conf.write_text(
        "\n".join(
            ["[global]", f"workgroup = {DOMAIN}", f"log file = {folder}/log"]
            + [f"{place} = {folder}" for place in (*places, "private dir")]
        )
    )
    command = root().command("usr/bin/ntlm_auth", f"--configfile={conf}")
    words = [f"--username={account}", f"--domain={DOMAIN}", f"--password={password}"]
    script = folder / "ntlm_auth"
    script.write_text(f'#!/bin/sh\nexec {shlex.join([*command, *words])} "$@"\n')
    script.chmod(0o755)
    return script
