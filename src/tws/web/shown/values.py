"""What is shown of users, devices, calls and links, on the live stream and in answers alike.

These types are what is encoded and what `/api/openapi.json` describes: there is no second list.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.directory.model import How, NumberKind, Source
from tws.journal.model import Outcome
from tws.telephony.model import (
    CallOrigin,
    ConnectionState,
    Direction,
    ForwardingType,
    LinkState,
    MonitorState,
)


class Value(msgspec.Struct, rename="camel"):
    """Something shown on a page; times are UTC."""


class DomainName(Value):
    """The domain of a user."""

    id: str
    name: str
    time_zone: Annotated[str, msgspec.Meta(description="IANA name.")]


class MeValue(Value):
    """Who is signed in, for a user."""

    id: str
    username: str
    display_name: str
    culture: Annotated[str, msgspec.Meta(description="`fr`, `en`, or `Auto`: the browser's.")]
    company: Annotated[str, msgspec.Meta(description="The company's name.")]
    domain: DomainName
    applications: list[str]
    photo: Annotated[
        str | None, msgspec.Meta(description="Where your photo is served; null = none.")
    ]


class AdministratorValue(Value):
    """Who is signed in, for an administrator."""

    id: str
    username: str
    super_user: bool
    companies: Annotated[
        list[str] | None,
        msgspec.Meta(description="Ids of the companies they manage; null = all."),
    ]


class LinkName(Value):
    """The PBX link of a device, and how it is."""

    id: str
    name: str
    state: LinkState
    why: str | None
    since: datetime | None


class ForwardingValue(Value):
    """One forwarding of a device."""

    type: ForwardingType
    origin: CallOrigin
    active: bool
    destination: str | None
    ring_count: int | None
    ring_duration: Annotated[int | None, msgspec.Meta(description="Seconds.")]


class ForwardingKind(Value):
    """A forwarding that can be set on this device."""

    type: ForwardingType
    origin: CallOrigin


class DeviceValue(Value):
    """A device of the user. What is null has not been told by the PBX."""

    id: str
    number: str
    label: str
    link: LinkName
    state: MonitorState
    reason: str | None
    forwardings: list[ForwardingValue] | None
    do_not_disturb: bool | None
    messages_waiting: bool | None
    operations: Annotated[
        list[str],
        msgspec.Meta(description="Operation ids that the PBX offers for this device."),
    ]
    forwarding_types: list[ForwardingKind]


class QueueValue(Value):
    """The queue that a call came through."""

    number: str | None
    name: str | None


class ByValue(Value):
    """Who forwarded, transferred or picked up."""

    number: str | None
    name: str | None
    display: str | None


class ViaValue(Value):
    """How a call came here other than by being dialled straight to it."""

    cause: Annotated[str, msgspec.Meta(description="An ECMA-269 cause.")]
    by: ByValue | None


class PartyValue(Value):
    """Somebody else in a call. A withheld number is null."""

    number: str | None
    display: Annotated[
        str | None,
        msgspec.Meta(description="The number grouped as people of the country read it."),
    ]
    name: str | None
    company: str | None
    contact: Annotated[str | None, msgspec.Meta(description="Id of the contact of that name.")]
    state: ConnectionState | None
    restricted: bool


class CallValue(Value):
    """One leg: a device's part in a call."""

    connection: Annotated[
        str, msgspec.Meta(description="The leg: the handle that operations take; stays the same.")
    ]
    thread: Annotated[
        str,
        msgspec.Meta(description="The same for all legs of one conversation, through transfers."),
    ]
    device: str
    call_id: Annotated[
        str, msgspec.Meta(description="The PBX's own id; changes in transfers, and is reused.")
    ]
    state: ConnectionState
    direction: Direction
    created: datetime
    since: Annotated[datetime, msgspec.Meta(description="When the present state began.")]
    alerted: datetime | None
    answered: datetime | None
    late: Annotated[bool, msgspec.Meta(description="Its beginning was not observed.")]
    conference: bool
    failure: Annotated[
        str | None,
        msgspec.Meta(description="Why who was called cannot be reached: an ECMA-269 cause."),
    ]
    queue: QueueValue | None
    via: ViaValue | None
    parties: list[PartyValue]
    operations: Annotated[
        list[str], msgspec.Meta(description="Operation ids that make sense and are offered now.")
    ]


class ParkedValue(Value):
    """A call that this device left at a park place: `directedPickupCall` there fetches it."""

    device: Annotated[str, msgspec.Meta(description="Id.")]
    place: Annotated[str, msgspec.Meta(description="A number that can be dialled, too.")]
    party: Annotated[PartyValue, msgspec.Meta(description="Who waits there.")]
    since: datetime


class LinkValue(Value):
    """A PBX link, for administrators."""

    id: str
    name: str
    dialect: str
    company: Annotated[str, msgspec.Meta(description="Id.")]
    domain: Annotated[str, msgspec.Meta(description="Id.")]
    enabled: bool
    host: Annotated[
        str | None,
        msgspec.Meta(description="Where the PBX is reached; null where it calls this server."),
    ]
    port: int | None
    state: LinkState
    why: str | None
    since: datetime | None
    version: Annotated[str | None, msgspec.Meta(description="Product and version of the PBX.")]
    monitored: int
    waiting: Annotated[int, msgspec.Meta(description="Devices that the capacity leaves out.")]
    capacity: int


class DeviceStateValue(Value):
    """A device as administrators see it: its state, nothing of its calls."""

    id: str
    number: str
    user: Annotated[str, msgspec.Meta(description="Id.")]
    link: Annotated[str, msgspec.Meta(description="Id.")]
    type: Annotated[
        str | None,
        msgspec.Meta(description="`cti`: controlled by its link; null where it is not known."),
    ]
    voice_mail: Annotated[
        str | None,
        msgspec.Meta(description="Number of its mailbox; null where the PBX has not told."),
    ]
    state: MonitorState
    reason: str | None


class SessionValue(Value):
    """Who is signed in: a user or an administrator."""

    user: MeValue | None
    administrator: AdministratorValue | None
    applications: list[str]


class ApiKeyValue(Value):
    """An API key, without its secret."""

    id: str
    user: Annotated[str, msgspec.Meta(description="Id of the user as whom it acts.")]
    label: str
    created: datetime
    expires: datetime | None
    seen: Annotated[datetime | None, msgspec.Meta(description="When it was last used, roughly.")]


class ContactNumberValue(Value):
    """A number of a contact."""

    kind: NumberKind
    number: Annotated[str, msgspec.Meta(description="As people wrote it.")]
    display: Annotated[str, msgspec.Meta(description="Grouped as people of the country read it.")]
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

    label: str
    text: str
    address: Annotated[
        bool, msgspec.Meta(description="A postal address: `MapServiceURL` leads to its map.")
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


class ConnectionValue(Value):
    """The connection that a command made or left."""

    call_id: str
    device_id: str
    connection: Annotated[
        str | None,
        msgspec.Meta(description="Its leg, where it is one of your device's own."),
    ]


class OtherValue(Value):
    """Another party of a call in a snapshot, as the PBX names them."""

    device_id: str
    state: ConnectionState
    number: str | None
    name: str | None


class SnapshotValue(Value):
    """One call of a device as the PBX itself reports it now."""

    call_id: str
    device_id: str
    connection: Annotated[str | None, msgspec.Meta(description="Its leg, where known.")]
    state: ConnectionState
    others: list[OtherValue]


class LogPartyValue(Value):
    """Somebody in a line of the call log, as they were known then."""

    number: str | None
    name: str | None
    display: str | None


class LogViaValue(Value):
    """Why a call came other than by being dialled, and by whom."""

    cause: str
    by: LogPartyValue


class LogEntryValue(Value):
    """A call that is over, as its user reads it."""

    id: str
    device: Annotated[str, msgspec.Meta(description="Id.")]
    thread: str
    direction: Direction
    outcome: Outcome
    cause: Annotated[str, msgspec.Meta(description="How it ended: an ECMA-269 cause.")]
    number: Annotated[
        str, msgspec.Meta(description="The other party's, as it can be dialled; may be empty.")
    ]
    display: str
    name: str
    contact: str | None
    restricted: bool
    queue: QueueValue | None
    via: LogViaValue | None
    other: Annotated[
        LogPartyValue | None,
        msgspec.Meta(description="Forwarded or transferred to whom; answered by whom."),
    ]
    started: datetime
    answered: datetime | None
    ended: datetime
    ringing: Annotated[int, msgspec.Meta(description="Seconds.")]
    duration: Annotated[int, msgspec.Meta(description="Seconds of conversation.")]
    joined_late: Annotated[bool, msgspec.Meta(description="Its beginning was not seen.")]
    end_not_seen: bool
    gap: Annotated[bool, msgspec.Meta(description="The PBX was not heard for a part of it.")]
