"""Exchange Web Services as they are documented: FindFolder, FindItem, GetItem and
GetUserAvailability in SOAP, paging, impersonation, throttling, faults; NTLM with a real
acceptor, or Basic."""

import base64
import hashlib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import spnego
from cryptography import x509
from lxml import etree
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from tests.connectors.http_server import Reply, Request, Service, serving
from tws.connectors.exchange.ews import MESSAGES, NAMESPACES, SOAP, TYPES

USER, PASSWORD = "ARDA\\ExchTWP", "sésame"
PATH = "/EWS/Exchange.asmx"
NOT_FOUND = ("ErrorFolderNotFound", "The specified folder could not be found in the store.")


@dataclass
class Folder:
    """`items`: XML of each, by its identifier."""

    name: str
    items: Mapping[str, str] = field(default_factory=dict)
    below: "list[Folder]" = field(default_factory=list)
    kind: str = "ContactsFolder"

    @property
    def id(self) -> str:
        return base64.b64encode(self.name.encode()).decode()

    def everything(self) -> "Iterator[Folder]":
        for folder in self.below:
            yield folder
            yield from folder.everything()


def contact(n: int, more: str = "") -> str:
    return (
        f"<t:Surname>Person {n}</t:Surname><t:PhoneNumbers><t:Entry Key='BusinessPhone'>{4000 + n}"
        f"</t:Entry></t:PhoneNumbers>{more}"
    )


class EwsServer:
    """`mailboxes`: contacts folders by address; USER's own is that of the empty address."""

    def __init__(self, public: Folder, mailboxes: Mapping[str, Folder]) -> None:
        self.public, self.mailboxes = public, mailboxes
        self.calendars: Mapping[str, str] = {}
        'XML of each CalendarEvent by address; "none" where nothing of it is shared.'
        self.page = 2
        self.scheme = "NTLM"
        self.bindings: bytes | None = None
        "Of the certificate, where Extended Protection is on."
        self.attachments: dict[str, bytes] = {}
        "By id."
        self.no_attachments: Reply | None = None
        "What is answered instead of any of them."
        self.faults: list[Reply] = []
        "Answered before anything else, one after the other."
        self.may_impersonate = True
        self.owners: dict[str, tuple[str, str]] = {}
        "By name: password, and the address of the one mailbox that he may open. (Basic.)"
        self._only = ""
        self.handshakes = 0
        self._signed_in: dict[int, Any] = {}
        self.service: Service

    @property
    def url(self) -> str:
        return f"{self.service.url}{PATH}"

    # ------------------------------------------------------------ who is it?

    def answer(self, request: Request) -> Reply:
        if request.path.lower() != PATH.lower():
            return Reply(404, b"<html>No such page</html>", {"Content-Type": "text/html"})
        asked = self._ask_who(request)
        if asked is not None:
            return asked
        if self.faults:
            return self.faults.pop(0)
        return self._soap(etree.fromstring(request.body))

    def _ask_who(self, request: Request) -> Reply | None:
        said = request.headers.get("authorization", "")
        if self.scheme == "Basic":
            _, _, token = said.partition(" ")
            name, _, password = base64.b64decode(token).decode().partition(":")
            right, self._only = {USER: (PASSWORD, ""), **self.owners}.get(name, ("", ""))
            ok = bool(right) and password == right
            return None if ok else Reply(401, headers={"WWW-Authenticate": "Basic realm=ews"})
        known = self._signed_in.setdefault(id(request.connection), None)
        if known is True:
            return None
        scheme, _, token = said.partition(" ")
        if scheme != self.scheme:
            return Reply(401, headers={"WWW-Authenticate": self.scheme})
        context = known or spnego.server(
            hostname="127.0.0.1", service="HTTP", protocol="ntlm", channel_bindings=self._bound()
        )
        self._signed_in[id(request.connection)] = context
        try:
            given = context.step(base64.b64decode(token))
        except SpnegoError:
            self._signed_in[id(request.connection)] = None
            return Reply(401, headers={"WWW-Authenticate": self.scheme})
        if context.complete:
            self.handshakes += 1
            self._signed_in[id(request.connection)] = True
            return None
        challenge = f"{self.scheme} {base64.b64encode(given or b'').decode()}"
        return Reply(401, headers={"WWW-Authenticate": challenge})

    def _bound(self) -> GssChannelBindings | None:
        if self.bindings is None:
            return None
        return GssChannelBindings(application_data=b"tls-server-end-point:" + self.bindings)

    # ------------------------------------------------------------ what is asked?

    def _soap(self, envelope: Any) -> Reply:
        header, (call,) = envelope.find(f"{SOAP}Header"), envelope.find(f"{SOAP}Body")
        version = header.find(f"{TYPES}RequestServerVersion").get("Version")
        if version not in ("Exchange2010", "Exchange2013"):
            return fault("ErrorInvalidServerVersion", "The specified server version is invalid.")
        acting = header.findtext(f".//{TYPES}PrimarySmtpAddress") or ""
        if acting and not self.may_impersonate:
            words = "The account does not have permission to impersonate the requested user."
            return fault("ErrorImpersonateUserDenied", words)
        name = etree.QName(call).localname
        if name == "GetUserAvailabilityRequest":
            return self._availability(call)
        if name == "GetItem":
            return self._get_items(call)
        if name == "GetAttachment":
            return self._get_attachments(call)
        folder = self._folder(call, acting)
        if folder is None:
            return responses(name, failure(name, *NOT_FOUND))
        if isinstance(folder, tuple):
            return responses(name, failure(name, *folder))
        return self._found(call, name, folder)

    def _folder(self, call: Any, acting: str) -> Folder | tuple[str, str] | None:
        parent = call.find(f"{MESSAGES}ParentFolderIds")[0]
        identifier = parent.get("Id")
        if parent.tag != f"{TYPES}DistinguishedFolderId":
            roots = (self.public, *self.mailboxes.values())
            everything = (one for root in roots for one in (root, *root.everything()))
            return next((one for one in everything if one.id == identifier), None)
        if identifier == "publicfoldersroot":
            return self.public
        assert identifier == "contacts"
        address = parent.findtext(f"{TYPES}Mailbox/{TYPES}EmailAddress") or acting
        if self._only not in ("", address):
            return "ErrorAccessDenied", "Access is denied. Check credentials and try again."
        words = "The SMTP address has no mailbox associated with it."
        return self.mailboxes.get(address) or ("ErrorNonExistentMailbox", words)

    def _found(self, call: Any, name: str, folder: Folder) -> Reply:
        if name == "FindFolder":
            deep = call.get("Traversal") == "Deep"
            assert not (deep and folder is self.public), "public folders have no deep traversal"
            view = call.find(f"{MESSAGES}IndexedPageFolderView")
            found, kind = list(folder.everything() if deep else folder.below), "Folders"
            parts = [
                f'<t:{one.kind}><t:FolderId Id="{one.id}" ChangeKey="AQ"/><t:DisplayName>'
                f"{escape(one.name)}</t:DisplayName><t:ChildFolderCount>{len(one.below)}"
                f"</t:ChildFolderCount></t:{one.kind}>"
                for one in found
            ]
        else:
            view, kind = call.find(f"{MESSAGES}IndexedPageItemView"), "Items"
            parts = [
                f"<t:{'DistributionList' if text == 'list' else 'Contact'}>"
                f'<t:ItemId Id="{one}" ChangeKey="EQ"/>'
                f"</t:{'DistributionList' if text == 'list' else 'Contact'}>"
                for one, text in folder.items.items()
            ]
        first = int(view.get("Offset"))
        after = first + min(self.page, int(view.get("MaxEntriesReturned")))
        last = "true" if after >= len(parts) else "false"
        root = (
            f'<m:RootFolder TotalItemsInView="{len(parts)}" IndexedPagingOffset="{after}" '
            f'IncludesLastItemInRange="{last}"><t:{kind}>{"".join(parts[first:after])}</t:{kind}>'
            "</m:RootFolder>"
        )
        return responses(name, success(name, root))

    def _availability(self, call: Any) -> Reply:
        assert [etree.QName(part).localname for part in call] == [
            "TimeZone",
            "MailboxDataArray",
            "FreeBusyViewOptions",
        ]
        assert call.findtext(f"{TYPES}TimeZone/{TYPES}Bias") == "0"
        options = call.find(f"{TYPES}FreeBusyViewOptions")
        since, until = (
            datetime.fromisoformat(options.findtext(f"{TYPES}TimeWindow/{TYPES}{name}"))
            for name in ("StartTime", "EndTime")
        )
        if until - since > timedelta(days=62):
            words = "The requested time duration specified for FreeBusyViewOptions is too long."
            return fault("ErrorTimeIntervalTooBig", words)
        people = [one.text for one in call.iterfind(f".//{TYPES}Address")]
        assert 0 < len(people) <= 100
        inner = "".join(self._free_busy(self.calendars.get(one)) for one in people)
        return envelope(
            "<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray>"
            f"{inner}</m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>"
        )

    def _free_busy(self, events: str | None) -> str:
        message, view = "<m:ResponseCode>NoError</m:ResponseCode>", ""
        if events is None:
            words = "Unable to resolve e-mail address to an Active Directory object."
            message = (
                f"<m:MessageText>{words}</m:MessageText><m:ResponseCode>"
                "ErrorMailRecipientNotFound</m:ResponseCode>"
            )
        elif events == "none":
            view = "<t:FreeBusyViewType>None</t:FreeBusyViewType>"
        else:
            inner = f"<t:CalendarEventArray>{events}</t:CalendarEventArray>" if events else ""
            view = f"<t:FreeBusyViewType>Detailed</t:FreeBusyViewType>{inner}"
        result = "Error" if events is None else "Success"
        return (
            f'<m:FreeBusyResponse><m:ResponseMessage ResponseClass="{result}">{message}'
            f"</m:ResponseMessage><m:FreeBusyView>{view}</m:FreeBusyView></m:FreeBusyResponse>"
        )

    def _get_attachments(self, call: Any) -> Reply:
        if self.no_attachments is not None:
            return self.no_attachments
        parts = []
        for asked in call.find(f"{MESSAGES}AttachmentIds"):
            raw = self.attachments.get(asked.get("Id"))
            if raw is None:
                words = "The specified object was not found in the store."
                parts.append(failure("GetAttachment", "ErrorItemNotFound", words))
                continue
            identifier = quoteattr(asked.get("Id"))
            file = (
                f"<m:Attachments><t:FileAttachment><t:AttachmentId Id={identifier}/>"
                f"<t:Name>ContactPicture.jpg</t:Name><t:Content>{base64.b64encode(raw).decode()}"
                "</t:Content></t:FileAttachment></m:Attachments>"
            )
            parts.append(success("GetAttachment", file))
        return responses("GetAttachment", *parts)

    def _get_items(self, call: Any) -> Reply:
        everything = {
            key: text
            for root in (self.public, *self.mailboxes.values())
            for folder in (root, *root.everything())
            for key, text in folder.items.items()
        }
        assert call.findtext(f"{MESSAGES}ItemShape/{TYPES}BaseShape") == "AllProperties"
        parts = []
        for identifier in call.find(f"{MESSAGES}ItemIds"):
            text = everything.get(identifier.get("Id"))
            if text is None or text == "gone":
                words = "The specified object was not found in the store."
                parts.append(failure("GetItem", "ErrorItemNotFound", words))
            elif text == "corrupt":
                parts.append(failure("GetItem", "ErrorItemCorrupt", "The item is corrupt."))
            else:
                item = (
                    f"<m:Items><t:Contact><t:ItemId Id={quoteattr(identifier.get('Id'))} "
                    f'ChangeKey="EQ"/>{text}</t:Contact></m:Items>'
                )
                parts.append(success("GetItem", item))
        return responses("GetItem", *parts)


def success(name: str, content: str) -> str:
    return (
        f'<m:{name}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError'
        f"</m:ResponseCode>{content}</m:{name}ResponseMessage>"
    )


def failure(name: str, code: str, words: str) -> str:
    return (
        f'<m:{name}ResponseMessage ResponseClass="Error"><m:MessageText>{words}</m:MessageText>'
        f"<m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
        f"</m:{name}ResponseMessage>"
    )


def responses(name: str, *messages: str) -> Reply:
    inner = "".join(messages)
    return envelope(
        f"<m:{name}Response><m:ResponseMessages>{inner}</m:ResponseMessages></m:{name}Response>"
    )


def fault(code: str, words: str, back_off: int | None = None) -> Reply:
    """`back_off`: milliseconds."""
    value = f'<t:Value Name="BackOffMilliseconds">{back_off}</t:Value>' if back_off else ""
    errors = "http://schemas.microsoft.com/exchange/services/2006/errors"
    return envelope(
        f"<soap:Fault><faultcode>a:{code}</faultcode><faultstring>{words}</faultstring><detail>"
        f'<e:ResponseCode xmlns:e="{errors}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{errors}">{words}</e:Message><t:MessageXml>{value}</t:MessageXml>'
        "</detail></soap:Fault>",
        500,
    )


def envelope(body: str, status: int = 200) -> Reply:
    version = '<t:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544"/>'
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope {NAMESPACES}><soap:Header>{version}'
        f"</soap:Header><soap:Body>{body}</soap:Body></soap:Envelope>"
    )
    return Reply(status, text.encode(), {"Content-Type": "text/xml; charset=utf-8"})


def certificate_hash(pem: bytes) -> bytes:
    """As RFC 5929 says, of a certificate signed with SHA-256."""
    used = x509.load_pem_x509_certificate(pem).signature_hash_algorithm
    assert used is not None and used.name == "sha256"
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.decode())).digest()


@contextmanager
def running_ews(
    public: Folder, mailboxes: Mapping[str, Folder], tls: ssl.SSLContext | None = None
) -> Iterator[EwsServer]:
    server = EwsServer(public, mailboxes)
    with serving(server.answer, tls) as server.service:
        yield server
