"""Signing in with the passwords of LDAP accounts, on a real slapd."""

import shutil
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.access.conftest import SECRETS, Clock
from tests.access.hashing import quick
from tests.connectors.people import person
from tests.connectors.test_ldap_trouble import answering
from tests.organisation.world import Place, World, new_place, new_world
from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.ports import block_of_ports
from tests.peers.slapd import PEOPLE, Attributes, Slapd, running_slapd
from tws.access.errors import LoginRefused
from tws.access.login_method import Credentials
from tws.access.service import AccessService
from tws.bus import Bus
from tws.connectors import signing_in
from tws.connectors.ldap import login
from tws.connectors.ldap.login import bind_name
from tws.errors import Unavailable
from tws.organisation.actor import SYSTEM
from tws.organisation.parameters.catalogue.server import (
    AUTH_LDAP_CERTIFICATE,
    AUTH_LDAP_DN,
    AUTH_LDAP_PORT,
    AUTH_LDAP_SERVER,
    AUTH_LDAP_TLS,
    AUTH_METHODS,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.parameters.parameter import Data
from tws.storage import Storage

PASSWORD = "their own secret"
ODD = '#x"<y>,ou=people+;='


def account(name: str) -> Attributes:
    return {**person(0), "uid": name, "cn": name}


@pytest.fixture(scope="module")
def slapd() -> Iterator[Slapd]:
    require_peer("slapd")
    names = ("alice", "bob", ODD)
    people = [(bind_name(f"uid=?,{PEOPLE}", name), account(name)) for name in names]
    with running_slapd(people) as server:
        yield server


@dataclass
class Gate:
    world: World
    place: Place
    access: AccessService

    async def set(self, parameters: Mapping[str, Data]) -> None:
        """For everybody of SSDEI."""
        service = self.world.service.parameters
        for name, value in parameters.items():
            known = service.list_parameter_values(SYSTEM, parameter=name)
            version = known[0].version if known else None
            await service.set_parameter(
                SYSTEM,
                parameter=name,
                value=value,
                company=self.place.company.id,
                version=version,
            )

    async def login(self, username: str, password: str = PASSWORD) -> str | None:
        """Whose session it is."""
        shown = Credentials(username, password, address="10.0.0.1")
        actor, _ = await self.access.signing.login(shown, agent="")
        return actor.user


@pytest.fixture
async def gate(
    sqlite_storage: Storage, bus: Bus, tmp_path: Path, slapd: Slapd
) -> AsyncIterator[Gate]:
    world = await new_world(sqlite_storage, bus)
    place = await new_place(world.service)
    (tmp_path / place.company.id).mkdir()
    shutil.copy(CERTIFICATE, tmp_path / place.company.id)
    methods = signing_in.login_methods(Parameters(world.registry), tmp_path)
    access = AccessService(
        sqlite_storage, world.registry, bus, Clock(), SECRETS, hashing=quick(), methods=methods
    )
    gate = Gate(world, place, access)
    await gate.set(
        {
            AUTH_METHODS: "LDAP",
            AUTH_LDAP_SERVER: slapd.host,
            AUTH_LDAP_PORT: slapd.port,
            AUTH_LDAP_TLS: "starttls",
            AUTH_LDAP_CERTIFICATE: CERTIFICATE.name,
            AUTH_LDAP_DN: f"uid=?,{PEOPLE}",
        }
    )
    yield gate


async def test_the_password_is_that_of_the_account(gate: Gate, slapd: Slapd) -> None:
    assert await gate.login("alice") == await gate.login("ALICE") == gate.place.alice.id
    for wrong in ("another", "", " ", PASSWORD + "\0"):
        with pytest.raises(LoginRefused):
            await gate.login("alice", wrong)
    await gate.set({AUTH_LDAP_TLS: "ldaps", AUTH_LDAP_PORT: slapd.tls_port})
    assert await gate.login("alice") == gate.place.alice.id


async def test_a_name_is_a_name_whatever_is_in_it(gate: Gate) -> None:
    users, alice = gate.world.service.users, gate.place.alice
    await users.update_user(SYSTEM, alice.id, alice.version, username=ODD)
    assert await gate.login(ODD) == alice.id
    with pytest.raises(LoginRefused):  # an account of LDAP that is nobody here
        await gate.login("alice")


async def test_a_server_that_does_not_answer_refuses_nobody(gate: Gate, slapd: Slapd) -> None:
    with block_of_ports() as ports:
        await gate.set({AUTH_LDAP_PORT: ports[0]})
        with pytest.raises(Unavailable, match="cannot be asked"):
            await gate.login("alice")
    await gate.set({AUTH_LDAP_SERVER: "127.0.0.3, localhost", AUTH_LDAP_PORT: slapd.port})
    assert await gate.login("alice") == gate.place.alice.id
    await gate.set({AUTH_LDAP_CERTIFICATE: ""})
    with pytest.raises(Unavailable):  # nobody's certificate is trusted unseen
        await gate.login("alice")
    await gate.set({AUTH_LDAP_SERVER: ""})
    with pytest.raises(Unavailable, match="No LDAP server is named"):
        await gate.login("alice")


async def test_what_is_wrong_is_told_to_administrators_only(gate: Gate, slapd: Slapd) -> None:
    async def said(password: str = PASSWORD) -> str:
        signing, administrator = gate.access.signing, gate.place.administrator
        [one] = await signing.try_out(administrator, gate.place.alice.id, password, "")
        return f"{one.outcome.value}: {one.said}"

    assert await said() == "accepted: "
    assert await said("") == "refused: The LDAP server localhost answers."
    bound = f"uid=alice,{PEOPLE}"
    assert await said("wrong") == (
        f"refused: localhost refuses {bound}: the user or the password is wrong."
    )
    await gate.set({AUTH_LDAP_CERTIFICATE: ""})
    assert "notAsked: The certificate of localhost is not trusted" in await said()
    await gate.set({AUTH_LDAP_CERTIFICATE: "gone.pem"})
    assert "gone.pem" in await said()
    await gate.set({AUTH_LDAP_SERVER: ""})
    assert await said() == "notAsked: No LDAP server is named to sign in by: set AuthLdapServer."


async def test_servers_are_looked_for_without_a_password(
    gate: Gate, slapd: Slapd, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def looked(covers: bool = True) -> list[tuple[bool, str]]:
        found = await gate.access.elsewhere.examine(lambda company: covers)
        assert {one.method for one in found} <= {"LDAP"}
        return [(one.reached.well, str(one.reached.said)) for one in found]

    well = (True, "The LDAP server localhost answers.")
    assert await looked() == [well]  # of two users, who share it
    assert await looked(covers=False) == []
    await gate.set({AUTH_LDAP_TLS: "ldaps", AUTH_LDAP_PORT: slapd.tls_port})
    assert await looked() == [well]
    await gate.set({AUTH_LDAP_CERTIFICATE: ""})
    [(fine, said)] = await looked()
    assert not fine and "The certificate of localhost is not trusted" in said
    await gate.set({AUTH_LDAP_SERVER: "127.0.0.3, localhost", AUTH_LDAP_PORT: slapd.port})
    await gate.set({AUTH_LDAP_TLS: "none"})
    away = (False, f"Nothing answers on port {slapd.port} of 127.0.0.3: look at the port.")
    assert await looked() == [away, well]
    await gate.set({AUTH_LDAP_SERVER: ""})
    assert await looked() == []
    monkeypatch.setattr(login, "LOOKING", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        await gate.set({AUTH_LDAP_SERVER: "127.0.0.1", AUTH_LDAP_PORT: port})
        [(fine, said)] = await looked()
    assert not fine and "does not answer within" in said


async def test_a_server_that_knows_nobody_unnamed_answers(gate: Gate) -> None:
    refused = bytes.fromhex("300c02010161070a013004000400")  # inappropriateAuthentication
    with answering(refused) as port:
        await gate.set(
            {AUTH_LDAP_SERVER: "127.0.0.1", AUTH_LDAP_PORT: port, AUTH_LDAP_TLS: "none"}
        )
        [one] = await gate.access.elsewhere.examine(lambda company: True)
        assert one.reached.well


@pytest.mark.parametrize(
    ("pattern", "name", "bound"),
    [
        ("?", "alice", "alice"),
        (r"SSDEI\?", "alice", r"SSDEI\alice"),
        ("?@ssdei.local", "alice", "alice@ssdei.local"),
        ("OU=PARIS, DC=SSDEI, DC=local, CN=?", "alice", "OU=PARIS, DC=SSDEI, DC=local, CN=alice"),
        ("uid=?,dc=a", "x,dc=b", r"uid=x\,dc\=b,dc=a"),
        ("uid=?,dc=a", " #\\", r"uid=\ #\\,dc=a"),
        ("uid=?,dc=a", "#x ", r"uid=\#x\ ,dc=a"),
    ],
)
def test_the_name_stands_where_the_question_mark_is(pattern: str, name: str, bound: str) -> None:
    assert bind_name(pattern, name) == bound
