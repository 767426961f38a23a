"""A template with the values of one call in it. Pure."""

from collections.abc import Collection

from tws.alerter.addresses import DRAWN, OPENED
from tws.alerter.model import (
    NOBODY,
    AlerterMode,
    AnyElement,
    Button,
    Caller,
    Drawn,
    Image,
    Pop,
    Template,
    Text,
)
from tws.alerter.tokens import command, fold, in_address, in_text, picture
from tws.organisation.parameters.programs import is_listed

OWN = Template(
    vip=True,
    elements=(
        Image(x=12, y=12, address="[-Picture-]"),
        Text(x=100, y=12, text="[-DisplayName-]"),
        Text(x=100, y=36, text="[-CompanyName-]"),
        Text(x=100, y=60, text="[-PhoneNumber-]"),
        Button(x=12, y=108, label="[-Email1-]", url="mailto:[-Email1-]"),
    ),
)
"Drawn where no template is chosen, or the one that is chosen cannot be used."


def drawn(
    template: Template,
    caller: Caller,
    width: int,
    height: int,
    programs: Collection[str] = (),
    *,
    mistaken: bool = False,
) -> Pop:
    """In mode XML. `programs`: those that a button may start."""
    made = (_drawn(one, caller, programs) for one in template.elements if shows(one, caller))
    return Pop(
        mode=AlerterMode.XML,
        width=width,
        height=height,
        vip=template.vip and caller.vip,
        elements=tuple(one for one in made if one is not None),
        settled=caller.settled,
        mistaken=mistaken,
    )


def page(address: str, caller: Caller, width: int, height: int) -> Pop:
    """In mode URL. It waits for the name: a page that is opened without it stays without."""
    found = in_address(address, caller, DRAWN) if caller.settled else ""
    return Pop(
        mode=AlerterMode.URL,
        width=width,
        height=height,
        address=found,
        settled=caller.settled,
    )


def shows(element: AnyElement, caller: Caller) -> bool:
    """By the directories that the caller is in. Before it was looked up nobody knows."""
    if not element.directories:
        return True
    if not caller.settled:
        return False
    asked = {fold(name) for name in element.directories}
    if not caller.directories:
        return NOBODY in asked
    return not asked.isdisjoint(caller.directories)


def _drawn(element: AnyElement, caller: Caller, programs: Collection[str]) -> Drawn | None:
    """None for what would be empty."""
    x, y = element.x, element.y
    match element:
        case Text():
            text = in_text(element.text, caller).strip()
            return Drawn(kind="text", x=x, y=y, text=text) if text else None
        case Image():
            address = picture(element.address, caller)
            return Drawn(kind="image", x=x, y=y, address=address) if address else None
        case Button():
            label = in_text(element.label, caller).strip()
            address = in_address(element.url, caller, OPENED) if element.url else ""
            run = command(element.exe, caller) if element.exe else ()
            if run and not is_listed(run[0], programs):
                run = ()
            if not label or not (address or run):
                return None
            return Drawn(kind="button", x=x, y=y, text=label, address=address, command=run)
