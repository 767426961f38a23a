"""One-time passwords by the clock (RFC 6238): six digits, of thirty seconds each, HMAC-SHA-1, as
every authenticator application has them."""

import base64
import hmac
import struct
from urllib.parse import quote, urlencode

STEP = 30
"Seconds."
DIGITS = 6
SECRET_BYTES = 20
LATE = 1
"Steps by which a telephone's clock may be wrong, either way."


def code(secret: bytes, step: int) -> str:
    """RFC 4226, 5.3."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number: int = struct.unpack_from(">I", digest, offset)[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(now: float) -> int:
    """`now`: seconds since 1970."""
    return int(now) // STEP


def matching_step(secret: bytes, shown: str, now: float, after: int) -> int | None:
    """The step whose code was shown: later than `after`, so that none is used twice (5.2)."""
    digits = "".join(shown.split())
    if not digits.isascii():
        return None
    here = step_of(now)
    for step in range(here - LATE, here + LATE + 1):
        if hmac.compare_digest(code(secret, step), digits) and step > after:
            return step
    return None


def address(secret: bytes, issuer: str, account: str) -> str:
    """What an authenticator application reads off a picture (`otpauth:`)."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    written = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{label}?{urlencode({'secret': written, 'issuer': issuer})}"
