"""Fields of a vCard by the names of its properties, telephone numbers by their type. Pure.

N.FAMILY N.GIVEN N.ADDITIONAL N.PREFIX N.SUFFIX  FN  ORG  ORG.UNIT  TITLE  UID  PHOTO  URL ...
TEL (all)  TEL.WORK  TEL.HOME  TEL.CELL  TEL.FAX  TEL.PAGER  TEL.MAIN  TEL.ASSISTANT ...
EMAIL (all)  EMAIL.WORK  EMAIL.HOME  EMAIL.2  EMAIL.3
ADR  ADR.WORK  ADR.HOME (one line)  ADR.STREET  ADR.LOCALITY  ADR.REGION  ADR.CODE  ADR.COUNTRY
"""

import binascii
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote, unquote_to_bytes

from tws.protocols.vcard import Property, VCard, texts, unescaped
from tws.sources.values import Value

SUGGESTED: Mapping[str, str] = {
    "identifier": "UID",
    "last_name": "N.FAMILY",
    "first_name": "N.GIVEN",
    "organisation": "ORG",
    "photo": "PHOTO",
    "work": "TEL.WORK",
    "mobile": "TEL.CELL",
    "home": "TEL.HOME",
    "assistant": "TEL.ASSISTANT",
    "standard": "TEL.MAIN",
    "email1": "EMAIL",
    "email2": "EMAIL.2",
    "email3": "EMAIL.3",
    "website": "URL",
}
NAMES = ("N.FAMILY", "N.GIVEN", "N.ADDITIONAL", "N.PREFIX", "N.SUFFIX")
ADDRESS = ("ADR.BOX", "ADR.EXTENDED", "ADR.STREET", "ADR.LOCALITY", "ADR.REGION", "ADR.CODE")
ALONE: Mapping[str, str] = {
    "FAX": "FAX",
    "PAGER": "PAGER",
    "CELL": "CELL",
    "IPHONE": "CELL",
    "MOBILE": "CELL",
    "MAIN": "MAIN",
    "ASSISTANT": "ASSISTANT",
}
"Types that say what a number is, whatever else is said: a work fax is no work telephone."
SAY_NOTHING = frozenset("VOICE PREF INTERNET MSG TEXT VIDEO X400 TEXTPHONE TEL".split())
LEFT_OUT = frozenset("BEGIN END VERSION PRODID X-ABLABEL X-ABADR".split())
GROUPS = frozenset({"KIND", "X-ADDRESSBOOKSERVER-KIND"})
LEAST_PREFERRED = 101


def fields(card: VCard) -> dict[str, Value]:
    """Those that hold something; nothing of a card that is a list of others."""
    if any(one.name in GROUPS and one.value == "group" for one in card):
        return {}
    labels = {one.group: one for one in card if one.name == "X-ABLABEL" and one.group}
    found: dict[str, list[str]] = {}
    photo: Value | None = None
    for one in sorted(card, key=_preference):
        if one.name == "PHOTO":
            photo = photo or _photo(one)
        elif isinstance(one.value, str) and one.name not in LEFT_OUT:
            for name, text in _READERS.get(one.name, _plain)(one, labels.get(one.group)):
                if text:
                    found.setdefault(name, []).append(text)
    _complete(found)
    values: dict[str, Value] = {
        name: all_[0] if len(all_) == 1 else tuple(all_) for name, all_ in found.items()
    }
    return {**values, "PHOTO": photo} if photo else values


Texts = Iterable[tuple[str, str]]


def _complete(found: dict[str, list[str]]) -> None:
    """What every card should have: a last name, and an identifier that stays."""
    if not found:
        return
    if "N.FAMILY" not in found and "N.GIVEN" not in found and "FN" in found:
        found["N.FAMILY"] = found["FN"][:1]
    for place, email in enumerate(found.get("EMAIL", ())[1:3], 2):
        found[f"EMAIL.{place}"] = [email]
    if "UID" not in found:
        who = [found.get(name, [""])[0] for name in (*NAMES, "FN", "ORG", "EMAIL")]
        found["UID"] = [hashlib.sha256("\0".join(who).encode()).hexdigest()]


def _preference(one: Property) -> int:
    """1 to 100 as version 4.0 says it; 1 for the type PREF of the others."""
    if not one.parameters:
        return LEAST_PREFERRED
    said = next(iter(one.parameters.get("PREF", ())), "")
    if said.isdecimal():
        return int(said)
    return 1 if "PREF" in one.types else LEAST_PREFERRED


def _types(one: Property, label: Property | None) -> tuple[str, ...]:
    return _named(one.types, str(label.value) if label is not None else "")


@lru_cache(maxsize=1024)
def _named(types: frozenset[str], label: str) -> tuple[str, ...]:
    said = {type_.removeprefix("X-") for type_ in types} - SAY_NOTHING
    if label:  # Apple writes its own words as _$!<Assistant>!$_
        said.add(label.removeprefix("_$!<").removesuffix(">!$_").strip().upper())
    alone = [kind for type_, kind in ALONE.items() if type_ in said]
    return tuple(alone[:1] or sorted(said))


def _telephone(one: Property, label: Property | None) -> Texts:
    number = unescaped(str(one.value)).strip()
    if number[:4].lower() == "tel:":
        number, *more = unquote(number[4:]).split(";")
        number += "".join(f" ext. {part[4:]}" for part in more if part[:4].lower() == "ext=")
    # One of which nothing is said: in a company's directory, the telephone at work.
    yield "TEL", number
    for type_ in _types(one, label) or ("WORK",):
        yield f"TEL.{type_}", number


def _email(one: Property, label: Property | None) -> Texts:
    address = unescaped(str(one.value)).strip()
    if address[:7].lower() == "mailto:":
        address = unquote(address[7:])
    yield "EMAIL", address
    for type_ in _types(one, label):
        yield f"EMAIL.{type_}", address


def _address(one: Property, label: Property | None) -> Texts:
    written = texts(one.value, ";")
    parts = [" ".join(part.replace(",", ", ").split()) for part in written]
    box, extended, street, locality, region, code, country = (parts + [""] * 7)[:7]
    lines = (extended, street, box, f"{code} {locality}".strip(), region, country)
    whole = ", ".join(filter(None, lines))
    if whole and whole == street:  # A whole address in one part keeps its lines.
        whole = written[2].strip()
    yield "ADR", whole
    for type_ in _types(one, label):
        yield f"ADR.{type_}", whole
    yield from zip((*ADDRESS, "ADR.COUNTRY"), parts, strict=False)


def _name(one: Property, label: Property | None) -> Texts:
    for name, part in zip(NAMES, texts(one.value, ";"), strict=False):
        yield name, part.strip()


def _organisation(one: Property, label: Property | None) -> Texts:
    name, *units = texts(one.value, ";")
    yield "ORG", name.strip()
    yield "ORG.UNIT", ", ".join(filter(None, (unit.strip() for unit in units)))


def _list(one: Property, label: Property | None) -> Texts:
    for text in texts(one.value, ","):
        yield one.name, text.strip()


def _plain(one: Property, label: Property | None) -> Texts:
    yield one.name, unescaped(str(one.value)).strip()


_READERS = {
    "TEL": _telephone,
    "EMAIL": _email,
    "ADR": _address,
    "N": _name,
    "ORG": _organisation,
    "CATEGORIES": _list,
    "NICKNAME": _list,
}


def _photo(one: Property) -> Value | None:
    """The picture, or where it is."""
    if isinstance(one.value, bytes):
        return one.value or None
    if one.value[:5].lower() != "data:":
        return unescaped(one.value).strip() or None
    about, _, data = one.value.partition(",")
    if not about.lower().endswith(";base64"):
        return unquote_to_bytes(data) or None
    try:
        return binascii.a2b_base64(unescaped(data)) or None
    except ValueError:  # also of what is not ASCII
        return None
