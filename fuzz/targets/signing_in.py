"""What browsers show of who somebody is: NTLM, keytabs, ID tokens of providers."""

import base64
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fuzz.choices import Choices
from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON
from fuzz.target import Target, holds
from tws.access.identity_provider import NotIdentified
from tws.connectors.openid.id_token import Expected, claims_of
from tws.connectors.windows.keytab import NoKeytab, keys
from tws.protocols import ntlm

NONCE, HASH = bytes(8), ntlm.nt_hash("secret")
NEGOTIATE = b"NTLMSSP\0\x01\0\0\0" + bytes(20)


def _authenticate(user: bytes, domain: bytes, response: bytes) -> bytes:
    """Fields at their places, as a client of Windows has them."""
    body, at, heads = b"", 64, {}
    for name, content in (("response", response), ("domain", domain), ("user", user)):
        heads[name] = len(content).to_bytes(2, "little") * 2 + (at + len(body)).to_bytes(
            4, "little"
        )
        body += content
    message = bytearray(b"NTLMSSP\0\x03\0\0\0" + bytes(52))
    for name, place in (("response", 20), ("domain", 28), ("user", 36)):
        message[place : place + 8] = heads[name]
    return bytes(message) + body


AUTHENTICATES = (
    _authenticate("jean".encode("utf-16-le"), "SSDEI".encode("utf-16-le"), bytes(60)),
    _authenticate(b"", b"", bytes(24)),
    _authenticate(b"\0\xd8", b"\0", bytes(44)),
)


def _ntlm(data: bytes) -> None:
    try:
        found = ntlm.kind(data)
        answer = ntlm.answer(data) if found == ntlm.AUTHENTICATE else None
    except ntlm.NotNtlm:
        return
    if answer is not None:
        holds(len(answer.proof) == ntlm.PROOF, "a proof of another length")
        holds(not ntlm.proves(answer, NONCE, HASH), "it proves a password that it does not know")


NTLM_MESSAGE = Target(
    feed=_ntlm,
    seeds=(NEGOTIATE, *AUTHENTICATES),
    words=(b"NTLMSSP\0", b"\x03\0\0\0", b"\xff\xff\xff\xff", b"\0\xd8", b"\x18\0\x18\0"),
)


def _record(*parts: bytes) -> bytes:
    names = b"".join(len(part).to_bytes(2) + part for part in parts)
    record = (len(parts) - 1).to_bytes(2) + names + bytes(8) + b"\x03\0\x12\0\x04abcd\0\0\0\x03"
    return len(record).to_bytes(4) + record


def _keytab(data: bytes) -> None:
    try:
        found = keys(data)
    except NoKeytab:
        return
    holds(len(found) * 4 <= len(data), "more keys than there is room for")
    holds(all("@" in key.principal for key in found), "nobody's key")


KEYTAB = Target(
    feed=_keytab,
    seeds=(
        b"\x05\x02" + _record(b"EXAMPLE.ORG", b"HTTP", b"tws.example.org") * 2,
        b"\x05\x02" + (-8).to_bytes(4, signed=True) + bytes(8) + _record(b"R"),
    ),
    words=(b"\x05\x02", b"\x80\0\0\0", b"\x7f\xff\xff\xff", b"\0\0"),
)


# ---------------------------------------------------------------- ID tokens

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = {
    "kty": "OKP",
    "crv": "Ed25519",
    "kid": "1",
    "x": base64.urlsafe_b64encode(KEY.public_key().public_bytes_raw()).decode().rstrip("="),
}
EXPECTED = Expected("https://idp.example", "tws", "n", "access", 1_000_000.0)
CLAIMS = b'{"iss":"https://idp.example","aud":"tws","nonce":"n","sub":"1","exp":2e6,"iat":1}'
HEADER = b'{"alg":"EdDSA","kid":"1"}'


def _token(data: bytes) -> None:
    """Header and claims between a line feed; signed rightly where the input says so."""
    choices = Choices(data)
    right = choices.flag()
    header, _, claims = choices.rest.partition(b"\n")
    content = b".".join(map(_base64, (header, claims)))
    signature = KEY.sign(content) if right else bytes(64)
    token = (content + b"." + _base64(signature)).decode()
    for text in (token, data.decode(errors="replace")):
        try:
            found = claims_of(text, [PUBLIC], EXPECTED)
        except NotIdentified:
            continue
        holds(right and text is token, "a token that nobody signed")
        holds(found["iss"] == EXPECTED.issuer, "of another issuer")
        json.dumps(found)


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


ID_TOKEN = Target(
    feed=_token,
    seeds=(
        HEADER + b"\n" + CLAIMS + b"\x01",
        HEADER + b"\n" + CLAIMS + b"\x00",
        b'{"alg":"none"}\n' + CLAIMS + b"\x01",
        b'{"alg":"HS256","crit":["b64"]}\n{}\x01',
        *(HEADER + b"\n" + nested + b"\x01" for nested in NESTED_JSON),
    ),
    words=(*JSON_WORDS, b'"kid"', b'"alg"', b'"aud"', b'"azp"', b'"at_hash"', b'"nbf"', b"\n"),
    mutate=ByTokens(JSON_PARTS, (HEADER + b"\n" + CLAIMS + b"\x01",), JSON_WORDS),
)
