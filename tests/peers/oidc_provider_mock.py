"""oidc-provider-mock, an OpenID provider with a page of its own to sign in, on loopback.

with running_oidc_provider({"sub": "one", "preferred_username": "alice"}) as issuer:
    ...
"""

import json
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec

from tests.peers import PeerMissing
from tests.peers.ports import block_of_ports


def prepare() -> None:
    """For `require_peer("oidc_provider_mock")`."""
    if find_spec("oidc_provider_mock") is None:
        raise PeerMissing("the package oidc-provider-mock is not installed", installable=True)


@contextmanager
def running_oidc_provider(*people: Mapping[str, object]) -> Iterator[str]:
    """`people`: their claims, with `sub`. The issuer."""
    with block_of_ports() as ports:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "oidc_provider_mock", f"--port={ports[0]}"),
                *(f"--user-claims={json.dumps(claims)}" for claims in people),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if "Uvicorn running" in line:
                    break
            else:
                raise RuntimeError(f"oidc-provider-mock ended: {''.join(said)[-2000:]}")
            rest = threading.Thread(target=deque, args=(process.stderr, 0))
            rest.start()
            yield f"http://127.0.0.1:{ports[0]}"
            process.terminate()
            rest.join()
        finally:
            process.kill()
            process.communicate()
