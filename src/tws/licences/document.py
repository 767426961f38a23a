"""A licence as a signed document: a JSON Web Signature (RFC 7515) in its compact form, signed with
Ed25519 (RFC 8037), so that any tool of the field can check or make one."""

import base64
import binascii
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tws.errors import Invalid
from tws.licences.dongle import written
from tws.licences.model import Licence

HEADER = {"alg": "EdDSA", "typ": "tws-licence"}
LONGEST = 20_000
"Characters of a file."
MOST = 1_000_000
"Users, or channels."
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def signed(licence: Licence, key: Ed25519PrivateKey) -> str:
    """The file's text."""
    said = {
        "voucher": licence.voucher,
        "dongle": licence.dongle,
        "holder": licence.holder,
        "issued": licence.issued.isoformat(),
        "expires": None if licence.expires is None else licence.expires.isoformat(),
        "applications": dict(licence.applications),
    }
    content = f"{_base64(_json(HEADER))}.{_base64(_json(said))}"
    return f"{content}.{_base64(key.sign(content.encode()))}\n"


def read(text: str, issuers: Iterable[Ed25519PublicKey]) -> Licence:
    """What one of the `issuers` signed. Invalid with words for anything else."""
    if len(text) > LONGEST or not _COMPACT.fullmatch(compact := "".join(text.split())):
        raise _no("This is no licence file.", "noLicence")
    content, _, signature = compact.rpartition(".")
    header, _, said = content.partition(".")
    try:
        known = json.loads(_bytes(header))
        proof = _bytes(signature)
        values = json.loads(_bytes(said))
    except (ValueError, RecursionError) as error:
        raise _no("This is no licence file.", "noLicence") from error
    if known != HEADER:
        # Whatever else a header asks for, a signature of another kind is none.
        raise _no("This is no licence file of TWS.", "noLicence")
    if not any(_verifies(issuer, proof, content.encode()) for issuer in issuers):
        raise _no(
            "This licence was changed, or was made by somebody whom this server does not trust.",
            "licenceNotTrusted",
        )
    try:
        return _licence(values)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _no("This licence is signed, but is not written as one.", "noLicence") from error


def public_key(text: str) -> Ed25519PublicKey:
    """Of 32 bytes in base64; ValueError."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def _licence(values: Mapping[str, Any]) -> Licence:
    applications = {str(name): int(number) for name, number in values["applications"].items()}
    if any(not 0 <= number <= MOST for number in applications.values()):
        raise ValueError("a number that no licence has")
    expires = values["expires"]
    return Licence(
        voucher=str(uuid.UUID(values["voucher"])),
        dongle=written(values["dongle"]),
        holder=str(values["holder"])[:200],
        issued=_time(values["issued"]),
        expires=None if expires is None else _time(expires),
        applications=applications,
    )


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without its zone")
    return time.astimezone(UTC)


def _verifies(issuer: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        issuer.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("no base64") from error


def _no(words: str, why: str) -> Invalid:
    return Invalid(words, field="file", why=why)
