"""Tickets of an Active Directory, whose domain controller is Samba: with what it adds to them."""

from pathlib import Path

import pytest

from tests.peers import require_peer, samba
from tests.peers.krb5_kdc import realm_of
from tests.web.house import running_house
from tests.web.test_windows import ByTicket
from tests.web.tickets import SERVICE, Domain
from tws.organisation.parameters.catalogue.server import AUTH_METHODS, AUTH_WINDOWS_REALM

PASSWORDS = {"alice": "Alice-Passw0rd!", "zoe": "Zoe-Passw0rd!"}
LONGER_THAN_ANY_OTHER = 1_500
"Characters: the groups of the user are in a ticket of Active Directory."


async def test_accounts_of_an_active_directory_sign_in(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not samba.allowed():
        pytest.skip("peer samba is missing: only root may mount")
    require_peer("samba")
    require_peer("krb5_kdc")
    with samba.running_domain_controller(PASSWORDS, SERVICE) as controller:
        realm = realm_of(controller.host, samba.REALM, tmp_path)
        domain = Domain(realm, tmp_path, controller.keytab)
        for person, password in PASSWORDS.items():
            realm.ticket(person, password, domain.cache(person))
        monkeypatch.setenv("TWS_KEYTAB", str(controller.keytab))
        async with running_house(database) as house:
            way = ByTicket(house, domain)
            await way.set(AUTH_METHODS, "WindowsSecurity")
            await way.set(AUTH_WINDOWS_REALM, samba.REALM)
            token = domain.token("alice")
            assert len(token) > LONGER_THAN_ANY_OTHER
            assert (await way.shows(token)).json()["user"]["username"] == "alice"
            await way.refused(domain.token("zoe"), "unknownUser")
            await way.refused(token, "ticketRefused")
