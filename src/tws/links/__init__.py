"""The wall to the PBXs: one dialect a file or folder; this is the register.

A dialect is loaded when it is first used. To add one: write it, add its line here.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tws import forms
from tws.organisation.errors import Invalid
from tws.organisation.model import Link
from tws.register import Misconfigured, Register
from tws.telephony.link import Dialect, LinkDriver, Snippet

REGISTER: Register[type[Dialect]] = Register(
    {
        "csta_xml": "tws.links.csta_xml:CstaXml",
        "asterisk": "tws.links.asterisk:Asterisk",
    }
)


def dialect(name: str) -> type[Dialect]:
    """The dialect of that name; raises `Invalid` where there is none, or it cannot be used."""
    if name not in REGISTER:
        raise Invalid(f"No such kind of link: {name}.", field="dialect")
    try:
        return REGISTER.load(name)
    except Misconfigured as why:
        raise Invalid(str(why), field="dialect") from why


def dialects() -> Mapping[str, type[Dialect] | Misconfigured]:
    """All of them, loaded; or why one cannot be used."""
    return REGISTER.listing()


def settings(name: str, values: Mapping[str, object]) -> Any:
    """The dialect's Settings made of a form's values; raises `Invalid` naming what is wrong."""
    try:
        return forms.convert(dialect(name).Settings, values)
    except forms.WrongSetting as wrong:
        field = "settings" if wrong.field is None else f"settings.{wrong.field}"
        raise Invalid(str(wrong), field=field) from wrong


def validate(name: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """What is to be stored: every setting, defaults included."""
    return dataclasses.asdict(settings(name, values))


def secret_fields(name: str) -> frozenset[str]:
    """Settings that are never shown, and kept when a form leaves them out."""
    return forms.secret_fields(dialect(name).Settings)


def driver(link: Link, now: float) -> LinkDriver:
    """The driver of a link row; raises ValueError with words where its settings cannot work."""
    try:
        return dialect(link.dialect).driver(settings(link.dialect, link.settings), now)
    except Invalid as error:
        raise ValueError(error.message) from error


def snippets(link: Link) -> tuple[Snippet, ...]:
    """What must be added to the PBX of this link."""
    return dialect(link.dialect).snippets(settings(link.dialect, link.settings))
