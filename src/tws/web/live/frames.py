"""What travels on the live stream: snapshots, changes and moments, each one text message.

Which keys there are, and of what their values are made, `_BY_KEY` says; whom they are for, the
toolkit's page on the live stream. A value replaces the older one of its key as a whole.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tws.web.shown.chats import (
    CallMessageValue,
    ChatMessageValue,
    ChatReadValue,
    Correspondent,
    DeliveryName,
)
from tws.web.shown.log_entries import LogEntryValue
from tws.web.shown.values import Value

_BY_KEY = {
    "additionalProperties": False,
    "patternProperties": {
        "^me$": {
            "anyOf": [
                {"$ref": "#/components/schemas/MeValue"},
                {"$ref": "#/components/schemas/AdministratorValue"},
            ]
        },
        "^device/": {
            "anyOf": [
                {"$ref": "#/components/schemas/DeviceValue"},
                {"$ref": "#/components/schemas/DeviceStateValue"},
            ]
        },
        "^call/": {"$ref": "#/components/schemas/CallValue"},
        "^desk$": {"$ref": "#/components/schemas/DeskValue"},
        "^helper$": {"$ref": "#/components/schemas/HelperDutiesValue"},
        "^notice/": {"$ref": "#/components/schemas/CallNoticeValue"},
        "^pop/": {"$ref": "#/components/schemas/PopValue"},
        "^parked/": {"$ref": "#/components/schemas/ParkedValue"},
        "^handedOn/": {"$ref": "#/components/schemas/HandedOnValue"},
        "^link/": {"$ref": "#/components/schemas/LinkValue"},
        "^lists$": {"$ref": "#/components/schemas/ListsValue"},
        "^journal$": {"$ref": "#/components/schemas/JournalValue"},
        "^parameters$": {"$ref": "#/components/schemas/MyParametersValue"},
        "^rules$": {"$ref": "#/components/schemas/RulesValue"},
        "^profiles$": {"$ref": "#/components/schemas/ProfilesValue"},
        "^preferences$": {"$ref": "#/components/schemas/MyPreferencesValue"},
        "^run/": {"$ref": "#/components/schemas/RunValue"},
        "^import/": {"$ref": "#/components/schemas/UserImportRunValue"},
        "^telephone/": {"$ref": "#/components/schemas/SupervisedTelephoneValue"},
        "^presence/": {"$ref": "#/components/schemas/PresenceValue"},
        "^collaboration/": {"$ref": "#/components/schemas/CollaborationStateValue"},
        "^queue/": {"$ref": "#/components/schemas/QueueStateValue"},
        "^chats$": {"$ref": "#/components/schemas/ChatsValue"},
        "^external$": {"$ref": "#/components/schemas/ExternalValue"},
        "^sms$": {"$ref": "#/components/schemas/MySmsValue"},
        "^sms-provider/": {"$ref": "#/components/schemas/SmsProviderStateValue"},
        "^incidents$": {"$ref": "#/components/schemas/IncidentsStandingValue"},
    },
}
State = Annotated[dict[str, msgspec.Raw], msgspec.Meta(extra_json_schema=_BY_KEY)]
"Values by key, each already encoded: once for all who see it."


class Frame(msgspec.Struct, rename="camel", tag_field="type"):
    """One text message."""


MOST_WATCHED = 1000
Watched = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=36)]],
    msgspec.Meta(
        max_length=MOST_WATCHED,
        description="Ids of the users whose presence is to be told: `presence/<user>`, of those"
        " who may be seen. It replaces what was asked for before.",
    ),
]


class LiveHello(Frame, tag="hello", forbid_unknown_fields=True):
    """What the client sends first: where it left off, if it had a stream."""

    stream: str | None = None
    last: Annotated[
        Annotated[int, msgspec.Meta(ge=0)] | None,
        msgspec.Meta(description="The last number received on that stream."),
    ] = None
    watch: Watched = []
    computer: Annotated[
        str,
        msgspec.Meta(
            max_length=100, description="For the helper of a desk: what its computer is called."
        ),
    ] = ""
    visible: Annotated[
        bool, msgspec.Meta(description="As in `LiveSight`; what is not said is hidden.")
    ] = False


class LiveWatch(Frame, tag="watch", forbid_unknown_fields=True):
    """What the client may send later, as often as it likes: whom it shows now."""

    users: Watched


class LiveSight(Frame, tag="sight", forbid_unknown_fields=True):
    """What a page may send later: whether it is looked at. While one is, its browser is told of
    calls by the page alone."""

    visible: bool


class LiveSnapshot(Frame, tag="snapshot"):
    """A new stream: everything, and number 0. Forget all that was known before."""

    stream: str
    n: Literal[0]
    time: datetime
    state: State


class LiveResumed(Frame, tag="resumed"):
    """The stream goes on: what was missed follows, up to `n` and beyond."""

    stream: str
    n: int
    time: datetime


class LiveChange(Frame, tag="change"):
    """Values that are new or other, and keys that are no more."""

    n: int
    set: State
    gone: list[str]


class LiveMoment(Frame, tag="moment"):
    """Something that happened, and is not part of the state."""

    n: int
    moment: Annotated[
        msgspec.Raw,
        msgspec.Meta(
            extra_json_schema={
                "anyOf": [
                    {"$ref": f"#/components/schemas/{name}"}
                    for name in (
                        "LogMoment",
                        "OtherLogMoment",
                        "ChatMoment",
                        "CallChatMoment",
                        "ChatTypingMoment",
                        "ChatReadMoment",
                        "ChatDeliveryMoment",
                        "RunMoment",
                    )
                ]
            }
        ),
    ]


class LogMoment(Value, tag_field="kind", tag="log"):
    """A line of the user's call log is new, or has changed."""

    entry: LogEntryValue


class OtherLogMoment(Value, tag_field="kind", tag="otherLog"):
    """A line of the call log of somebody else is new, or has changed: ask `listCallLog` again."""

    user: str


class ChatMoment(Value, tag_field="kind", tag="chat"):
    """A message came, or was sent by another page of the same user."""

    message: ChatMessageValue
    sender_name: Annotated[str, msgspec.Meta(description="As the page of a colleague says it.")]


class CallChatMoment(Value, tag_field="kind", tag="callChat"):
    """A message came to everybody in a conference call, or was sent by the user."""

    message: CallMessageValue


class ChatTypingMoment(Value, tag_field="kind", tag="typing"):
    """Somebody is writing to the user: so it is for some seconds from now."""

    user: Correspondent


class ChatReadMoment(Value, tag_field="kind", tag="chatRead"):
    """Somebody has read what the user wrote to them."""

    user: Correspondent
    read: ChatReadValue


class ChatDeliveryMoment(Value, tag_field="kind", tag="chatDelivery"):
    """How far a message of the user to an external contact came."""

    user: Correspondent
    message: Annotated[str, msgspec.Meta(description="Its id.")]
    delivery: DeliveryName


class RunMoment(Value, tag_field="kind", tag="run"):
    """For the helper of a desk: start this, and report what became of it."""

    id: str
    command: Annotated[
        list[str],
        msgspec.Meta(description="The program, by its full path, and each of its arguments."),
    ]


class LiveTick(Frame, tag="tick"):
    """Every 15 seconds: the line lives, and what time it is here. Not numbered."""

    time: datetime


class LiveRestart(Frame, tag="restart"):
    """This stream can't go on; connect again without it. The connection is then closed."""

    why: Literal["slow"]


encode = msgspec.json.Encoder().encode


# ---------------------------------------------------------------- numbered for each


class Unnumbered:
    """A whole frame but for its number: one for all streams that are told the same, each with a
    number of its own; it is all that is kept of what they were told."""

    __slots__ = ("_before", "_behind")

    def __init__(self, before: bytes, frame: LiveChange | LiveMoment) -> None:
        """`before`: what every frame of this type begins with, up to its number. `frame`: with the
        number 0."""
        text = encode(frame)
        assert text.startswith(before + b"0")
        self._before, self._behind = before, text[len(before) + 1 :]

    def __len__(self) -> int:
        """Bytes, of a number of one digit."""
        return len(self._before) + 1 + len(self._behind)

    def numbered(self, n: int) -> bytes:
        """The frame `LiveChange` or `LiveMoment`."""
        return b"%b%d%b" % (self._before, n, self._behind)


_CHANGE, _MOMENT = b'{"type":"change","n":', b'{"type":"moment","n":'


class Change:
    """New values by key, already encoded; None = the key is gone."""

    __slots__ = ("_frame", "values")

    def __init__(self, values: Mapping[str, bytes | None]) -> None:
        self.values = values
        self._frame: Unnumbered | None = None

    def then(self, later: "Change") -> "Change":
        """Both as one: the newest wins."""
        return Change({**self.values, **later.values})

    def frame(self) -> Unnumbered:
        """Encoded once for all streams that are told the same."""
        if self._frame is None:
            values = self.values.items()
            self._frame = Unnumbered(
                _CHANGE,
                LiveChange(
                    n=0,
                    set={key: msgspec.Raw(value) for key, value in values if value is not None},
                    gone=[key for key, value in values if value is None],
                ),
            )
        return self._frame


def moment(value: bytes) -> Unnumbered:
    """Something that happened: as `LogMoment` or another, already encoded."""
    return Unnumbered(_MOMENT, LiveMoment(n=0, moment=msgspec.Raw(value)))
