"""XML namespaces of the editions of ECMA-323 and of ECMA-354."""

from functools import lru_cache

from lxml import etree

EDITIONS = (3, 4, 5, 6)
_ECMA_323 = "http://www.ecma-international.org/standards/ecma-323/csta/ed"
# Before Ecma moved to its present host name.
_ECMA_323_OLD = "http://www.ecma.ch/standards/ecma-323/csta/ed"
APPLICATION_SESSION = "http://www.ecma-international.org/standards/ecma-354/appl_session"


def namespace(edition: int) -> str:
    """Namespace, and protocol version in ECMA-354, of an edition of ECMA-323."""
    return f"{_ECMA_323}{edition}"


def edition_of(uri: str | None) -> int | None:
    """3 for edition 3; None for anything else. `ed3/priv7` of some vendors is edition 3."""
    for start in (_ECMA_323, _ECMA_323_OLD):
        if uri is not None and uri.startswith(start):
            digit = uri[len(start) : len(start) + 1]
            return int(digit) if digit.isdecimal() and digit.isascii() else None
    return None


def foreign(uri: str | None) -> bool:
    """Whether `uri` is neither CSTA's nor nothing: a vendor's."""
    return uri is not None and uri != APPLICATION_SESSION and edition_of(uri) is None


def split_name(name: str) -> tuple[str, str | None]:
    """`{uri}local` -> local, uri."""
    if name[:1] != "{":
        return name, None
    uri, _, local = name[1:].partition("}")
    return local, uri


def name_of(element: etree._Element) -> tuple[str, str | None]:
    """Local name and namespace; an entity or a comment has neither."""
    name = element.tag
    if not isinstance(name, str):
        return "", None
    return _split_name(name) if len(name) <= _LONGEST_REMEMBERED else split_name(name)


# The same few names come again and again; what a peer can make us keep is bounded.
_LONGEST_REMEMBERED = 128
_split_name = lru_cache(maxsize=4096)(split_name)
