"""What is known of who calls, as values of tokens.

A field that its directory keeps from contact cards (option `i`) may stand in a template (8.1);
a number on the red list may not (8.2.4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tws.alerter.model import Caller
from tws.alerter.tokens import CUSTOM, fold
from tws.directory.lines import LineOf, red_lines
from tws.directory.merging import merged
from tws.directory.model import Contact, Match, NumberKind
from tws.directory.showing import NOT_VIP, VIP, labels
from tws.numbering import display
from tws.organisation.model import BuiltIn, Directory, Domain, User, UserDevice
from tws.telephony.model import Call, Connection, Party

NUMBERS = {
    "AssistantPhone": NumberKind.ASSISTANT,
    "StandardPhone": NumberKind.STANDARD,
    "WorkPhone": NumberKind.WORK,
    "MobilePhone": NumberKind.MOBILE,
    "HomePhone": NumberKind.HOME,
}
_OWN = {
    BuiltIn.PRIVATE: ("[TwsPrivate]", "Contacts TWS privés", "Contacts privés"),
    BuiltIn.PUBLIC: ("[TwsPublic]", "Contacts TWS publics", "Contacts publics"),
    BuiltIn.USERS: ("[TwsUsers]", "Utilisateurs"),
}
"What the guide and the French pages call the directories that every domain has."
Directories = Mapping[str | None, Directory]


@dataclass(frozen=True, slots=True)
class Named:
    """A party, and whose number it has for the user."""

    party: Party
    match: Match | None
    asked: bool = True
    "False while it is looked up."

    @property
    def name(self) -> str:
        if self.party.restricted:
            return ""
        return self.match.name if self.match is not None else self.party.name or ""

    @property
    def number(self) -> str:
        hidden = self.party.restricted or (self.match is not None and self.match.red)
        return "" if hidden else self.party.number or ""


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called, where, and by which server."""

    user: User
    device: UserDevice
    company: str
    domain: Domain
    server: str
    origin: str
    "Before the address of a photo; empty where nobody said how people reach the server."


def caller_in(call: Call, own: Connection) -> Party:
    """Who calls: after a transfer whoever is there now."""
    others = call.others(own.id.device)
    if len(others) != 1 or call.calling.restricted:
        return call.calling
    return others[0].party


def caller(
    who: Named, second: Named | None, called: Called, directories: Directories, line: LineOf
) -> Caller:
    """`second`: who sent the call here."""
    number = who.number
    values = {
        "DisplayName": who.name,
        "PhoneNumber": _bare(number, called.domain),
        "ServerName": called.server,
        "Contact2DisplayName": "" if second is None else second.name,
        "Contact2PhoneNumber": "" if second is None else _bare(second.number, called.domain),
        **_of_user(called),
    }
    shown = {
        "PhoneNumber": display(number, called.domain) if number else "",
        "Contact2PhoneNumber": display(second.number, called.domain)
        if second is not None and second.number
        else "",
    }
    parts = () if who.match is None else who.match.parts or (who.match.contact,)
    fields: dict[str, str] = {}
    if who.match is not None:
        fields = _private(parts, directories)
        values |= _of_contact(who.match, parts, called, line)
    # The guide's names count before a label that is the same.
    folded = {fold(name): text for name, text in fields.items()}
    folded |= {fold(name): text for name, text in values.items()}
    vip = folded.get(fold(VIP), "")
    return Caller(
        values=folded,
        shown={fold(name): text for name, text in shown.items()},
        directories=_names(who.match, directories),
        vip=vip.strip().lower() not in NOT_VIP,
        settled=who.asked and (second is None or second.asked),
    )


def _bare(number: str, domain: Domain) -> str:
    """As a program searches for it: without the prefix of outside lines, and without blanks."""
    shown = display(number, domain) if number else ""
    return "".join(sign for sign in shown if sign.isdigit() or sign in "+*#") or shown


def _of_user(called: Called) -> dict[str, str]:
    user = called.user
    return {
        "MyFirstname": user.first_name,
        "MyLastname": user.last_name,
        "MyUsername": user.username,
        "MyCompany": called.company,
        "MyDevice": called.device.number,
        "MyGsmPhone": user.mobile,
        "MyEmail": user.email,
        "MyExternalKey": user.external_key,
        "MyCustom0": user.custom0,
        "MyCustom1": user.custom1,
    }


def _of_contact(
    match: Match, parts: Sequence[Contact], called: Called, line: LineOf
) -> dict[str, str]:
    red = red_lines(parts, line, called.user.id)
    whole = merged(parts, line=line, red=red).contact
    allowed = {kind: "" for kind in NumberKind}
    for number in whole.numbers:
        if line(whole, number).digits not in red and not allowed[number.kind]:
            allowed[number.kind] = number.number
    emails = dict(zip(whole.email_places or range(len(whole.emails)), whole.emails, strict=False))
    photo = next((part for part in parts if part.photo), None)
    return {
        "Lastname": whole.last_name,
        "Firstname": whole.first_name,
        "CompanyName": whole.organisation,
        "Picture": ""
        if photo is None
        else f"{called.origin}/api/v1/contacts/{photo.id}/photo?v={photo.photo[:8]}",
        "Email1": emails.get(0, ""),
        "Email2": emails.get(1, ""),
        "Url": whole.website,
        "PersonGuid": match.contact.id,
        **{name: allowed[kind] for name, kind in NUMBERS.items()},
    }


def _private(parts: Iterable[Contact], directories: Directories) -> dict[str, str]:
    """By label, and by place: of the first contact that has one."""
    found: dict[str, str] = {}
    for part in parts:
        named = labels(part, directories)
        for n, text in enumerate(part.private):
            if text:
                found.setdefault(named[n], text)
                found.setdefault(CUSTOM[n], text)
    return found


def _names(match: Match | None, directories: Directories) -> frozenset[str]:
    """Of the directories in which the number was found, folded."""
    if match is None:
        return frozenset()
    contacts = [part for one in (match, *match.others) for part in (one.parts or (one.contact,))]
    known = (directories.get(part.directory) for part in contacts)
    return frozenset(
        fold(name)
        for one in known
        if one is not None
        for name in (one.name, *(_OWN[one.built_in] if one.built_in is not None else ()))
    )
