"""Fields of a contact of Exchange, by the names that the guide lists (8.7: those of the EWS
Managed API), from the XML of EWS. Pure."""

from collections.abc import Iterator, Mapping

from lxml import etree

from tws.connectors.exchange.ews import TYPES
from tws.sources.values import Value

PHONES: Mapping[str, str] = {
    "Callback": "CallbackPhone",
    "CompanyMainPhone": "CompanyPhone",
    "OtherTelephone": "OtherPhone",
}
"Keys of EWS that the guide has other names for."
ADDRESS: Mapping[str, str] = {
    "Street": "Street",
    "PostalCode": "PostalCode",
    "City": "City",
    "State": "State",
    "CountryOrRegion": "Country",
}
RENAMED: Mapping[str, str] = {
    "Body": "Comment",
    "DateTimeCreated": "CreatedTime",
    "LastModifiedName": "LastModifierName",
}
PROPERTIES = {
    f"Email{n}{name}": f"{0x8080 + 0x10 * (n - 1) + place}"
    for n in (1, 2, 3)
    for name, place in (("DisplayName", 0), ("OriginalDisplayName", 4))
}
"Properties of Outlook that EWS has no element for, and their numbers (MS-OXPROPS, 2.117)."
SET = "00062004-0000-0000-C000-000000000046"
WANTED = "".join(
    f'<t:ExtendedFieldURI PropertySetId="{SET}" PropertyId="{number}" PropertyType="String"/>'
    for number in PROPERTIES.values()
)
_NAMES = {number: name for name, number in PROPERTIES.items()}
PHOTO = "Photo"
"What TWS calls the picture, which EWS has among the attachments."
CONTACT_PICTURE = "ContactPicture.jpg"
LISTS = frozenset({"Categories", "Companies", "Children"})
LEFT_OUT = frozenset({"Attachments"})


def picture_of(contact: etree._Element) -> tuple[str, str] | None:
    """Id of the attachment that is the contact's picture, and what changes when it does."""
    for one in contact.iterfind(f"{TYPES}Attachments/{TYPES}FileAttachment"):
        is_photo = one.findtext(f"{TYPES}IsContactPhoto", "false") == "true"
        element = one.find(f"{TYPES}AttachmentId")
        if element is None or not (is_photo or one.findtext(f"{TYPES}Name") == CONTACT_PICTURE):
            continue
        item = contact.find(f"{TYPES}ItemId")
        changed = one.findtext(f"{TYPES}LastModifiedTime") or (
            "" if item is None else item.get("ChangeKey", "")
        )
        return element.get("Id", ""), f"{element.get('Id')} {changed}"
    return None


def fields(contact: etree._Element) -> dict[str, Value]:
    """Those that hold something."""
    found: dict[str, Value] = {}
    for element in contact.iterchildren(f"{TYPES}*"):
        name = str(etree.QName(element).localname)
        if name in LISTS:
            texts = tuple(text for one in element if (text := _text(one)))
            if texts:
                found[name] = texts[0] if len(texts) == 1 else texts
        elif name not in LEFT_OUT:
            found.update((key, text) for key, text in _read(name, element) if text)
    _mend_addresses(found)
    return found


def _read(name: str, element: etree._Element) -> Iterator[tuple[str, str]]:
    if name == "ItemId":
        for key in ("Id", "ItemId", "ItemId.Id"):
            yield key, element.get("Id", "")
    elif name == "ParentFolderId":
        yield "ParentId", element.get("Id", "")
    elif name == "ConversationId":
        yield name, element.get("Id", "")
    elif name == "PhoneNumbers":
        for entry in element:
            key = entry.get("Key", "")
            yield PHONES.get(key, key), _text(entry)
    elif name == "EmailAddresses":
        for entry in element:
            here = "Email" + entry.get("Key", "").removeprefix("EmailAddress")
            yield f"{here}Address", _text(entry)
            yield f"{here}DisplayAs", entry.get("Name", "")
            yield f"{here}Type", entry.get("RoutingType", "")
    elif name == "ImAddresses":
        for entry in element:
            number = entry.get("Key", "").removeprefix("ImAddress")
            yield f"InstantMessengerAddress{number}", _text(entry)
    elif name == "PhysicalAddresses":
        for entry in element:
            yield from _address(f"{entry.get('Key', '')}Address", entry)
    elif name == "CompleteName":
        for part in element:
            key = str(etree.QName(part).localname)
            yield ("Title" if key == "Title" else f"CompleteName.{key}"), _text(part)
        yield "CompleteName", _text(element.find(f"{TYPES}FullName"))
    elif name == "ExtendedProperty":
        uri = element.find(f"{TYPES}ExtendedFieldURI")
        number = "" if uri is None else uri.get("PropertyId", "")
        if number in _NAMES:
            yield _NAMES[number], _text(element.find(f"{TYPES}Value"))
    elif not len(element):
        yield RENAMED.get(name, name), _text(element)


def _address(name: str, entry: etree._Element) -> Iterator[tuple[str, str]]:
    parts = {key: _text(entry.find(f"{TYPES}{tag}")) for tag, key in ADDRESS.items()}
    for key, text in parts.items():
        yield f"{name}{key}", text
    city = f"{parts['PostalCode']} {parts['City']}".strip()
    lines = (parts["Street"], city, parts["State"], parts["Country"])
    yield name, ", ".join(" ".join(line.split()) for line in lines if line)


def _mend_addresses(found: dict[str, Value]) -> None:
    """Colleagues have the address of their directory entry (`/O=...`): Outlook keeps the one that
    people know elsewhere."""
    for n in (1, 2, 3):
        name, known = f"Email{n}Address", found.get(f"Email{n}OriginalDisplayName")
        if "@" not in str(found.get(name, "@")) and "@" in str(known):
            found[name] = str(known)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
