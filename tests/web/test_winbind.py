"""NTLM on a machine of the domain: curl, Samba's `ntlm_auth`, winbind, and the domain controller
that knows the passwords."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import ldap3
import pytest

from tests.peers import require_peer, samba
from tests.web.house import running_house
from tests.web.test_ntlm import curl
from tests.web.test_windows import Way
from tws.organisation.parameters.catalogue.server import AUTH_METHODS, AUTH_WINDOWS_REALM

PASSWORDS = {"alice": "Alice-Passw0rd1", "nobody4": "Nobody-Passw0rd1"}
DISABLED = 0x0202
"userAccountControl of an account that is disabled."


@pytest.fixture
def dc() -> Iterator[samba.DomainController]:
    if not samba.allowed():
        pytest.skip("peer samba is missing: it takes root, who may mount")
    require_peer("samba")
    with samba.running_domain_controller(
        PASSWORDS, "HTTP/tws.lab.test", winbind=True
    ) as controller:
        yield controller


@pytest.fixture
async def way(
    database: Path, dc: samba.DomainController, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Way]:
    monkeypatch.setenv("TWS_NTLM_AUTH", str(dc.ntlm_auth))
    async with running_house(database) as house:
        way = Way(house)
        await way.set(AUTH_METHODS, "WindowsSecurity")
        await way.set(AUTH_WINDOWS_REALM, samba.DOMAIN)
        yield way


def disable(dc: samba.DomainController, account: str) -> None:
    server = ldap3.Server(dc.host, get_info=ldap3.NONE)
    with ldap3.Connection(
        server, samba.ADMIN, samba.PASSWORD, auto_bind="TLS_BEFORE_BIND"
    ) as admin:
        change = {"userAccountControl": [(ldap3.MODIFY_REPLACE, [DISABLED])]}
        assert admin.modify(f"cn={account},cn=users,{samba.SUFFIX}", change), admin.result


async def test_who_the_domain_knows_signs_in(way: Way, dc: samba.DomainController) -> None:
    signed_in = await curl(way.house, "LAB\\alice", PASSWORDS["alice"])
    assert signed_in["user"]["username"] == "alice"
    refused = await curl(way.house, "LAB\\alice", "wrong")
    assert refused["why"] == "ticketRefused" and "NT_STATUS_LOGON_FAILURE" in refused["detail"]
    # The domain knows them, nobody here does.
    stranger = await curl(way.house, "LAB\\nobody4", PASSWORDS["nobody4"])
    assert stranger["why"] == "unknownUser"
    disable(dc, "alice")
    gone = await curl(way.house, "LAB\\alice", PASSWORDS["alice"])
    assert gone["why"] == "ticketRefused" and "NT_STATUS_ACCOUNT_DISABLED" in gone["detail"]
