"""NTLM version 2, as a server without a domain checks it (MS-NLMP). Version 1 is refused: what it
sends can be turned back into the password."""

import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass

SIGNATURE = b"NTLMSSP\0"
NEGOTIATE, CHALLENGE, AUTHENTICATE = 1, 2, 3
CHALLENGE_BYTES = 8
FLAGS = 0x00000001 | 0x00000004 | 0x00000200 | 0x00008000 | 0x00020000 | 0x00080000 | 0x00800000
"Unicode, a target's name, NTLM, always signed, of a server, extended session security, its names."
STRONG = 0x20000000 | 0x80000000
"128 and 56 bits."
NB_COMPUTER, NB_DOMAIN = 1, 2
PROOF, LEAST_RESPONSE, VERSION_1 = 16, 44, 24
_FIELDS = {"response": 20, "domain": 28, "user": 36}
"Where in an AUTHENTICATE message the place of each stands."
_MASK = 0xFFFFFFFF


class NotNtlm(ValueError):
    """These bytes are no such message, or none that is taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client answers to a challenge."""

    user: str
    domain: str
    "As the client writes it: part of what is proven."
    proof: bytes
    rest: bytes


def kind(message: bytes) -> int:
    """NotNtlm for anything else than a message of a client."""
    if message[:8] != SIGNATURE or len(message) < 12:
        raise NotNtlm("it is no message of NTLM")
    (found,) = struct.unpack_from("<I", message, 8)
    if found not in (NEGOTIATE, AUTHENTICATE):
        raise NotNtlm("it is no message of NTLM that a client sends")
    return int(found)


def challenge(nonce: bytes, name: str) -> bytes:
    """The CHALLENGE message; `nonce`: 8 bytes that nobody can foresee; `name`: of the server."""
    shown = name.upper().encode("utf-16-le")
    pairs = b"".join(
        struct.pack("<HH", each, len(shown)) + shown for each in (NB_DOMAIN, NB_COMPUTER)
    )
    pairs += bytes(4)
    head = 48
    return b"".join(
        (
            SIGNATURE,
            struct.pack("<I", CHALLENGE),
            struct.pack("<HHI", len(shown), len(shown), head),
            struct.pack("<I", FLAGS | STRONG),
            nonce,
            bytes(8),
            struct.pack("<HHI", len(pairs), len(pairs), head + len(shown)),
            shown,
            pairs,
        )
    )


def answer(message: bytes) -> Answer:
    """What an AUTHENTICATE message shows. NotNtlm."""
    try:
        found = {name: _field(message, at) for name, at in _FIELDS.items()}
        user, domain = (found[name].decode("utf-16-le") for name in ("user", "domain"))
    except (struct.error, UnicodeDecodeError) as error:
        raise NotNtlm("the message of NTLM is cut short") from error
    response = found["response"]
    if len(response) == VERSION_1:
        raise NotNtlm("it is NTLM version 1, which is not taken")
    if len(response) < LEAST_RESPONSE or not user:
        raise NotNtlm("the message of NTLM names nobody")
    return Answer(user, domain, response[:PROOF], response[PROOF:])


def proves(shown: Answer, nonce: bytes, nt_hash: bytes) -> bool:
    """Whether whoever answers to that nonce knows the password (3.3.2)."""
    named = (shown.user.upper() + shown.domain).encode("utf-16-le")
    key = hmac.digest(nt_hash, named, "md5")
    return hmac.compare_digest(hmac.digest(key, nonce + shown.rest, "md5"), shown.proof)


def nt_hash(password: str) -> bytes:
    return md4(password.encode("utf-16-le"))


def _field(message: bytes, at: int) -> bytes:
    length, _, start = struct.unpack_from("<HHI", message, at)
    if start + length > len(message):
        raise struct.error
    return message[start : start + length]


_Mixed = Callable[[int, int, int], int]
_ROUNDS: tuple[tuple[_Mixed, int, tuple[int, ...], tuple[int, ...]], ...] = (
    (lambda x, y, z: (x & y) | (~x & z), 0, tuple(range(16)), (3, 7, 11, 19)),
    (
        lambda x, y, z: (x & y) | (x & z) | (y & z),
        0x5A827999,
        tuple(row + 4 * column for row in range(4) for column in range(4)),
        (3, 5, 9, 13),
    ),
    (
        lambda x, y, z: x ^ y ^ z,
        0x6ED9EBA1,
        (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15),
        (3, 9, 11, 15),
    ),
)


def md4(content: bytes) -> bytes:
    """RFC 1320: OpenSSL 3 has it no more, and NTLM nothing else."""
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    padded = content + b"\x80" + bytes(-(len(content) + 9) % 64)
    padded += struct.pack("<Q", 8 * len(content))
    for at in range(0, len(padded), 64):
        words = struct.unpack_from("<16I", padded, at)
        a, b, c, d = state
        for mixed, added, order, shifts in _ROUNDS:
            for step, index in enumerate(order):
                total = (a + (mixed(b, c, d) & _MASK) + words[index] + added) & _MASK
                shift = shifts[step % 4]
                turned = ((total << shift) | (total >> (32 - shift))) & _MASK
                a, b, c, d = d, turned, b, c
        state = [(old + new) & _MASK for old, new in zip(state, (a, b, c, d), strict=True)]
    return struct.pack("<4I", *state)
