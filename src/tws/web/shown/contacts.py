"""Contacts as values: what a card shows, and where each part of it comes from."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.directory.model import How, NumberKind, Source
from tws.web.shown.values import Value


class ContactNumberValue(Value):
    """A number of a contact."""

    kind: NumberKind
    number: Annotated[str, msgspec.Meta(description="As people wrote it.")]
    display: Annotated[str, msgspec.Meta(description="Grouped as people of the country read it.")]
    extension: Annotated[
        str,
        msgspec.Meta(
            description="To be dialled once connected, and no part of `display`; empty = none."
        ),
    ]
    red: Annotated[
        bool,
        msgspec.Meta(
            description="On the red list: to those who may see the name only `number` is empty."
        ),
    ]


class OriginValue(Value):
    """Where a part of a card comes from."""

    directory: Annotated[str, msgspec.Meta(description="Its name.")]
    synchronised: Annotated[
        datetime | None, msgspec.Meta(description="When; null = TWS's own directory.")
    ]


class PrivateFieldValue(Value):
    """A field of a directory's own."""

    label: Annotated[
        str,
        msgspec.Meta(description="As its directory calls it; `private0` where it does not."),
    ]
    text: str
    address: Annotated[
        bool, msgspec.Meta(description="A postal address: `MapServiceURL` leads to its map.")
    ]
    own: Annotated[
        bool,
        msgspec.Meta(
            description="Of contacts that TWS keeps itself: pages say `Address`, `Title` and "
            "`Note` in their language."
        ),
    ]


class ContactValue(Value):
    """A contact."""

    id: str
    version: int
    source: Source
    user: Annotated[str | None, msgspec.Meta(description="Id of the TWS user it shows.")]
    display_name: str
    first_name: str
    last_name: str
    company: str
    company_address: Annotated[
        bool,
        msgspec.Meta(
            description="`company` is a postal address: `MapServiceURL` leads to its map."
        ),
    ]
    email: str
    emails: list[str]
    numbers: list[ContactNumberValue]
    website: str
    fields: list[PrivateFieldValue]
    vip: Annotated[
        str | None,
        msgspec.Meta(description="Of an important person: what the source says; null = not one."),
    ]
    photo: Annotated[
        str | None,
        msgspec.Meta(description="Address of its photo on this server; null = it has none."),
    ]
    directory: Annotated[str | None, msgspec.Meta(description="Id of where it comes from.")]
    editable: Annotated[
        bool, msgspec.Meta(description="Kept in TWS: not read from another directory.")
    ]
    near: Annotated[
        bool,
        msgspec.Meta(description="Found with a typing error: nobody is called as was asked."),
    ]
    parts: Annotated[
        int, msgspec.Meta(description="Contacts, of merged directories, that this card shows.")
    ]
    origins: Annotated[
        dict[str, OriginValue],
        msgspec.Meta(
            description="Where each part comes from: `lastName`, `number:0`, `email:0`, "
            "`field:LABEL`..."
        ),
    ]


class ListsValue(Value):
    """Lists of contacts: whether they are as they were."""

    changed: Annotated[
        str,
        msgspec.Meta(description="Another text after each change: ask `listContactLists` again."),
    ]


class MatchValue(Value):
    """A contact that has the number looked up."""

    name: str
    company: str | None
    kind: NumberKind
    number: Annotated[str, msgspec.Meta(description="As it is written on the card.")]
    how: How
    contact: ContactValue
    others: Annotated[list["MatchValue"], msgspec.Meta(description="The next best ones.")]
