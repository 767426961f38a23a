"""The proxy that is delivered, before nodes that serve https: it knows them by certificates."""

import ssl
from pathlib import Path

import httpx

from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE, KEY
from tests.peers.nginx import running_nginx
from tests.running import running_tws

HEALTH = "/api/v1/health"


async def test_a_proxy_speaks_encrypted_to_nodes_it_knows(tmp_path: Path) -> None:
    require_peer("nginx")
    strict = {"TWS_TLS": "strict", "TWS_PROXIES": "127.0.0.1"}
    files = {"TWS_TLS_CERTIFICATE": str(CERTIFICATE), "TWS_TLS_KEY": str(KEY)}
    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    async with running_tws(tmp_path, **strict, **files) as server:
        nodes = {"tws-1": server.port, "tws-2": server.port}
        for name, status in (("localhost", 200), ("somebody.example", 502)):
            with running_nginx(nodes, encrypted_as=name) as (base, _):
                async with httpx.AsyncClient(base_url=base, verify=trusted) as people:
                    assert (await people.get(HEALTH)).status_code == status, name
