"""What browsers answer of passkeys: new ones, and those that are shown."""

import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from fuzz.choices import Choices
from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS
from fuzz.target import Target, holds
from tws.protocols.webauthn import (
    ALGORITHMS,
    LONGEST_ID,
    Place,
    Shown,
    WrongAnswer,
    challenge_of,
    created,
    used,
)

HERE = Place("tws.example.org", "https://tws.example.org")
RP = hashlib.sha256(HERE.rp.encode()).digest()
CHALLENGE = websafe_encode(bytes(32))
STATE = {"challenge": CHALLENGE, "user_verification": "required"}
KEY, ID = ec.derive_private_key(1, ec.SECP256R1()), b"credential"
_AT = KEY.public_key().public_numbers()
PUBLIC = ES256({1: 2, 3: ES256.ALGORITHM, -1: 1, -2: _AT.x.to_bytes(32), -3: _AT.y.to_bytes(32)})
FLAG = AuthenticatorData.FLAG
RIGHT = FLAG.UP | FLAG.UV


def _client(kind: str, origin: str = HERE.origin, more: str = "") -> bytes:
    return f'{{"type":"{kind}","challenge":"{CHALLENGE}","origin":"{origin}"{more}}}'.encode()


def _told(flags: int, count: int = 1, new: bool = False) -> bytes:
    credential = AttestedCredentialData.create(Aaguid.NONE, ID, PUBLIC) if new else b""
    flags |= FLAG.AT if new else 0
    made = AuthenticatorData.create(RP, FLAG(flags), count, credential)
    return bytes(made)


def _attested(told: bytes) -> bytes:
    return bytes(AttestationObject.create("none", AuthenticatorData(told), {}))


def _halves(data: bytes) -> tuple[str, bytes]:
    """The browser's words and the authenticator's bytes, between a line feed."""
    client, _, told = data.partition(b"\n")
    return websafe_encode(client), told


def _created(data: bytes) -> None:
    client, told = _halves(data)
    for text in (client, data.decode(errors="replace")):
        try:
            challenge_of(text)
            made = created(HERE, STATE, text, websafe_encode(told))
        except WrongAnswer:
            continue
        holds(0 < len(made.credential) <= LONGEST_ID * 4 // 3 + 2, "a credential without end")
        holds(made.sign_count >= 0, "a count below nothing")


def _used(data: bytes) -> None:
    choices = Choices(data)
    right = choices.flag()
    client, told = _halves(choices.rest)
    signed = told + hashlib.sha256(choices.rest.partition(b"\n")[0]).digest()
    signature = KEY.sign(signed, ec.ECDSA(hashes.SHA256())) if right else bytes(70)
    shown = Shown(
        credential=websafe_encode(ID),
        client_data=client,
        authenticator_data=websafe_encode(told),
        signature=websafe_encode(signature),
        user_handle=websafe_encode(b"somebody"),
    )
    try:
        found = used(HERE, STATE, shown, websafe_encode(cbor.encode(PUBLIC)), "somebody")
    except WrongAnswer:
        return
    holds(right, "a passkey that nobody signed")
    holds(told.startswith(RP), "of another place")
    holds(found.sign_count >= 0, "a count below nothing")


BOTH = RIGHT | FLAG.BE | FLAG.BS
CREATED = (
    _client("webauthn.create") + b"\n" + _attested(_told(RIGHT, new=True)),
    _client("webauthn.create") + b"\n" + _attested(_told(BOTH, 0, new=True)),
    _client("webauthn.create", more=',"crossOrigin":true') + b"\n" + _attested(_told(RIGHT)),
    _client("webauthn.get", "https://elsewhere.example.org")
    + b"\n"
    + cbor.encode({"fmt": "none"}),
)
USED = (
    _client("webauthn.get") + b"\n" + _told(RIGHT) + b"\x01",
    _client("webauthn.get") + b"\n" + _told(BOTH) + b"\x01",
    _client("webauthn.get") + b"\n" + _told(RIGHT) + b"\x00",
    _client("webauthn.create", more=',"crossOrigin":false') + b"\n" + _told(FLAG.UP) + b"\x01",
)
CBOR = (
    b"\xa0",
    b"\x80",
    b"\xff",
    b"\x9f",
    b"\xbf",
    b"\x1b" + b"\xff" * 8,
    b"\xf9\x7e\0",
    b"\x81" * 900,
)
WORDS = (
    *JSON_WORDS,
    *(b'"crossOrigin":true', b'"topOrigin"', b"\n", RP, CHALLENGE.encode()),
    *CBOR,
    *(cbor.encode(one) for one in (*ALGORITHMS, "fmt", "authData", "attStmt", "packed")),
)
PASSKEY_CREATED = Target(
    feed=_created, seeds=CREATED, words=WORDS, mutate=ByTokens(JSON_PARTS, CREATED, WORDS)
)
PASSKEY_USED = Target(
    feed=_used, seeds=USED, words=WORDS, mutate=ByTokens(JSON_PARTS, USED, WORDS)
)
