"""Passkeys as WebAuthn has them (Level 3): what a browser is asked, and whether what its
authenticator answers is right. A user is always verified: a passkey stands for both factors."""

import binascii
import json
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME = "TWS"
LOCAL = "localhost"
"Of which browsers ask for passkeys without https too."
ALGORITHMS = (-7, -8, -257)
"ES256, EdDSA and RS256, as of COSE: one of them every authenticator has."
LONGEST = 12_000
"Characters of a member of an answer: what an authenticator says is a tenth of it."
LONGEST_ID = 1023
"Bytes (5.8.3)."
# What the library raises of bytes that may be anything.
WRONG = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, AssertionError),
    *(RecursionError, struct.error, binascii.Error, UnsupportedAlgorithm),
)


class WrongAnswer(Exception):
    """What an authenticator is said to have answered; the words are for the log."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passkey is good: a name of this server, and the page there that asks."""

    rp: str
    origin: str

    @property
    def server(self) -> Fido2Server:
        server = Fido2Server(
            PublicKeyCredentialRpEntity(id=self.rp, name=NAME),
            attestation=AttestationConveyancePreference.NONE,
            verify_origin=lambda origin: origin == self.origin,
        )
        server.allowed_algorithms = [
            one for one in server.allowed_algorithms if one.alg in ALGORITHMS
        ]
        return server


def place(origin: str, names: Collection[str]) -> Place | None:
    """Of a page of that origin; None: it has no passkeys. `names`: those that this server was
    given; the name by which somebody asks for it may be anybody's."""
    try:
        parts = urlsplit(origin)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return None
    host = parts.hostname or ""
    ours = parts.scheme == "https" and host in names and not _is_address(host)
    if not ours and not (host == LOCAL and parts.scheme in ("http", "https")):
        return None
    return Place(host, f"{parts.scheme}://{host}{port}")


def _is_address(host: str) -> bool:
    """Which a passkey is never of (5.1.2)."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked."""

    options: Mapping[str, Any]
    "In JSON (5.1.9, 5.1.10)."
    state: Mapping[str, Any] = field(repr=False)
    "What the answer is held against."

    @property
    def challenge(self) -> str:
        return str(self.state["challenge"])


def ask_to_create(
    place: Place, handle: str, username: str, shown: str, known: Sequence[str]
) -> Asked:
    """`handle`: whose it will be, which says nothing of them; `known`: credentials of theirs,
    whose authenticators make no second one."""
    options, state = place.server.register_begin(
        PublicKeyCredentialUserEntity(id=handle.encode(), name=username, display_name=shown),
        [
            PublicKeyCredentialDescriptor(
                type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one)
            )
            for one in known
        ],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Asked(json.loads(json.dumps(dict(options.public_key))), state)


def ask_to_show(place: Place) -> Asked:
    """Whichever they have: nobody has said who he is."""
    options, state = place.server.authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(json.loads(json.dumps(dict(options.public_key))), state)


def challenge_of(client_data: str) -> str:
    """Which question is answered. WrongAnswer."""
    with _reading():
        return str(websafe_encode(CollectedClientData(websafe_decode(client_data)).challenge))


@dataclass(frozen=True, slots=True)
class Created:
    """A new credential."""

    credential: str
    "Its id, in base64url."
    public_key: str = field(repr=False)
    "COSE, in base64url."
    sign_count: int
    backed_up: bool
    "Whether it is on several devices of theirs."


def created(place: Place, state: Mapping[str, Any], client_data: str, attestation: str) -> Created:
    """Level 3, 7.1, but for the attestation, which is not asked for. WrongAnswer."""
    with _reading():
        # The id stands in the attestation too, which is what is believed.
        answer = RegistrationResponse.from_dict(
            {
                "rawId": "",
                "response": {"clientDataJSON": client_data, "attestationObject": attestation},
            }
        )
        _of_our_page(answer.response.client_data)
        told = place.server.register_complete(state, answer)
        made = told.credential_data
        if made is None or not 0 < len(made.credential_id) <= LONGEST_ID:
            raise WrongAnswer("there is no credential")
        if made.public_key.ALGORITHM not in ALGORITHMS:
            raise WrongAnswer("another algorithm was asked for")
        return Created(
            websafe_encode(made.credential_id),
            websafe_encode(cbor.encode(made.public_key)),
            told.counter,
            _backed_up(told),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows; nothing of it is known to be right. All in base64url."""

    credential: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str


@dataclass(frozen=True, slots=True)
class Used:
    sign_count: int
    backed_up: bool


def used(
    place: Place, state: Mapping[str, Any], shown: Shown, public_key: str, handle: str
) -> Used:
    """7.2, but for the signature counter. WrongAnswer."""
    with _reading():
        answer = AuthenticationResponse.from_dict(
            {
                "rawId": shown.credential,
                "response": {
                    "clientDataJSON": shown.client_data,
                    "authenticatorData": shown.authenticator_data,
                    "signature": shown.signature,
                    "userHandle": shown.user_handle,
                },
            }
        )
        _of_our_page(answer.response.client_data)
        if answer.response.user_handle != handle.encode():
            raise WrongAnswer("it is said to be somebody else's")
        key = CoseKey.parse(_map(cbor.decode(websafe_decode(public_key))))
        known = AttestedCredentialData.create(Aaguid.NONE, answer.raw_id, key)
        place.server.authenticate_complete(state, [known], answer)
        told = answer.response.authenticator_data
        return Used(told.counter, _backed_up(told))


def _of_our_page(client_data: CollectedClientData) -> None:
    if client_data.cross_origin:
        raise WrongAnswer("another site's page had ours in it")


def _backed_up(told: AuthenticatorData) -> bool:
    if told.is_backed_up() and not told.is_backup_eligible():
        raise WrongAnswer("it is backed up and cannot be")
    return told.is_backed_up()


def _map(value: object) -> Mapping[int, Any]:
    if not isinstance(value, Mapping):
        raise WrongAnswer("this is no key")
    return value


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except WRONG as error:
        raise WrongAnswer(str(error) or type(error).__name__) from error
