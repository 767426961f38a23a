"""Text messages that users sent, and how it goes with their providers, as values."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tws.messaging.sms.model import MOST_PARTS, Sms
from tws.messaging.sms.providers import ProviderState
from tws.numbering import display_kept
from tws.organisation.actor import UserId
from tws.organisation.model import SmsProvider
from tws.sentences import NOTHING
from tws.sources.failing import Problem
from tws.web.shown.known import Known
from tws.web.shown.sentences import Parameters, Template, parts
from tws.web.shown.values import Value

State = Literal["waiting", "sending", "sent", "delivered", "failed", "unknown"]


class SmsValue(Value):
    """A text message that a user sent. Its text is plain: never show it as HTML."""

    id: Annotated[str, msgspec.Meta(description="The order of ids is that of messages.")]
    number: Annotated[str, msgspec.Meta(description="E.164, with its `+`.")]
    display: Annotated[str, msgspec.Meta(description="The number as people read it.")]
    contact: Annotated[
        str | None, msgspec.Meta(description="Id of the contact, if one was named.")
    ]
    name: Annotated[str, msgspec.Meta(description="Of that contact, then; may be empty.")]
    text: str
    parts: Annotated[int, msgspec.Meta(description="As how many messages it goes.")]
    state: Annotated[
        State,
        msgspec.Meta(
            description="unknown: the provider may have taken it; it is not sent again. Not every "
            "provider tells of deliveries: then `sent` is the last."
        ),
    ]
    words: Annotated[str, msgspec.Meta(description="Why it failed, or is not sent yet.")]
    template: Template
    parameters: Parameters
    created: datetime
    changed: datetime
    key: Annotated[str | None, msgspec.Meta(description="The client's own id, as it was sent.")]


class SmsPageValue(Value):
    """Some text messages of the user who asks."""

    messages: Annotated[list[SmsValue], msgspec.Meta(description="Newest first.")]
    before: Annotated[
        str | None, msgspec.Meta(description="To ask for older ones; null = there are none.")
    ]


class MySmsValue(Value):
    """That you may send text messages."""

    most_parts: Annotated[int, msgspec.Meta(description="That one text may have.")]
    changed: Annotated[
        str, msgspec.Meta(description="Another text once what you sent has come further.")
    ]


class SmsProviderStateValue(Value):
    """How it went the last time with a provider of text messages."""

    provider: Annotated[str, msgspec.Meta(description="Id.")]
    state: Literal["disabled", "waiting", "working", "failing"]
    active: Annotated[
        bool, msgspec.Meta(description="Messages of the domain go by it: no other comes before.")
    ]
    at: datetime | None
    problem: Problem | None
    words: Annotated[
        str,
        msgspec.Meta(
            description="What the problem is, for administrators; without one, what its gateway "
            "said of the last message that it refused."
        ),
    ]
    template: Template
    parameters: Parameters


class SmsTrialValue(Value):
    """What became of a trial: the gateway knows us, and took the message that was sent, if any;
    or why not."""

    asked: Annotated[
        bool,
        msgspec.Meta(
            description="false: without a message it can be asked nothing; only the settings are "
            "known to be usable."
        ),
    ]

    number: Annotated[
        str | None, msgspec.Meta(description="To which a message was sent, in E.164.")
    ]
    problem: Problem | None
    words: str
    template: Template
    parameters: Parameters


def sms(known: Known, one: Sms) -> SmsValue:
    domain = known.registry.domains.get(one.domain)
    return SmsValue(
        id=one.id,
        number=one.number,
        display=one.number if domain is None else display_kept(one.number, domain),
        contact=one.contact,
        name=one.name,
        text=one.text,
        parts=one.parts,
        state=one.state.value,
        words=str(one.reason),
        **parts(one.reason),
        created=one.created,
        changed=one.changed,
        key=one.key,
    )


def my_sms(known: Known, user: UserId) -> MySmsValue:
    return MySmsValue(most_parts=MOST_PARTS, changed=known.sms.changes(user))


def provider_state(known: Known, row: SmsProvider) -> SmsProviderStateValue:
    state = known.sms.providers.state(row.id)
    active = known.sms.providers.active(row.domain)
    why = None if state is None else state.failed
    refused = NOTHING if state is None or state.refused is None else state.refused
    said = refused if why is None else why.said
    return SmsProviderStateValue(
        provider=row.id,
        state=_word(row, state),
        active=active is not None and active.id == row.id,
        at=None if state is None else state.at,
        problem=None if why is None else why.problem,
        words=str(said),
        **parts(said),
    )


def _word(
    row: SmsProvider, state: ProviderState | None
) -> Literal["disabled", "waiting", "working", "failing"]:
    if not row.enabled:
        return "disabled"
    if state is None:
        return "waiting"
    return "working" if state.failed is None else "failing"
