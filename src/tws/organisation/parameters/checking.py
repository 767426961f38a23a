"""Which texts cannot be right for a parameter. WrongValue with words; nothing else is said of what
can only be found out by trying it."""

import re
from urllib.parse import urlsplit

from tws.forms import WrongValue

_HOST = re.compile(r"[\w.:%-]{1,253}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")
_NUMBER = re.compile(r"[0-9*#+]{1,32}")
_FILE = re.compile(r"[^/\\:]{1,100}\.xml", re.IGNORECASE)
_CLAIM = re.compile(r"[A-Za-z0-9_.:/-]{1,100}")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,100}")
"As RFC 6749, 3.3, has it."
LONGEST_LABEL = 60
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"Where nobody listens on the way."
USER = "?"
"Stands for the user's name in the place of an LDAP tree (6.3)."


def map_service(text: str) -> None:
    """People click on it: no other scheme may hide there."""
    if not _web(text) or "{0}" not in text:
        raise WrongValue(
            "value",
            "an address such as https://maps.example/?q={address} is expected",
            address="{0}",
        )


def web_page(text: str) -> None:
    """Nothing, or where a page is; it may hold tokens (`[-DisplayName-]`)."""
    if text and not _web(text):
        raise WrongValue("value", "an address that begins with http:// or https:// is expected")


def host(text: str) -> None:
    """Nothing, or a name or an IP address."""
    if text and not _HOST.fullmatch(text):
        raise WrongValue("value", "a host name or an address is expected")


def hosts(text: str) -> None:
    """Nothing, or one or more of them, with commas or blanks between."""
    for each in text.replace(",", " ").split():
        host(each)


def phone_number(text: str) -> None:
    """Nothing, or what a telephone dials."""
    if text and not _NUMBER.fullmatch(text):
        raise WrongValue("value", "a number of the signs 0-9 * # + is expected")


def mail_address(text: str) -> None:
    """Nothing, or one bare address."""
    if text and not _ADDRESS.fullmatch(text):
        raise WrongValue("value", "an address such as name@company.example is expected")


def file_name(text: str) -> None:
    """Nothing, or a file of the company's."""
    if text and ("/" in text or "\\" in text or text.startswith(".")):
        raise WrongValue("value", "the name of a file is expected, without a folder")


def ldap_place(text: str) -> None:
    """Where all were one entry, whoever knows its password would be everybody."""
    if USER not in text:
        raise WrongValue("value", "{sign} must stand in it: it becomes the user's name", sign=USER)


def issuer(text: str) -> None:
    """Nothing, or where an OpenID provider is (OpenID Connect Core, 2): people's passwords and
    our keys come from there."""
    if not text:
        return
    parts = urlsplit(text) if _web(text) else None
    bare = parts is not None and not (parts.query or parts.fragment or parts.username)
    if not bare or not private(text) or any(c <= " " for c in text):
        raise WrongValue("value", "an address that begins with https:// is expected")


def private(url: str) -> bool:
    """Whether nobody can read or change what comes from there."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        return safe and bool(parts.hostname)
    except ValueError:
        return False


def claim(text: str) -> None:
    if not _CLAIM.fullmatch(text):
        raise WrongValue("value", "the name of a claim is expected, such as preferred_username")


def scopes(text: str) -> None:
    words = text.split(" ")
    if "openid" not in words or not all(_SCOPE.fullmatch(word) for word in words):
        raise WrongValue("value", "words with one blank between them are expected, with openid")


def label(text: str) -> None:
    if not text or len(text) > LONGEST_LABEL:
        raise WrongValue("value", "1 to {most} characters are expected", most=LONGEST_LABEL)


def xml_file(text: str) -> None:
    """Nothing, or a file's name: never a path out of the folder where these files are."""
    if text and not _FILE.fullmatch(text):
        raise WrongValue("value", "the name of an XML file is expected, without a folder")


def _web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
