"""Basic Encoding Rules with definite lengths (X.690; RFC 4511, 5.1): all that LDAP has."""

BOOLEAN, INTEGER, OCTETS, ENUMERATED, SEQUENCE, SET = 0x01, 0x02, 0x04, 0x0A, 0x30, 0x31
TRUE, FALSE = b"\xff", b"\x00"


class Malformed(Exception):
    """This is not LDAP, or larger than is taken."""


def element(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    if len(content) < 0x80:
        return bytes((tag, len(content))) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(value: int, tag: int = INTEGER) -> bytes:
    """Of no negative value."""
    return element(tag, value.to_bytes(value.bit_length() // 8 + 1))


def octets(value: str | bytes, tag: int = OCTETS) -> bytes:
    return element(tag, value.encode() if isinstance(value, str) else value)


def at(data: bytes, place: int) -> tuple[int, int, int]:
    """Of the element at `place` its tag, and from where to where its content is. Malformed, or
    IndexError where it is cut off."""
    length, start = data[place + 1], place + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise Malformed("a length that LDAP does not have")
        start += count
        length = int.from_bytes(data[place + 2 : start])
    stop = start + length
    if stop > len(data):
        raise Malformed("an element ends too late")
    return data[place], start, stop
