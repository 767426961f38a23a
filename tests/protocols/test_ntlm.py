"""NTLM as a server checks it: the examples of MS-NLMP and RFC 1320, another implementation as
client, and bytes that mean nothing."""

import struct

import pytest
import spnego
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols import ntlm

NONCE = bytes.fromhex("0123456789abcdef")


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "31d6cfe0d16ae931b73c59d7e0c089c0"),
        (b"abc", "a448017aaf21d8525fc10ae87aa6729d"),
        (b"1234567890" * 8, "e33b4ddc9c38f2199c3e7b164fcc0536"),
    ],
)
def test_md4(content: bytes, digest: str) -> None:
    """RFC 1320, A.5."""
    assert ntlm.md4(content).hex() == digest


def test_the_example_of_the_specification() -> None:
    """MS-NLMP, 4.2.4: user User of Domain, whose password is Password."""
    rest = bytes.fromhex(
        "01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000"
        "02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000"
    )
    proof = bytes.fromhex("68cd0ab851e51c96aabc927bebef6a1c")
    shown = ntlm.Answer("User", "Domain", proof, rest)
    right = ntlm.nt_hash("Password")
    assert right.hex() == "a4f49c406510bdcab6824ee7c30fd852"
    assert ntlm.proves(shown, NONCE, right)
    assert not ntlm.proves(shown, bytes(8), right)
    assert not ntlm.proves(shown, NONCE, ntlm.nt_hash("password"))
    assert not ntlm.proves(ntlm.Answer("Other", "Domain", proof, rest), NONCE, right)


@given(
    user=st.text(st.characters(codec="utf-8", categories=("L", "Nd")), min_size=1, max_size=20),
    password=st.text(st.characters(codec="utf-16-le"), min_size=1, max_size=20),
)
def test_another_implementation_proves_what_it_knows(user: str, password: str) -> None:
    client = spnego.client(f"PC\\{user}", password, "localhost", "HTTP", protocol="ntlm")
    begun = client.step()
    assert begun is not None and ntlm.kind(begun) == ntlm.NEGOTIATE
    last = client.step(ntlm.challenge(NONCE, "tws"))
    assert last is not None and ntlm.kind(last) == ntlm.AUTHENTICATE
    shown = ntlm.answer(last)
    assert (shown.user, shown.domain) == (user, "PC")
    assert ntlm.proves(shown, NONCE, ntlm.nt_hash(password))
    assert not ntlm.proves(shown, NONCE, ntlm.nt_hash(password + "x"))


def test_version_1_is_not_taken() -> None:
    """Its response has 24 bytes."""
    name = "User".encode("utf-16-le")
    message = bytearray(64)
    message[:12] = ntlm.SIGNATURE + struct.pack("<I", ntlm.AUTHENTICATE)
    for at, length, start in ((20, 24, 64 + len(name)), (28, 0, 64), (36, len(name), 64)):
        struct.pack_into("<HHI", message, at, length, length, start)
    with pytest.raises(ntlm.NotNtlm, match="version 1"):
        ntlm.answer(bytes(message) + name + bytes(24))


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(content: bytes) -> None:
    for message in (content, ntlm.SIGNATURE + content, ntlm.SIGNATURE + b"\3\0\0\0" + content):
        with pytest.raises(ntlm.NotNtlm):
            ntlm.kind(message)
            ntlm.answer(message)
