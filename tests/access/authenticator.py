"""An authenticator in software, with the browser before it: makes passkeys and shows them, rightly
or as it is told to be wrong. Real ones are those of Chromium: `tests.pages.test_passkeys`."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tws.access.model import Passkey
from tws.access.service import AccessService
from tws.organisation.actor import Actor
from tws.protocols.webauthn import Place

FLAG = AuthenticatorData.FLAG
RIGHT = FLAG.UP | FLAG.UV
Json = dict[str, Any]


@dataclass
class Authenticator:
    origin: str
    "Of the page that asks."
    counts: bool = True
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    handle: str = ""
    "Whose it is, once it was made."

    def create(self, options: Mapping[str, Any], flags: FLAG = RIGHT) -> Json:
        """What `addPasskey` takes, but for the name."""
        self.handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        at = {-2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        public = ES256({1: 2, 3: ES256.ALGORITHM, -1: 1, **at})
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        told = AuthenticatorData.create(
            self._rp(options["rp"]["id"]), flags | FLAG.AT, self.count, credential
        )
        return {
            "clientData": self._client_data("webauthn.create", options["challenge"]),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        }

    def get(
        self,
        options: Mapping[str, Any],
        flags: FLAG = RIGHT,
        kind: str = "webauthn.get",
        cross_origin: bool = False,
    ) -> Json:
        """What `loginWithPasskey` takes."""
        self.count += 1 if self.counts else 0
        told = AuthenticatorData.create(self._rp(options["rpId"]), flags, self.count)
        client_data = self._client_data(kind, options["challenge"], cross_origin)
        signed = bytes(told) + hashlib.sha256(websafe_decode(client_data)).digest()
        return {
            "credential": websafe_encode(self.id),
            "clientData": client_data,
            "authenticatorData": websafe_encode(told),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.handle,
        }

    def _client_data(self, kind: str, challenge: str, cross_origin: bool = False) -> str:
        made = CollectedClientData.create(kind, challenge, self.origin, cross_origin)
        return str(websafe_encode(made))

    @staticmethod
    def _rp(id: str) -> bytes:
        return hashlib.sha256(id.encode()).digest()


async def new_passkey(access: AccessService, actor: Actor) -> Passkey:
    """Of somebody who is signed in."""
    here = Place("tws.company.example", "https://tws.company.example")
    asked = await access.passkeys.begin(actor, here, None, "")
    given = Authenticator(here.origin).create(asked.options)
    return await access.passkeys.add(
        actor, "Telephone", given["clientData"], given["attestationObject"]
    )
