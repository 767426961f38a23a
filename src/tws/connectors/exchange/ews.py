"""Exchange Web Services: SOAP calls, and what goes wrong with them. Directories and calendars use
it. By plain HTTP, within this wall's limits of time and size, with the certificate check of each
directory's own, and with no cache of passwords for the whole process."""

import binascii
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tws.connectors.http.client import Http
from tws.connectors.http.errors import refusal
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
MESSAGES = "{http://schemas.microsoft.com/exchange/services/2006/messages}"
TYPES = "{http://schemas.microsoft.com/exchange/services/2006/types}"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name[1:-1]}"'
    for prefix, name in (("soap", SOAP), ("m", MESSAGES), ("t", TYPES))
)
VERSION = "Exchange2010"
"The oldest that is read: newer servers answer as it does."
HEADERS = {"Content-Type": "text/xml; charset=utf-8", "Accept": "text/xml"}
PAGE = 500
GONE = frozenset({"ErrorItemNotFound"})
BUSY = frozenset(
    {"ErrorServerBusy", "ErrorTooManyObjectsOpened", "ErrorInternalServerTransientError"}
)
REFUSED = frozenset(
    {
        "ErrorAccessDenied",
        "ErrorImpersonateUserDenied",
        "ErrorImpersonationDenied",
        "ErrorImpersonationFailed",
        "ErrorNoPublicFolderReplicaAvailable",
        "ErrorCallerIsInvalidADAccount",
        "ErrorAccountDisabled",
        "ErrorNoFreeBusyAccess",
    }
)
WRONG = frozenset(
    {
        "ErrorNonExistentMailbox",
        "ErrorMissingEmailAddress",
        "ErrorFolderNotFound",
        "ErrorInvalidServerVersion",
        "ErrorInvalidSchemaVersionForMailboxVersion",
        "ErrorInvalidSmtpAddress",
        "ErrorSchemaValidation",
        "ErrorMailRecipientNotFound",
        "ErrorTimeIntervalTooBig",
    }
)


class Ews:
    """One service, for one user. `acting_for`: the mailbox that is impersonated."""

    def __init__(self, http: Http, acting_for: str | None = None) -> None:
        self._http, self._acting_for = http, acting_for

    def call(self, body: str) -> list[etree._Element]:
        """The response messages that succeeded; those about things that are gone are left out."""
        return self._patiently(body, _succeeded)

    def free_busy(self, body: str) -> list[etree._Element]:
        """Of GetUserAvailability: a response for each mailbox, in their order, errors included."""
        return self._patiently(body, _availability)

    def _patiently(
        self, body: str, read: "Callable[[etree._Element], list[etree._Element] | Failure]"
    ) -> list[etree._Element]:
        waits = 0
        while True:
            found = self._once(body, read)
            if not isinstance(found, Failure):
                return found
            if found.code not in BUSY:
                raise found.told()
            self._http.pause(waits, found.back_off)
            waits += 1

    def _once(
        self, body: str, read: "Callable[[etree._Element], list[etree._Element] | Failure]"
    ) -> "list[etree._Element] | Failure":
        answer = self._http.request(
            "POST", headers=HEADERS, content=self._envelope(body).encode(), expected=(500,)
        )
        if answer.status == 500 and not answer.content.lstrip().startswith(b"<"):
            raise refusal(500, answer.url, answer.content)
        root = answer.xml()
        if root.tag != f"{SOAP}Envelope":
            raise Misconfigured(
                "What {host} answers at this address is not EWS, whose address ends with "
                "/ews/exchange.asmx.",
                host=answer.host,
            )
        fault = root.find(f"{SOAP}Body/{SOAP}Fault")
        return read(root) if fault is None else Failure(fault)

    def _envelope(self, body: str) -> str:
        header = f'<t:RequestServerVersion Version="{VERSION}"/>'
        if self._acting_for:
            header += (
                "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>"
                f"{escape(self._acting_for)}"
                "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
            )
        return (
            f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope {NAMESPACES}>'
            f"<soap:Header>{header}</soap:Header><soap:Body>{body}</soap:Body></soap:Envelope>"
        )

    def folders(self, parent: str, traversal: str) -> Iterator[etree._Element]:
        """Folders below one. `traversal`: Shallow, or Deep, which public folders do not have."""
        shape = "<m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>"
        for page in self._pages("FindFolder", traversal, shape, "IndexedPageFolderView", parent):
            yield from page.iterfind(f"{TYPES}Folders/*")

    def items(self, folder: str) -> Iterator[etree._Element]:
        """What is in a folder, with its identifiers only."""
        shape = "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
        for page in self._pages("FindItem", "Shallow", shape, "IndexedPageItemView", folder):
            yield from page.iterfind(f"{TYPES}Items/*")

    def _pages(
        self, call: str, traversal: str, shape: str, view: str, parent: str
    ) -> Iterator[etree._Element]:
        offset, last = 0, False
        while not last:
            asked = (
                f'<m:{call} Traversal="{traversal}">{shape}'
                f'<m:{view} MaxEntriesReturned="{PAGE}" Offset="{offset}" BasePoint="Beginning"/>'
                f"<m:ParentFolderIds>{parent}</m:ParentFolderIds></m:{call}>"
            )
            roots = [m.find(f"{MESSAGES}RootFolder") for m in self.call(asked)]
            page = next((root for root in roots if root is not None), None)
            if page is None:
                raise Unreachable("Exchange answers without the folder that was asked for.")
            yield page
            last = page.get("IncludesLastItemInRange", "true") == "true"
            after = int(page.get("IndexedPagingOffset", "0"))
            if not last and after <= offset:
                raise Unreachable("Exchange gives the same page of a folder again.")
            offset = after


class Failure:
    """A fault, or a response message with an error."""

    def __init__(self, element: etree._Element) -> None:
        self.code = self._first(element, "ResponseCode")
        self.said = self._first(element, "MessageText") or self._first(element, "faultstring")
        self.back_off: float | None = None
        for value in element.iter(f"{TYPES}Value"):
            if value.get("Name") == "BackOffMilliseconds":
                self.back_off = _seconds(value.text or "")

    def _first(self, element: etree._Element, name: str) -> str:
        """Faults have it in another namespace than messages."""
        found = next(element.iter(f"{{*}}{name}"), None)
        return "" if found is None else " ".join((found.text or "").split())[:200]

    def told(self) -> ConnectorError:
        kind: type[ConnectorError] = Unreachable
        if self.code in REFUSED:
            kind = Refused
        elif self.code in WRONG:
            kind = Misconfigured
        words = ": ".join(filter(None, (self.code, self.said.rstrip("."))))
        if not words:
            return kind("Exchange answers with an error without words.")
        return kind("Exchange answers {said}.", said=words)


def _seconds(milliseconds: str) -> float | None:
    """None where it says no number."""
    text = milliseconds.strip()
    return int(text) / 1000 if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _succeeded(root: etree._Element) -> list[etree._Element] | Failure:
    messages = []
    for message in root.iterfind(f"{SOAP}Body/*/{MESSAGES}ResponseMessages/*"):
        if message.get("ResponseClass") == "Success":
            messages.append(message)
        elif (failed := Failure(message)).code not in GONE:
            return failed
    return messages


def _availability(root: etree._Element) -> list[etree._Element] | Failure:
    return list(root.iterfind(f"{SOAP}Body/*/{MESSAGES}FreeBusyResponseArray/*"))


def attachment(ews: Ews, identifier: str) -> bytes | None:
    """What is in a file attachment; None where it is gone."""
    asked = (
        f"<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id={quoteattr(identifier)}/>"
        "</m:AttachmentIds></m:GetAttachment>"
    )
    for message in ews.call(asked):
        content = message.findtext(f"{MESSAGES}Attachments/{TYPES}FileAttachment/{TYPES}Content")
        try:
            return binascii.a2b_base64(content or "") or None
        except ValueError:
            raise Unreachable("Exchange answers with an attachment that is no base64.") from None
    return None


def named_folder(name: str, mailbox: str | None = None) -> str:
    """A distinguished folder, of that mailbox or our own, as a parent of the calls above."""
    if mailbox is None:
        return f"<t:DistinguishedFolderId Id={quoteattr(name)}/>"
    owner = f"<t:Mailbox><t:EmailAddress>{escape(mailbox)}</t:EmailAddress></t:Mailbox>"
    return f"<t:DistinguishedFolderId Id={quoteattr(name)}>{owner}</t:DistinguishedFolderId>"


def folder_id(folder: etree._Element) -> str:
    """A folder that was found, as a parent of the calls above."""
    return _identifier(folder.find(f"{TYPES}FolderId"), "FolderId")


def item_id(item: etree._Element) -> str:
    return _identifier(item.find(f"{TYPES}ItemId"), "ItemId")


def _identifier(element: etree._Element | None, name: str) -> str:
    attributes: Mapping[str, str] = {} if element is None else {"Id": element.get("Id", "")}
    return f"<t:{name} Id={quoteattr(attributes.get('Id', ''))}/>"
