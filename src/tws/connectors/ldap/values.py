"""The attributes of an LDAP entry as the values of a directory's entry.

Names are written in lower case, as mappings write them (specification 8.3). What says nothing of
a person and changes at each log-in is left out, so that an entry that nobody touched stays the
same; passwords never leave this file.
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from tws.directory.connector import Entry
from tws.protocols.ldap.answers import Found
from tws.sources.values import Value

DN = "dn"
"The entry's distinguished name, as if it were an attribute."
SECRETS = frozenset(
    {
        "userpassword",
        "authpassword",
        "unicodepwd",
        "sambantpassword",
        "sambalmpassword",
        "krbprincipalkey",
        "supplementalcredentials",
        "ms-mcs-admpwd",
        "mslaps-password",
        "httppassword",
    }
)
MOST_NAMES = 2000
"Names of attributes that are remembered; no schema has as many in its people."

Reader = Callable[[list[bytes]], Value]


def text(values: list[bytes]) -> Value:
    """Of one value its text, or its bytes where it is none; of several their texts."""
    if len(values) == 1:
        try:
            return values[0].decode()
        except UnicodeDecodeError:
            return values[0]
    texts = tuple(filter(None, [value.decode(errors="replace") for value in values]))
    return texts[0] if len(texts) == 1 else texts


def binary(values: list[bytes]) -> Value:
    """The first that is not empty."""
    return next(filter(None, values), b"")


def guid(values: list[bytes]) -> Value:
    """As Windows shows it: its first three parts are little-endian (MS-DTYP 2.3.4.2)."""
    return str(UUID(bytes_le=values[0])) if len(values[0]) == 16 else text(values)


def sid(values: list[bytes]) -> Value:
    """S-1-5-21-... (MS-DTYP 2.4.2)."""
    raw = values[0]
    if len(raw) < 8 or len(raw) != 8 + 4 * raw[1]:
        return text(values)
    parts = [int.from_bytes(raw[at : at + 4], "little") for at in range(8, len(raw), 4)]
    return "-".join(map(str, ("S", raw[0], int.from_bytes(raw[2:8]), *parts)))


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(
        (
            "jpegphoto",
            "thumbnailphoto",
            "thumbnaillogo",
            "photo",
            "audio",
            "usercertificate",
            "usersmimecertificate",
            "cacertificate",
            "userpkcs12",
        ),
        binary,
    ),
    **dict.fromkeys(("objectguid", "msexchmailboxguid", "ms-ds-consistencyguid"), guid),
    **dict.fromkeys(("objectsid", "sidhistory"), sid),
}


class Values:
    """Makes entries of what one server finds. `unread`: attributes to leave out."""

    def __init__(self, unread: Collection[str] = ()) -> None:
        self._unread = SECRETS.union(unread)
        self._known: dict[bytes, tuple[str, Reader]] = {}

    def entry(self, found: Found) -> Entry:
        values: dict[str, Value] = {DN: found.dn} if found.dn else {}
        known = self._known
        for description, raw in found.attributes:
            name, reader = known.get(description) or self._named(description)
            if name and raw and (value := reader(raw)):
                values[name] = value
        return Entry(values)

    def _named(self, description: bytes) -> tuple[str, Reader]:
        """`userCertificate;binary` is `usercertificate`; `cn;lang-fr` stays another than `cn`."""
        name, *options = description.decode(errors="replace").lower().split(";")
        options = [each for each in options if each != "binary" and not each.startswith("range=")]
        reader = READERS.get(name, text)
        key = "" if name in self._unread else ";".join((name, *options))
        if len(self._known) >= MOST_NAMES:
            self._known.clear()
        self._known[description] = key, reader
        return key, reader
