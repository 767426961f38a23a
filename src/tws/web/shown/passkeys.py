"""Passkeys, and what browsers are asked for them, as values: in the JSON of WebAuthn (Level 3,
5.1.9 and 5.1.10), which `PublicKeyCredential` reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec

from tws.access.model import Passkey
from tws.web.shown.values import Value


class PasskeyValue(Value):
    """A passkey of somebody's."""

    id: str
    name: str
    created: datetime
    seen: Annotated[
        datetime | None, msgspec.Meta(description="When somebody last signed in with it.")
    ]
    place: Annotated[str, msgspec.Meta(description="The name of the server where it is good.")]
    backed_up: Annotated[
        bool, msgspec.Meta(description="Whether it is on several devices of theirs.")
    ]


class PasskeysValue(Value):
    """One's passkeys."""

    offered: Annotated[
        bool,
        msgspec.Meta(
            description="Whether one may be added: this account signs in by TWS, and this address"
            " of the server is one of its own names, by https."
        ),
    ]
    passkeys: list[PasskeyValue]


class PasskeySignInValue(Value):
    """Who may sign in by a passkey at this address of the server: where somebody has one."""

    offered: Annotated[bool, msgspec.Meta(description="To some of the users.")]
    administrators: Annotated[bool, msgspec.Meta(description="To some administrators.")]


class RelyingPartyValue(Value):
    """For whom a passkey is made."""

    id: str
    name: str


class PasskeyUserValue(Value):
    """Whose a passkey will be, as browsers tell it."""

    id: Annotated[str, msgspec.Meta(description="In base64url.")]
    name: str
    display_name: str


class PasskeyParametersValue(Value):
    """A kind of key that is taken."""

    type: str
    alg: Annotated[int, msgspec.Meta(description="Of COSE.")]


class PasskeyDescriptorValue(Value):
    """A passkey that is there already."""

    type: str
    id: Annotated[str, msgspec.Meta(description="In base64url.")]


class AuthenticatorSelectionValue(Value):
    """What an authenticator must be able to do."""

    resident_key: str
    require_resident_key: bool
    user_verification: str


class PasskeyCreationValue(Value):
    """For `navigator.credentials.create`: PublicKeyCredentialCreationOptionsJSON."""

    rp: RelyingPartyValue
    user: PasskeyUserValue
    challenge: Annotated[str, msgspec.Meta(description="In base64url; good once, for 5 minutes.")]
    pub_key_cred_params: list[PasskeyParametersValue]
    exclude_credentials: list[PasskeyDescriptorValue]
    authenticator_selection: AuthenticatorSelectionValue
    attestation: str


class PasskeyRequestValue(Value):
    """For `navigator.credentials.get`: PublicKeyCredentialRequestOptionsJSON."""

    challenge: Annotated[str, msgspec.Meta(description="In base64url; good once, for 5 minutes.")]
    rp_id: str
    user_verification: str


def passkey(one: Passkey) -> PasskeyValue:
    return PasskeyValue(
        id=one.id,
        name=one.name,
        created=one.created,
        seen=one.seen,
        place=one.rp,
        backed_up=one.backed_up,
    )


def creation(options: Mapping[str, Any]) -> PasskeyCreationValue:
    return msgspec.convert({"excludeCredentials": [], **options}, PasskeyCreationValue)


def request(options: Mapping[str, Any]) -> PasskeyRequestValue:
    return msgspec.convert(dict(options), PasskeyRequestValue)
