"""The wall to the PBXs: one dialect a file or folder; this is the register.

A dialect is loaded when it is first used. To add one: write it, add its line here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from tws.errors import Invalid
from tws.net.carrier import Carriage
from tws.organisation.model import Link
from tws.organisation.windows import Windows
from tws.register import Register
from tws.sentences import Sentence
from tws.telephony.link import Address, Dialect, LinkDriver, Snippet

REGISTER: Register[type[Dialect]] = Register(
    {
        "csta_xml": "tws.links.csta_xml:CstaXml",
        "asterisk": "tws.links.asterisk:Asterisk",
    }
)

HIDDEN = "..."
"What stands in a text for a secret that is to be filled in."

WINDOWS: Windows[Dialect] = Windows(REGISTER, "kind of link", "dialect")
dialect = WINDOWS.of
dialects = WINDOWS.listing
settings = WINDOWS.settings
secret_fields = WINDOWS.secret_fields
where_fields = WINDOWS.where_fields


def validate(name: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """What is to be stored: every setting, defaults included. Invalid names what is wrong, or
    would have no effect."""
    made = settings(name, values)
    for field, why in dialect(name).without_effect(made).items():
        raise Invalid(
            f"{field}: {why}", field=f"settings.{field}", why="said", parameters={"said": why}
        )
    return asdict(made)


def driver(link: Link, now: float) -> LinkDriver:
    """The driver of a link row whose secrets are open; raises ValueError with words where its
    settings cannot work."""
    try:
        return dialect(link.dialect).driver(settings(link.dialect, link.settings), now)
    except Invalid as error:
        raise ValueError(error.message) from error


def carriage(link: Link) -> Carriage:
    """How the bytes of a link row come and go; for settings of which `driver` made a driver."""
    return dialect(link.dialect).carriage(settings(link.dialect, link.settings))


def address(link: Link) -> Address | None:
    """Where the PBX of a link row is dialled, whether or not it runs; None where we are called, or
    the settings cannot work."""
    try:
        return dialect(link.dialect).address(settings(link.dialect, link.settings))
    except Invalid:
        return None


def advice(name: str) -> Sentence | None:
    """What to look at on a PBX of that dialect which is not reached."""
    try:
        return dialect(name).advice
    except Invalid:
        return None


def snippets(
    name: str, values: Mapping[str, object], servers: Sequence[str], *, secrets: bool = False
) -> tuple[Snippet, ...]:
    """What must be added to the PBX of a link of that dialect with those settings; without its
    secrets, unless asked for."""
    if not dialect(name).adds_to_pbx:
        return ()  # whatever the settings of a link to be made still lack
    hidden = () if secrets else secret_fields(name)
    shown = {
        field: HIDDEN if value and field in hidden else value for field, value in values.items()
    }
    return dialect(name).snippets(settings(name, shown), servers)
