"""A user's account with people outside, and whom he knows there, as values."""

from typing import Annotated, Literal

import msgspec

from tws.messaging.external.model import (
    AccountCondition,
    ExternalAccount,
)
from tws.messaging.external.service import Correspondent
from tws.organisation.actor import UserId
from tws.web.shown.known import Known
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

StateName = Literal["off", "connecting", "connected", "away", "refused"]
AvailabilityName = Literal["online", "away", "busy", "offline"]


class ExternalAccountValue(Value):
    """Your account with people outside. Its password is never told."""

    address: str
    host: Annotated[
        str, msgspec.Meta(description="Of the server; empty: as the domain of the address says.")
    ]
    port: int | None
    state: Annotated[
        StateName,
        msgspec.Meta(
            description="`away`: the server does not answer and is tried again; `refused`: the"
            " account has to be mended; `off`: nothing of your messages is kept, and no page of"
            " yours is open."
        ),
    ]
    why: Annotated[SaidValue | None, msgspec.Meta(description="Of what is `away` or `refused`.")]


class ExternalContactValue(Value):
    """Somebody outside whom you know by your account."""

    id: Annotated[str, msgspec.Meta(description="To write to them: `/chats/{id}`.")]
    address: str
    display_name: str
    availability: Annotated[
        AvailabilityName | None, msgspec.Meta(description="null = it is not shown to you.")
    ]
    asked: Annotated[
        bool,
        msgspec.Meta(description="You asked to see how they are, and they have not answered."),
    ]
    asks: Annotated[
        bool,
        msgspec.Meta(description="They ask to see how you are, and you have not answered."),
    ]
    stranger: Annotated[
        bool, msgspec.Meta(description="They came first: you have not added them.")
    ]


class ExternalValue(Value):
    """That you may chat with people outside, with what there is for it."""

    account: ExternalAccountValue | None
    contacts: Annotated[list[ExternalContactValue], msgspec.Meta(description="By name.")]


def external_account(of: tuple[ExternalAccount, AccountCondition]) -> ExternalAccountValue:
    account, condition = of
    return ExternalAccountValue(
        address=account.address,
        host=account.host,
        port=account.port,
        state=condition.state.value,
        why=said_value(condition.why) if condition.why.template else None,
    )


def external_contact(one: Correspondent) -> ExternalContactValue:
    contact, standing = one.contact, one.standing
    availability = standing.availability
    return ExternalContactValue(
        id=contact.id,
        address=contact.address,
        display_name=contact.called,
        availability=None if availability is None else availability.value,
        asked=standing.asked,
        asks=standing.asks,
        stranger=not contact.asked_for,
    )


def external(known: Known, user: UserId) -> ExternalValue:
    account = known.external.account(user)
    return ExternalValue(
        account=None if account is None else external_account(account),
        contacts=[external_contact(one) for one in known.external.correspondents(user)],
    )
