"""From bytes of a peer to an XML tree, with nothing in it that could hurt."""

import re

from lxml import etree

LARGEST = 0xFFFF
DEEPEST = 64
MOST_ATTRIBUTES = 64

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"A character that XML 1.0 has not (section 2.2)."

_PARSER = etree.XMLParser(
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
_SURROUNDINGS = b" \t\r\n\0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Malformed(ValueError):
    """What a peer sent is not a message; the text says why, without the message's content."""


def parse(data: bytes) -> etree._Element:
    """The root element of `data`. Raises `Malformed`."""
    if len(data) > LARGEST:
        raise Malformed(f"{len(data)} bytes: at most {LARGEST} are read")
    if (data[:1] != b"<" or data[-1:] != b">") and data[:2] not in _UTF_16:
        # Before the XML declaration nothing may stand; a BOM, blanks and closing NULs do come.
        data = data.strip(_SURROUNDINGS).removeprefix(b"\xef\xbb\xbf").lstrip(_SURROUNDINGS)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Malformed(f"not XML: {error.msg}") from None
    except (ValueError, LookupError) as error:
        raise Malformed(f"not readable: {error}") from None
    if b"!" in data:
        _refuse_document_type(root)
    # A tree deeper than this cannot be written with fewer brackets.
    if data.count(b"<") > 2 * DEEPEST or data.count(b"=") > MOST_ATTRIBUTES:
        _refuse_excess(root, 1)
    return root


def _refuse_document_type(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("a document type is not accepted")


def _refuse_excess(root: etree._Element, depth: int) -> None:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Malformed(f"elements nested more than {DEEPEST} deep")
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise Malformed(f"an element with more than {MOST_ATTRIBUTES} attributes")
