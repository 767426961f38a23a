"""Whether an ID token is one, and about whoever was sent to the provider (OpenID Connect Core,
3.1.3.7). Signed with a key of the provider: never by nobody, and never with our own secret."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import import_key
from joserfc.jws import JWSRegistry, extract_compact

from tws.access.identity_provider import Failure, NotIdentified
from tws.sentences import Words

LEEWAY = 60
"Seconds by which clocks may differ."
KEYS: Mapping[str, tuple[str, str | None]] = {
    "RS256": ("RSA", None),
    "PS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
"By algorithm: the type and the curve of its keys."


class _Registry(JWSRegistry):
    """Takes headers that it does not know, as RFC 7515 asks; and `EdDSA`, which RFC 9864 only
    renames, without a warning for each token."""

    max_header_length = 8 * 1024

    def get_alg(self, name: str) -> Any:
        if name not in KEYS:
            raise UnsupportedAlgorithmError(f"signed by {name}")
        return self.algorithms[name]


REGISTRY = _Registry(strict_check_header=False)


class UnknownKey(NotIdentified):
    """None of the keys is its own: there may be newer ones."""

    def __init__(self, kid: object) -> None:
        super().__init__(Failure.UNTRUSTED, f"the ID token is signed with an unknown key: {kid}")


@dataclass(frozen=True, slots=True)
class Expected:
    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)
    "What came with it."
    now: float
    "Seconds since 1970."


def claims_of(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected) -> dict[str, Any]:
    """NotIdentified; UnknownKey."""
    try:
        header = extract_compact(token.encode(), registry=REGISTRY).headers()
        if "crit" in header:
            raise untrusted("the ID token has headers that must be understood")
        REGISTRY.get_alg(str(header.get("alg")))
        claims = _signed(token, header, keys)
    except JoseError as error:
        raise untrusted(f"the ID token is none: {error}") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise untrusted(f"the ID token cannot be read: {error}") from error
    _check(claims, header["alg"], expected)
    return claims


def _signed(
    token: str, header: Mapping[str, Any], keys: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    kid = header.get("kid")
    for key in keys:
        if not _fits(key, header["alg"], kid):
            continue
        try:
            return dict(jwt.decode(token, import_key(dict(key)), registry=REGISTRY).claims)
        except BadSignatureError:
            if kid is not None:
                raise
    raise UnknownKey(kid)


def _fits(key: Mapping[str, Any], algorithm: str, kid: object) -> bool:
    kind, curve = KEYS[algorithm]
    return (
        key.get("kty") == kind
        and (curve is None or key.get("crv") == curve)
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) in (algorithm, "EdDSA" if curve == "Ed25519" else algorithm)
        and (kid is None or key.get("kid") == kid)
    )


def signs(key: Mapping[str, Any]) -> bool:
    """Whether an ID token may be signed with it."""
    return any(_fits(key, algorithm, None) for algorithm in KEYS)


def _check(claims: Mapping[str, Any], algorithm: str, expected: Expected) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", expected.client_id if len(audiences) == 1 else None)
    subject = claims.get("sub")
    if claims.get("iss") != expected.issuer:
        raise untrusted("the ID token is another issuer's")
    if expected.client_id not in audiences or party != expected.client_id:
        raise untrusted("the ID token is for somebody else")
    if not _same(claims.get("nonce"), expected.nonce):
        raise untrusted("the ID token is of another sign-in")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise untrusted("the ID token is about nobody")
    if not expected.now - LEEWAY < _seconds(claims, "exp"):
        raise untrusted("the ID token has expired")
    for name in ("iat", "nbf"):
        if (name in claims or name == "iat") and not (
            _seconds(claims, name) < expected.now + LEEWAY
        ):
            raise untrusted(f"the ID token is of the future ({name})")
    if "at_hash" in claims and not _same(
        claims["at_hash"], _half_hash(expected.access_token, algorithm)
    ):
        raise untrusted("the ID token came with another's access token")


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise untrusted(f"the ID token has no {name}")
    return value


def _half_hash(access_token: str, algorithm: str) -> str:
    """Core, 3.1.3.6; of Ed25519 the hash is the one that it uses itself."""
    hashed = hashlib.sha512 if KEYS[algorithm][1] == "Ed25519" else hashlib.sha256
    whole = hashed(access_token.encode()).digest()
    return base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(
        one.encode(errors="replace"), other.encode()
    )


def untrusted(words: Words) -> NotIdentified:
    return NotIdentified(Failure.UNTRUSTED, words)
